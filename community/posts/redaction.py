"""Personal data in a post: where the words stand, and the texts without them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from community.posts import queries
from community.posts.models import Post
from community.posts.texts import Text, prepare

# What stands where personal data stood. The same in every language, as the history shows it.
MARK = "[removed]"
SHORTEST = 3


@dataclass(frozen=True)
class Found:
    """In how many texts of a post the words stand, and how it reads without them."""

    in_post: int
    in_history: int
    title: str
    body: str

    @property
    def total(self) -> int:
        return self.in_post + self.in_history


@dataclass(frozen=True)
class Redaction:
    """The words that go, the text of the post without them, made ready, and its version."""

    words: tuple[str, ...]
    version: int
    title: str
    text: Text


def without(text: str, words: tuple[str, ...]) -> str:
    """Return a text with MARK in place of each passage, however its letters are sized.

    Any run of spaces in a passage stands for any run of spaces in the text.
    """
    return _pattern(words).sub(MARK, text)


def found_in(post: Post, words: tuple[str, ...]) -> Found:
    """Say what taking these words out would change."""
    pattern = _pattern(words)
    told = [f"{each.title}\n{each.body}\n{each.reason}" for each in queries.revisions_of(post)]
    return Found(
        in_post=len(pattern.findall(f"{post.headline}\n{post.body}")),
        in_history=sum(len(pattern.findall(each)) for each in told),
        title=without(post.headline, words),
        body=without(post.body, words),
    )


def prepared(post: Post, words: tuple[str, ...]) -> Redaction:
    """Make the text without the words ready; outside of a transaction, for rendering takes time."""
    return Redaction(
        words=words,
        version=post.version,
        title=without(post.headline, words),
        text=prepare(without(post.body, words)),
    )


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    passages = [r"\s+".join(map(re.escape, each.split())) for each in longest_first]
    return re.compile("|".join(passages), re.IGNORECASE)
