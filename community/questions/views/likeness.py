"""What answers have in common with which the same may be done: their buttons are made once."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from community.core.holes import given
from community.core.shared_parts import of_facts_and_number
from community.core.stand_ins import STAND_IN
from community.questions.models import Answer


class Likeness(NamedTuple):
    """All that the buttons below an answer show of it; its number is a stand-in."""

    is_visible: bool
    is_official: bool
    deleted_at: bool
    thank_count: int
    id: int = STAND_IN
    kind: str = "answer"

    @classmethod
    def of(cls, post: Answer) -> Likeness:
        """Return what this answer has of it."""
        is_deleted = post.deleted_at is not None
        return cls(post.is_visible, post.is_official, is_deleted, post.thank_count)


def shared_by_likes(
    post: Answer,
    facts: object,
    render: Callable[[Likeness, dict[str, str]], str],
    said: dict[str, str],
) -> str:
    """Return HTML about an answer that is made once for all that are like it, with these facts.

    said: what is said of this one alone, by names for which render() is given places instead.
    """
    like = Likeness.of(post)

    def left_open() -> str:
        return render(like, {name: given(name) for name in said})

    return of_facts_and_number((like, facts), post.id, left_open, **said)
