"""Taking measures and taking them back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from community.core.audit import Act
from community.core.clock import as_if_it_were, now
from community.core.db import db
from community.core.errors import Conflict, Forbidden, Invalid
from community.core.job_rows import Job
from community.members.models import Session
from community.moderation.models.measures import Lifting, Means, Measure, MeasureAct
from community.moderation.services import measuring
from community.moderation.services.measuring import MeasureDraft
from community.posts.models import HiddenAs
from community.questions import queries
from community.questions.models import State
from community.questions.services import solving

A_DAY = timedelta(days=1)
REASONS = {"facts": "It insults a person.", "rule": "abusive"}


def automatic(**facts) -> MeasureDraft:
    means = {"found_by": Means.AUTOMATION, "decided_by_automation": True}
    return MeasureDraft(**REASONS | means | facts)


@pytest.mark.parametrize(
    ("act", "hidden_as"),
    [
        (MeasureAct.HIDE, HiddenAs.HIDDEN),
        (MeasureAct.REMOVE, HiddenAs.REMOVED),
        (MeasureAct.HOLD, HiddenAs.HELD),
    ],
)
def test_a_measure_takes_a_post_out_of_the_public_eye_and_back(make, act, hidden_as):
    answer = make.answer()
    measure = make.measured(act=act, post_id=answer.id)
    assert make.fresh(answer).hidden_as == hidden_as
    assert not answer.is_visible
    measuring.lift(make.moderator(), measure.id, "A mistake.")
    assert make.fresh(answer).is_visible
    assert answer.hidden_as is None
    assert measure.lifted_as == Lifting.TAKEN_BACK


def test_a_thread_follows_its_measures_and_comes_back_exactly(make):
    question = make.question(tags=("filter",))
    answer = make.answer(question)
    solving.accept(question.author, question, answer)
    solved_at = make.fresh(question).solved_at
    measure = make.hidden(answer) and db.session.scalar(select(Measure))
    make.fresh(question)
    assert (question.answer_count, question.solution_id) == (0, None)
    assert question.state == State.NEEDS_ATTENTION
    measuring.lift(make.moderator(), measure.id, "A mistake.")
    make.fresh(question)
    assert (question.answer_count, question.solution_id) == (1, answer.id)
    assert (question.solved_at, question.state) == (solved_at, State.SOLVED)


def test_a_solution_that_was_taken_back_meanwhile_does_not_come_back(make):
    question = make.question()
    first, second = make.answer(question), make.answer(question)
    solving.accept(question.author, question, first)
    measure = make.measured(act=MeasureAct.HIDE, post_id=first.id)
    solving.accept(question.author, make.fresh(question), second)
    measuring.lift(make.moderator(), measure.id, "A mistake.")
    assert make.fresh(question).solution_id == second.id
    again = make.measured(act=MeasureAct.HIDE, post_id=first.id)
    measuring.lift(make.moderator(), again.id, "A mistake.")
    assert make.fresh(question).solution_id == second.id


def test_tags_count_public_questions_only(make):
    question = make.question(tags=("filter",))
    tag = queries.tags_of(question)[0]
    measure = make.measured(act=MeasureAct.REMOVE, post_id=question.id)
    assert make.fresh(tag).question_count == 0
    measuring.lift(make.moderator(), measure.id, "A mistake.")
    assert make.fresh(tag).question_count == 1


def test_two_measures_on_a_post_do_not_undo_each_other(make):
    answer = make.answer()
    hidden = make.measured(act=MeasureAct.HIDE, post_id=answer.id)
    removed = make.measured(act=MeasureAct.REMOVE, post_id=answer.id)
    measuring.lift(make.moderator(), hidden.id, "Not needed.")
    assert make.fresh(answer).hidden_as == HiddenAs.REMOVED
    measuring.lift(make.moderator(), removed.id, "A mistake.")
    assert make.fresh(answer).is_visible


def test_what_is_done_already_is_not_done_again(make):
    answer = make.answer()
    make.removed(answer)
    with pytest.raises(Conflict):
        make.hidden(answer)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"facts": "  "}, "facts"),
        ({"facts": "x" * 2001}, "facts"),
        ({"rule": ""}, "rule"),
        ({"rule": "made-up"}, "rule"),
        ({"act": MeasureAct.MUTE, "post_id": None}, "ends_at"),
        ({"act": MeasureAct.WARN, "post_id": None, "ends_at": now() + A_DAY}, "ends_at"),
        ({"ends_at": now() - A_DAY}, "ends_at"),
        ({"act": MeasureAct.MUTE, "ends_at": now() + A_DAY}, "act"),
        ({"post_id": None, "member_id": None}, ""),
    ],
)
def test_no_measure_without_all_its_reasons(make, facts, field):
    answer = make.answer()
    about = {"post_id": answer.id, "act": MeasureAct.HIDE}
    if facts.get("post_id", 1) is None and "member_id" not in facts:
        about["member_id"] = answer.author_id
    with pytest.raises(Invalid) as refused:
        make.measured(**about | facts)
    assert refused.value.field == field
    assert db.session.scalar(select(Measure)) is None


def test_a_mute_ends_by_the_clock(make, run_jobs):
    ann = make.muted("ann")
    assert make.fresh(ann).is_muted
    with as_if_it_were(now() + A_DAY):
        assert not ann.is_muted
        measuring.end_due()
        assert make.fresh(ann).muted_until is None
        assert db.session.scalar(select(Measure)).lifted_as == Lifting.ENDED


def test_the_longest_suspension_counts_and_for_good_is_longest(make):
    ann = make.member()
    soon, late = now() + A_DAY, now() + 3 * A_DAY
    make.measured(act=MeasureAct.SUSPEND, member_id=ann.id, ends_at=late)
    make.measured(act=MeasureAct.SUSPEND, member_id=ann.id, ends_at=soon)
    assert make.fresh(ann).suspended_until == late
    for_good = make.measured(act=MeasureAct.SUSPEND, member_id=ann.id)
    assert make.fresh(ann).suspended_until is None
    measuring.lift(make.moderator(), for_good.id, "Too hard.")
    assert make.fresh(ann).suspended_until == late


def test_a_suspension_ends_every_session(make):
    ann = make.member("ann")
    make.keep(Session(token_hash="x", member_id=ann.id, values={}))
    make.measured(act=MeasureAct.SUSPEND, member_id=ann.id)
    assert db.session.scalar(select(Session).where(Session.member_id == ann.id)) is None


def test_a_refused_name_and_picture_come_back(make):
    ann = make.member("ann", name="Rude Name", avatar="x.png")
    name = make.measured(act=MeasureAct.REFUSE_NAME, member_id=ann.id)
    picture = make.measured(act=MeasureAct.REFUSE_AVATAR, member_id=ann.id)
    assert (make.fresh(ann).name, ann.handle) == (f"Member {ann.id}", f"member-{ann.id}")
    assert ann.avatar == ""
    for measure in (name, picture):
        measuring.lift(make.moderator(), measure.id, "A mistake.")
    assert (make.fresh(ann).name, ann.handle, ann.avatar) == ("Rude Name", "ann", "x.png")


def test_automation_touches_nobody_of_the_staff(make):
    for author in (make.staff(), make.moderator(), make.admin()):
        answer = make.answer(author=author)
        with pytest.raises(Forbidden):
            measuring.take(None, automatic(act=MeasureAct.HIDE, post_id=answer.id))
        assert make.fresh(answer).is_visible
    answer = make.answer()
    measuring.take(None, automatic(act=MeasureAct.HIDE, post_id=answer.id))
    assert not make.fresh(answer).is_visible


def test_automation_says_that_it_decided(make):
    answer = make.answer()
    draft = MeasureDraft(act=MeasureAct.HIDE, post_id=answer.id, **REASONS)
    with pytest.raises(Invalid):
        measuring.take(None, draft)


@pytest.mark.parametrize("act", [MeasureAct.SUSPEND, MeasureAct.END_ACCOUNT])
def test_no_admin_is_shut_out(make, act):
    with pytest.raises(Forbidden):
        make.measured(make.admin(), act=act, member_id=make.admin().id)


def test_strangers_measure_nothing_and_nobody_lifts_their_own(make):
    answer = make.answer()
    with pytest.raises(Forbidden):
        make.hidden(answer, by=make.member())
    mia = make.moderator()
    measure = make.measured(act=MeasureAct.HIDE, post_id=make.answer(author=mia).id)
    with pytest.raises(Forbidden):
        measuring.lift(mia, measure.id, "It is mine.")


def test_every_measure_is_on_record(make):
    mia, answer = make.moderator(), make.answer()
    measure = make.measured(mia, act=MeasureAct.HIDE, post_id=answer.id)
    measuring.lift(mia, measure.id, "A mistake.")
    acts = db.session.scalars(select(Act).where(Act.subject == f"posts:{answer.id}")).all()
    assert [(act.name, act.actor_id) for act in acts] == [
        ("measure-hide", mia.id),
        ("lift-hide", mia.id),
    ]
    assert acts[0].reason == "It insults a person."
    assert acts[0].after["measure"] == measure.id


def test_a_refused_measure_leaves_nothing(make):
    answer = make.answer()
    jobs = db.session.query(Job).count()
    with pytest.raises(Invalid):
        make.measured(act=MeasureAct.HIDE, post_id=answer.id, facts="")
    assert make.fresh(answer).is_visible
    assert db.session.query(Job).count() == jobs
