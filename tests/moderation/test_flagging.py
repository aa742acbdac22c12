"""Members report posts and profiles, within bounds, and hear what comes of it."""

from datetime import timedelta

import pytest

from community.core.clock import as_if_it_were, now
from community.core.db import db
from community.core.errors import Conflict, Forbidden, Invalid, TooMany
from community.moderation.models.flags import Flag, FlagReason
from community.moderation.models.items import Decision, Item, ItemState
from community.moderation.queries import flags as flag_queries
from community.moderation.rulings import Ruling
from community.moderation.services import flagging, queueing
from community.moderation.services.flagging import Complaint

SPAM = Complaint(reason=FlagReason.SPAM)


def flags():
    return db.session.scalars(db.select(Flag).order_by(Flag.id)).all()


def judged(make, raised, decision=Decision.DISAGREE):
    item = db.session.get(Item, raised.item_id)
    mia = make.moderator()
    queueing.decide(mia, Ruling(item_id=item.id, version=item.version, decision=decision))
    return make.fresh(raised)


def test_a_flag_puts_a_post_into_the_queue(make):
    ann, answer = make.member("ann", trust_level=2), make.answer()
    raised = flagging.flag(ann, answer, SPAM)
    item = db.session.get(Item, raised.item_id)
    assert (item.kind, item.post_id, item.score) == ("flag", answer.id, 3.0)
    assert (raised.weight, raised.about_id) == (3.0, answer.author_id)


def test_a_flag_puts_a_profile_into_the_queue(make):
    ben = make.member("ben")
    raised = flagging.flag(make.member(), ben, SPAM)
    assert (raised.subject_key, raised.post_id) == (f"members:{ben.id}", None)


def test_flags_of_several_members_add_up_in_one_item(make):
    answer = make.answer(author=make.member(trust_level=1))
    raised = [flagging.flag(make.member(), answer, SPAM) for _ in range(3)]
    item = db.session.get(Item, raised[0].item_id)
    assert {each.item_id for each in raised} == {item.id}
    assert item.score == 3.0


def test_nobody_flags_the_own_post_nor_themselves_nor_what_is_gone(make):
    ann = make.member("ann")
    answer, hidden = make.answer(author=ann), make.hidden(make.answer())
    for subject in (answer, ann, hidden):
        with pytest.raises(Forbidden):
            flagging.flag(ann, subject, SPAM)
    with pytest.raises(Forbidden):
        flagging.flag(make.member(suspended_at=now()), make.answer(), SPAM)


def test_something_else_needs_words(make):
    ann, answer = make.member(), make.answer()
    with pytest.raises(Invalid):
        flagging.flag(ann, answer, Complaint(reason=FlagReason.OTHER, said="  "))
    said = Complaint(reason=FlagReason.OTHER, said="It is about another forum.")
    assert flagging.flag(ann, answer, said).said == "It is about another forum."


def test_the_same_reason_counts_once_a_member_and_another_one_too(make):
    ann, answer = make.member(), make.answer()
    flagging.flag(ann, answer, SPAM)
    with pytest.raises(Conflict):
        flagging.flag(ann, answer, SPAM)
    flagging.flag(ann, answer, Complaint(reason=FlagReason.ABUSIVE))
    assert len(flags()) == 2


def test_twenty_flags_a_day_are_enough(make):
    ann = make.member("ann")
    posts = [make.answer() for _ in range(21)]
    for post in posts[:20]:
        flagging.flag(ann, post, SPAM)
    with pytest.raises(TooMany):
        flagging.flag(ann, posts[20], SPAM)
    with as_if_it_were(now() + timedelta(hours=25)):
        flagging.flag(ann, posts[20], SPAM)


def test_what_was_judged_is_not_flagged_again_for_the_same_reason_for_a_day(make):
    answer = make.answer()
    judged(make, flagging.flag(make.member(), answer, SPAM))
    with pytest.raises(Conflict, match="short while ago"):
        flagging.flag(make.member(), answer, SPAM)
    flagging.flag(make.member(), answer, Complaint(reason=FlagReason.ABUSIVE))
    with as_if_it_were(now() + timedelta(hours=24, minutes=1)):
        flagging.flag(make.member(), answer, SPAM)


def test_what_was_edited_after_it_was_judged_may_be_flagged_again(make):
    ann, answer = make.member(), make.answer()
    judged(make, flagging.flag(ann, answer, SPAM))
    with as_if_it_were(now() + timedelta(minutes=1)):
        make.edited(answer)
        assert flagging.flag(ann, answer, SPAM).state == ItemState.PENDING


def test_a_judged_flag_is_the_last_word_of_a_member_on_the_same_text(make):
    ann, answer = make.member(), make.answer()
    judged(make, flagging.flag(ann, answer, SPAM))
    with as_if_it_were(now() + timedelta(days=3)), pytest.raises(Conflict, match="already"):
        flagging.flag(ann, answer, SPAM)


def test_judged_flags_give_accuracy_and_ignored_ones_do_not(make):
    ann = make.member("ann")
    for decision in (Decision.DISAGREE, Decision.DISAGREE, Decision.IGNORE):
        judged(make, flagging.flag(ann, make.answer(), SPAM), decision)
    assert flag_queries.accuracies([ann.id])[ann.id].judged == 2


def test_a_flag_that_was_wrong_no_longer_counts_in_the_score(make):
    raised = flagging.flag(make.member(), make.answer(), SPAM)
    judged(make, raised)
    assert db.session.get(Item, raised.item_id).score == 0
