"""Moderators work on an item alone for a while, and tell each other what they know."""

from datetime import timedelta

import pytest

from community.core.audit import Act
from community.core.clock import as_if_it_were, now
from community.core.db import db
from community.core.errors import Conflict, Forbidden, Invalid
from community.moderation.models.items import StaffNote, Step
from community.moderation.queries import people
from community.moderation.services import claiming


@pytest.fixture
def item(make, flagged):
    return flagged(make.answer())


def test_what_one_claims_nobody_else_claims_or_decides(make, item, decide):
    mia, max_ = make.moderator("mia"), make.moderator("max")
    claiming.claim(mia, item.id)
    with pytest.raises(Conflict):
        claiming.claim(max_, item.id)
    with pytest.raises(Conflict):
        decide(max_, item, "disagree")
    decide(mia, item, "disagree")
    assert make.fresh(item).state == "disagreed"


def test_a_claim_ends_after_ten_minutes(make, item, decide):
    mia, max_ = make.moderator("mia"), make.moderator("max")
    claiming.claim(mia, item.id)
    with as_if_it_were(now() + timedelta(minutes=9)), pytest.raises(Conflict):
        claiming.claim(max_, item.id)
    with as_if_it_were(now() + timedelta(minutes=11)):
        claiming.claim(max_, item.id)
        assert make.fresh(item).claimed_by_id == max_.id


def test_who_claimed_lets_others_again_and_strangers_do_not(make, item):
    mia, max_ = make.moderator("mia"), make.moderator("max")
    claiming.claim(mia, item.id)
    claiming.release(max_, item.id)
    assert make.fresh(item).claimed_by_id == mia.id
    claiming.release(mia, item.id)
    assert make.fresh(item).claimed_by_id is None


def test_claims_and_notes_are_in_the_history(make, item):
    mia = make.moderator("mia")
    claiming.claim(mia, item.id)
    claiming.note(mia, item.id, " The same text stands in two other forums. ")
    steps = db.session.scalars(db.select(Step).order_by(Step.id)).all()
    assert [step.kind for step in steps] == ["opened", "flagged", "claimed", "noted"]
    assert steps[-1].said == "The same text stands in two other forums."
    with pytest.raises(Invalid):
        claiming.note(mia, item.id, "   ")


def test_members_neither_claim_nor_note(make, item):
    ann = make.member("ann")
    for act in (
        lambda: claiming.claim(ann, item.id),
        lambda: claiming.note(ann, item.id, "Hello."),
        lambda: claiming.note_member(ann, make.member(), "Hello."),
    ):
        with pytest.raises(Forbidden):
            act()


def test_staff_notes_on_a_member_are_read_by_staff_and_taken_away_by_who_wrote_them(make):
    mia, max_, ben = make.moderator("mia"), make.moderator("max"), make.member("ben")
    note = claiming.note_member(mia, ben, "Wrote a kind mail; it was a misunderstanding.")
    assert [each.body for each in people.notes_on(ben)] == [note.body]
    with pytest.raises(Forbidden):
        claiming.remove_note(max_, note.id)
    claiming.remove_note(mia, note.id)
    assert people.notes_on(ben) == []
    act = db.session.scalar(db.select(Act).where(Act.name == "staff-note-removal"))
    assert act.before == note.body


def test_nobody_writes_notes_on_themselves(make):
    mia = make.moderator("mia")
    with pytest.raises(Forbidden):
        claiming.note_member(mia, mia, "The best.")
    assert db.session.scalars(db.select(StaffNote)).all() == []


def test_a_moderator_of_one_product_works_on_that_product_only(make, flagged, decide):
    kettle, toaster = make.product(), make.product()
    pia = make.member("pia", moderated_products=[kettle.id])
    mine = flagged(make.answer(make.question(product=kettle)))
    other = flagged(make.answer(make.question(product=toaster)))
    claiming.claim(pia, mine.id)
    with pytest.raises(Forbidden):
        claiming.claim(pia, other.id)
