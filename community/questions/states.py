"""Where a question stands, worked out from what was said. The only place that decides it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from community.questions.models import State


@dataclass(frozen=True, kw_only=True)
class Utterance:
    """One visible answer or comment of a thread, reduced to what the state depends on."""

    by_asker: bool
    is_answer: bool
    is_partial: bool = False
    asks_for_info: bool = False


def derive(*, closed: bool, solved: bool, said: Sequence[Utterance]) -> State:
    """Return the state of a question from its facts; what was said comes oldest first.

    Closed beats solved beats the rest. Before anybody else spoke, and whenever the asker spoke
    last, it needs attention. A question for details waits for the asker, whatever others add
    meanwhile. It also needs attention while the only answers since the asker last spoke are
    partial ones.
    """
    if closed:
        return State.CLOSED
    if solved:
        return State.SOLVED
    since = _since_the_asker_spoke(said)
    if any(each.asks_for_info for each in since):
        return State.NEEDS_INFO
    if not since or _only_partial(since):
        return State.NEEDS_ATTENTION
    return State.RESPONDED


def _since_the_asker_spoke(said: Sequence[Utterance]) -> Sequence[Utterance]:
    for back, each in enumerate(reversed(said)):
        if each.by_asker:
            return said[len(said) - back :]
    return said


def _only_partial(said: Sequence[Utterance]) -> bool:
    answers = [each for each in said if each.is_answer]
    return bool(answers) and all(each.is_partial for each in answers)
