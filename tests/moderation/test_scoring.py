"""What a flag weighs, and when something happens by itself."""

import pytest

from community.members.models import Role
from community.moderation import scoring
from community.moderation.models.flags import FlagReason
from community.moderation.scoring import Accuracy, percentile, weight

NONE = Accuracy()


@pytest.mark.parametrize(("level", "weighs"), [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)])
def test_a_flag_weighs_one_and_the_level_of_trust(make, level, weighs):
    assert weight(make.member(trust_level=level), NONE, FlagReason.SPAM) == weighs


@pytest.mark.parametrize("facts", [{"role": Role.MODERATOR}, {"staff_title": "Support, Acme"}])
def test_a_flag_of_staff_weighs_six_whatever_the_level(make, facts):
    assert weight(make.member(**facts), NONE, FlagReason.SPAM) == 6
    assert weight(make.member(trust_level=4, **facts), NONE, FlagReason.SPAM) == 6


@pytest.mark.parametrize(
    ("agreed", "disagreed", "bonus"),
    [
        (5, 0, 0.0),  # five judged flags say nothing yet
        (6, 0, 6.46),  # log4(6) * 5, all right
        (7, 3, 0.0),  # on the pivot
        (0, 10, -8.3),  # log4(10) * 5, all wrong
        (17, 3, 5.4),  # half of the way from the pivot to all
        (35, 65, -8.3),  # half of the way from the pivot to nothing
    ],
)
def test_accuracy_adds_above_seventy_percent_and_takes_away_below(agreed, disagreed, bonus):
    assert Accuracy(agreed, disagreed).bonus == pytest.approx(bonus, abs=0.01)


def test_a_flag_never_weighs_less_than_nothing(make):
    assert weight(make.member(trust_level=4), Accuracy(0, 50), FlagReason.SPAM) == 0


def test_a_reason_may_add_its_own(make):
    make.set(scoring.BONUSES[FlagReason.UNLAWFUL], 2.5)
    ann = make.member()
    assert weight(ann, NONE, FlagReason.UNLAWFUL) == 3.5
    assert weight(ann, NONE, FlagReason.SPAM) == 1.0


def test_thresholds_follow_from_the_high_priority(make):
    assert scoring.hiding_threshold() == 8.33
    assert scoring.holding_threshold() == 2.5
    make.set(scoring.HIGH, 18.0)
    assert scoring.hiding_threshold() == 12.0
    assert scoring.holding_threshold() == 3.6


def test_a_percentile_is_one_of_the_values():
    values = [float(number) for number in range(20, 0, -1)]
    assert percentile(values, 50) == 10
    assert percentile(values, 85) == 17
    assert percentile([3.0], 85) == 3
