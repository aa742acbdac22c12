"""Shared HTML in which one number stands for many.

What is shown of one post is often what is shown of another, but for its number. Such HTML is made
once, for a post with a number that no post has, and then said with the number of each.
"""

from __future__ import annotations

from collections.abc import Hashable

from community.core.holes import Holed, Mine

STAND_IN = 10**15 + 7  # No row gets so far.
_SAID = str(STAND_IN)


def with_number(html: Holed, number: int) -> Holed:
    """Return the HTML with a number where STAND_IN is, also in what its holes name."""
    instead = str(number)
    texts = [text.replace(_SAID, instead) for text in html.texts]
    mine = {
        what.replace(_SAID, instead): [(place, _named(each, number)) for place, each in places]
        for what, places in html.mine.items()
    }
    return Holed(texts, html.places, mine, html.given)


def _named(hole: Mine, number: int) -> Mine:
    instead = str(number)
    texts: dict[Hashable, str | Holed] = {
        done: with_number(text, number) if isinstance(text, Holed) else text.replace(_SAID, instead)
        for done, text in hole.texts.items()
    }
    what, otherwise = (each.replace(_SAID, instead) for each in (hole.what, hole.otherwise))
    return Mine(what, texts, otherwise)
