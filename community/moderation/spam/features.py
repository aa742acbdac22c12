"""What the spam filter sees of a post. Learning and judging both ask here, so they agree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
NUMBER = re.compile(r"\d{3,}")
# What is longer is judged by its beginning: spam says what it sells at once.
MOST_CHARACTERS = 8000
LONGEST_WORD = 30
SHORT, LONG = 12, 200
FEW = 5


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A post as the filter reads it: plain text, and the sites that its links lead to."""

    title: str
    text: str
    hosts: tuple[str, ...] = ()
    # What is known about how it came: whether it is a reply, what its author wrote before, ...
    circumstances: tuple[str, ...] = ()


def circumstances_of(*, is_reply: bool, earlier_posts: int, has_new_site: bool) -> tuple[str, ...]:
    """Return how a post came. has_new_site: it links to where no post before it linked to."""
    first = "first post" if earlier_posts == 0 else "early post" if earlier_posts < FEW else ""
    traits = [first, "new site" if has_new_site else ""]
    if first and has_new_site:
        traits += ["newcomer with a new site", "newcomer's reply with a new site" * is_reply]
    return tuple(trait for trait in traits if trait)


def features_of(letter: Letter) -> list[str]:
    """Return what is striking about a post, each as often as it is there.

    Words and pairs of words; `site:` the sites linked to; `has:` how it is made.
    """
    title, text = _words(letter.title), _words(letter.text[:MOST_CHARACTERS])
    found = [*title, *text]
    found += (f"{first} {second}" for words in (title, text) for first, second in pairwise(words))
    found += (f"site:{host}" for host in letter.hosts)
    found += (f"has:{trait}" for trait in _traits(letter, len(title) + len(text)))
    found += (f"has:{trait}" for trait in letter.circumstances)
    found += {f"ending:{host.rpartition('.')[2]}" for host in letter.hosts}
    return found


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    # Of numbers only the length says something: an order number is never seen again.
    words = (NUMBER.sub(lambda match: "0" * len(match[0]), word) for word in WORD.findall(plain))
    return [word for word in words if len(word) <= LONGEST_WORD]


def _traits(letter: Letter, words: int) -> Iterator[str]:
    links = len(letter.hosts)
    if links:
        yield "links" if links > 1 else "link"
    if len(set(letter.hosts)) < links:
        yield "same site twice"
    if words < SHORT:
        yield "few words"
    elif words > LONG:
        yield "many words"
    if _is_foreign(letter.text):
        yield "other script"


def _is_foreign(text: str) -> bool:
    """Tell whether most letters are of another script than the Latin one."""
    letters = [each for each in text[:1000] if each.isalpha()]
    return sum(each > "\u024f" for each in letters) * 2 > len(letters)
