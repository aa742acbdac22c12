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

    Closed beats solved beats the rest. A question for details waits for the asker, whatever
    others add meanwhile. It needs attention while nobody else has answered, whenever the asker
    spoke last, and while the latest answers are all partial: those since the asker last spoke,
    or else all there are. A comment is no answer.
    """
    if closed:
        return State.CLOSED
    if solved:
        return State.SOLVED
    since = _since_the_asker_spoke(said)
    if any(each.asks_for_info for each in since):
        return State.NEEDS_INFO
    if since and _is_answered(since, said):
        return State.RESPONDED
    return State.NEEDS_ATTENTION


def _since_the_asker_spoke(said: Sequence[Utterance]) -> Sequence[Utterance]:
    for back, each in enumerate(reversed(said)):
        if each.by_asker:
            return said[len(said) - back :]
    return said


def _is_answered(since: Sequence[Utterance], said: Sequence[Utterance]) -> bool:
    """Tell whether an answer that is not partial stands among those that count."""
    answers = _answers_in(since) or _answers_in(said)
    return any(not each.is_partial for each in answers)


def _answers_in(said: Sequence[Utterance]) -> list[Utterance]:
    return [each for each in said if each.is_answer and not each.by_asker]
