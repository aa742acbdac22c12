"""What a decision upon flags does."""

import pytest

from community.core.db import db
from community.core.errors import Invalid
from community.moderation.models.flags import Flag
from community.moderation.models.measures import Measure
from community.moderation.queries import measures as measure_queries


def states():
    return set(db.session.scalars(db.select(Flag.state)))


def test_agreeing_takes_the_measure_and_judges_the_flags(make, flagged, decide):
    mia, answer = make.moderator("mia"), make.answer()
    item = flagged(answer, by=2)
    decide(mia, item, "agree", act="remove")
    assert make.fresh(answer).hidden_as == "removed"
    assert states() == {"agreed"}
    [measure] = measure_queries.on_post(answer.id)
    assert (measure.act, measure.actor_id) == ("remove", mia.id)
    assert make.fresh(item).score == 2.0  # agreed flags go on counting


def test_agreeing_without_a_measure_is_refused_while_nothing_is_restricted(make, flagged, decide):
    mia, answer = make.moderator(), make.answer()
    item = flagged(answer)
    with pytest.raises(Invalid):
        decide(mia, item, "agree")
    assert states() == {"pending"}


def test_agreeing_with_what_flags_hid_tells_the_author_only_once(make, flagged, decide):
    mia, answer = make.moderator(), make.answer(author=make.member(trust_level=1))
    item = flagged(answer, by=3, level=2)
    decide(mia, item, "agree", act="hide")
    assert len(db.session.scalars(db.select(Measure)).all()) == 1
    assert make.fresh(answer).hidden_as == "hidden"


def test_disagreeing_restores_what_flags_hid(make, flagged, decide):
    mia, answer = make.moderator(), make.answer(author=make.member(trust_level=1))
    item = flagged(answer, by=3, level=2)
    assert make.fresh(answer).hidden_at
    decide(mia, item, "disagree")
    assert make.fresh(answer).is_visible
    assert states() == {"disagreed"}
    assert measure_queries.on_post(answer.id) == []


def test_ignoring_restores_it_too_and_judges_nobody(make, flagged, decide):
    mia, answer = make.moderator(), make.answer(author=make.member(trust_level=1))
    item = flagged(answer, by=3, level=2)
    decide(mia, item, "ignore")
    assert make.fresh(answer).is_visible
    assert states() == {"ignored"}


def test_a_held_newcomer_is_restored_post_by_post(make, flagged, decide):
    mia, new = make.moderator(), make.member("new")
    good, bad = make.answer(author=new), make.answer(author=new)
    item = flagged(bad, by=3)
    decide(mia, item, "agree", act="remove")
    assert [make.fresh(each).hidden_as for each in (good, bad)] == ["held", "removed"]


def test_a_profile_is_judged_by_a_measure_on_the_member(make, flagged, decide):
    mia, ben = make.moderator(), make.member("ben")
    decide(mia, flagged(ben), "agree", act="warn")
    [measure] = db.session.scalars(db.select(Measure)).all()
    assert (measure.member_id, measure.post_id, measure.act) == (ben.id, None, "warn")
