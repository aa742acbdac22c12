"""Taking and lifting measures: the only way in which anything or anybody is restricted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from community.moderation.models.measures import Means, MeasureAct


@dataclass(frozen=True, kw_only=True)
class MeasureDraft:
    """What is to be restricted, how far and how long, and why. `take` checks that nothing lacks."""

    act: MeasureAct
    facts: str
    post_id: int | None = None
    member_id: int | None = None
    ends_at: datetime | None = None
    rule: str = ""
    law: str = ""
    found_by: Means = Means.PERSON
    decided_by_automation: bool = False
    is_mass_spam: bool = False
