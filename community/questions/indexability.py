"""Which questions search engines are invited to keep: those on which somebody finds help.

A page that only asks leads nobody further, and a forum full of them is shown less. Until there is
something to read, the page asks search engines to wait. The only place that decides it.
"""

from __future__ import annotations

from dataclasses import dataclass

ENOUGH_CHARACTERS = 300
ENOUGH_AFFECTED = 3


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the decision rests on: visible answers only; characters are those of all of them."""

    announced: bool = False
    solved: bool = False
    official: bool = False
    best_score: int = 0
    characters: int = 0
    me_too: int = 0


def is_indexable(facts: Facts) -> bool:
    """Tell whether a question is worth finding: answered for good, or the problem of several."""
    has_help = facts.best_score > 0 and facts.characters >= ENOUGH_CHARACTERS
    is_official = facts.announced or facts.official
    return facts.solved or is_official or has_help or facts.me_too >= ENOUGH_AFFECTED
