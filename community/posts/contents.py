"""How many links, pictures and mentions a text may hold, whoever writes it.

Of newcomers, who have not shown yet what they are here for, moderation looks at more than a few of
them first (`members.trust.TABLE`, `moderation.checks.table`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from community.core.errors import Invalid
from community.core.i18n import _n
from community.core.text.rules import LINK_REL
from community.members.models import Member
from community.members.trust import TABLE, Level

MENTION = re.compile(r'<a href="([^"]*)"[^>]* class="mention"')


@dataclass(frozen=True)
class Contents:
    """What a text holds. Links that lead to pages of this forum are not counted."""

    links: int
    images: int
    mentions: int


def contents_of(html: str) -> Contents:
    """Count what rendered text holds; the same member is mentioned once."""
    return Contents(
        links=html.count(f'rel="{LINK_REL}"'),
        images=html.count("<img "),
        mentions=len(set(MENTION.findall(html))),
    )


def check_contents(actor: Member, html: str, before: str = "") -> None:
    """Raise Invalid if a text holds more than its writer may put into a post.

    An edit may keep what the text held before, but not add to it.
    """
    # What is more than a newcomer's share waits for review instead of being refused.
    most = TABLE[max(Level(actor.trust_level), Level.BASIC)]
    held, found = contents_of(before), contents_of(html)
    if found.links > max(most.links, held.links):
        raise Invalid(_links(most.links, found.links), field="body")
    if found.images > max(most.images, held.images):
        raise Invalid(_images(most.images, found.images), field="body")
    if found.mentions > max(most.mentions, held.mentions):
        raise Invalid(_mentions(most.mentions, found.mentions), field="body")


def _links(most: int, found: int) -> str:
    words: str = _n(
        "You can put %(num)s link to other sites into a post; this one has %(found)s. "
        "Nothing is lost: take some out and send it again.",
        "You can put %(num)s links to other sites into a post; this one has %(found)s. "
        "Nothing is lost: take some out and send it again.",
        most,
        found=found,
    )
    return words


def _images(most: int, found: int) -> str:
    words: str = _n(
        "You can put %(num)s picture into a post; this one has %(found)s. "
        "Nothing is lost: take some out and send it again.",
        "You can put %(num)s pictures into a post; this one has %(found)s. "
        "Nothing is lost: take some out and send it again.",
        most,
        found=found,
    )
    return words


def _mentions(most: int, found: int) -> str:
    words: str = _n(
        "You can mention %(num)s member in a post; this one mentions %(found)s. "
        "Nothing is lost: take some out and send it again.",
        "You can mention %(num)s members in a post; this one mentions %(found)s. "
        "Nothing is lost: take some out and send it again.",
        most,
        found=found,
    )
    return words
