"""How much a flag weighs, and what a score leads to.

The formulas are those of Discourse's review queue (reviewable_score.rb, reviewable.rb and
reviewable_priorities.rb of discourse/discourse); every number in them is a setting.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from community.core.settings import Setting
from community.members.models import Member
from community.members.trust import TABLE, Level
from community.moderation.models.flags import FlagReason

BASE = Setting("flag_score", 1.0, "What every flag weighs.")
STAFF = Setting("flag_score_staff", 5.0, "What staff and moderators add, in place of a level.")
ACCURACY_AFTER = Setting(
    "flag_accuracy_after", 5, "Judged flags up to which accuracy changes nothing."
)
PIVOT = Setting("flag_accuracy_pivot", 0.7, "Part of flags agreed at which accuracy adds nothing.")
ACCURACY = Setting("flag_accuracy_worth", 5.0, "How much accuracy adds or takes away.")
BONUSES = {
    FlagReason.SPAM: Setting("flag_bonus_spam", 0.0, "What a flag adds for its reason: spam."),
    FlagReason.ABUSIVE: Setting(
        "flag_bonus_abusive", 0.0, "What a flag adds for its reason: abusive."
    ),
    FlagReason.OFF_TOPIC: Setting(
        "flag_bonus_off_topic", 0.0, "What a flag adds for its reason: off-topic."
    ),
    FlagReason.PERSONAL_DATA: Setting(
        "flag_bonus_personal_data", 0.0, "What a flag adds for its reason: personal-data."
    ),
    FlagReason.UNLAWFUL: Setting(
        "flag_bonus_unlawful", 0.0, "What a flag adds for its reason: unlawful."
    ),
    FlagReason.OTHER: Setting("flag_bonus_other", 0.0, "What a flag adds for its reason: other."),
}

FIRST_THRESHOLD = 12.5
MEDIUM = Setting("review_medium", FIRST_THRESHOLD, "Score of medium priority; set every night.")
HIGH = Setting("review_high", FIRST_THRESHOLD, "Score of high priority; set every night.")
CALIBRATES = Setting(
    "review_calibrates", default=True, meaning="Whether these two follow from what was decided."
)
CALIBRATED_AFTER = Setting(
    "review_calibrated_after", 15, "Items agreed before the priorities are reckoned."
)
CALIBRATED_FLAGS = Setting(
    "review_calibrated_flags", 2, "Flags that an item needs to be reckoned with."
)
MEDIUM_PERCENTILE = Setting(
    "review_medium_percentile", 50, "Percentile of past scores that is medium."
)
HIGH_PERCENTILE = Setting("review_high_percentile", 85, "Percentile of past scores that is high.")

SENSITIVITIES = 9
HIDING = Setting("hide_sensitivity", 6, "Ninths of the high priority at which a post is hidden.")
HOLDING = Setting(
    "newcomer_sensitivity", 3, "Ninths of the high priority for a newcomer's posts together."
)
HOLDING_SCALE = Setting("newcomer_scale", 0.6, "Part of these ninths that is enough.")
HOLDING_FLAGGERS = Setting(
    "newcomer_flaggers", 3, "Members who have to flag before a newcomer's posts are held."
)


@dataclass(frozen=True)
class Accuracy:
    """How many flags of a member were judged right and wrong; ignored ones are neither."""

    agreed: int = 0
    disagreed: int = 0

    @property
    def judged(self) -> int:
        return self.agreed + self.disagreed

    @property
    def part(self) -> float:
        """The part that was right, from 0 to 1; 0 without any."""
        return self.agreed / self.judged if self.judged else 0.0

    @property
    def percent(self) -> int:
        return round(100 * self.part)

    @property
    def bonus(self) -> float:
        """What accuracy adds to a flag; below the pivot it takes away.

        The distance from the pivot, as a part of the way to 0 or to 1, times the worth, times the
        logarithm to the base 4 of the number of judged flags.
        """
        if self.judged <= ACCURACY_AFTER.get():
            return 0.0
        pivot = min(max(PIVOT.get(), 0.01), 0.99)
        way = 1 - pivot if self.part >= pivot else pivot
        distance = (self.part - pivot) / way
        return round(distance * math.log(self.judged, 4) * ACCURACY.get(), 2)


def weight(flagger: Member, accuracy: Accuracy, reason: FlagReason) -> float:
    """Return what a flag of this member for this reason weighs, never below 0."""
    is_staff = flagger.is_staff or flagger.is_moderator
    standing = STAFF.get() if is_staff else float(TABLE[Level(flagger.trust_level)].flag_weight)
    weighs = BASE.get() + standing + accuracy.bonus + BONUSES[reason].get()
    return max(0.0, round(weighs, 2))


def hiding_threshold() -> float:
    """Return the score at which a post is hidden until somebody has looked at it."""
    return _share(HIDING.get())


def holding_threshold() -> float:
    """Return the score at which all posts of a newcomer wait until somebody has looked."""
    return round(_share(HOLDING.get()) * HOLDING_SCALE.get(), 2)


def _share(ninths: int) -> float:
    return round(HIGH.get() * ninths / SENSITIVITIES, 2)


def percentile(values: list[float], percent: int) -> float:
    """Return the smallest value that so many percent of the values do not exceed (not empty)."""
    ranked = sorted(values)
    place = math.ceil(len(ranked) * percent / 100)
    return ranked[min(max(place, 1), len(ranked)) - 1]
