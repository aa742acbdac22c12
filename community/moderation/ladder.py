"""What follows when a member breaks the rules again: one step more each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from community.moderation.models.measures import Lifting, Measure, MeasureAct

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """What is done to a member, and for how long; no span means for good."""

    act: MeasureAct
    span: timedelta | None = None

    @property
    def hours(self) -> int:
        """The span in hours, 0 for none."""
        return int(self.span.total_seconds()) // 3600 if self.span else 0


STEPS = (
    Step(MeasureAct.WARN),
    Step(MeasureAct.MUTE, DAY),
    Step(MeasureAct.MUTE, 3 * DAY),
    Step(MeasureAct.MUTE, 7 * DAY),
    Step(MeasureAct.MUTE, 30 * DAY),
    Step(MeasureAct.SUSPEND, 90 * DAY),
    Step(MeasureAct.SUSPEND),
)


def next_step(measures: Sequence[Measure]) -> Step:
    """Return the step after the highest one that a member has been on.

    What was taken back, or found wrong by an appeal, does not count.
    """
    wrong = {Lifting.TAKEN_BACK, Lifting.APPEAL}
    reached = [_rank(each) for each in measures if each.lifted_as not in wrong]
    return STEPS[min(max(reached, default=-1) + 1, len(STEPS) - 1)]


def _rank(measure: Measure) -> int:
    """Return the place on the ladder of a measure, by its act and how long it was; -1 for none."""
    span = measure.ends_at - measure.taken_at if measure.ends_at else None
    fitting = [
        place
        for place, step in enumerate(STEPS)
        if step.act == measure.act and _is_as_long(span, step.span)
    ]
    return max(fitting, default=_lowest(measure.act))


def _lowest(act: MeasureAct) -> int:
    return next((place for place, step in enumerate(STEPS) if step.act == act), -1)


def _is_as_long(span: timedelta | None, least: timedelta | None) -> bool:
    if span is None or least is None:
        return span is None
    # A measure takes a moment; a day is a day.
    return span >= least - timedelta(minutes=5)
