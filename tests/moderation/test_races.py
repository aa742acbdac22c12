"""Moderators and members at the same moment: real processes on one real file."""

import pytest
from sqlalchemy import func, select

from community.core.db import db
from community.members.models import Member
from community.moderation.models.flags import Flag, FlagReason
from community.moderation.models.items import Decision, Item, Step
from community.moderation.models.measures import Measure, MeasureAct
from community.moderation.rulings import Ruling
from community.moderation.services import flagging, measuring, queueing
from community.moderation.services.flagging import Complaint
from community.moderation.services.measuring import MeasureDraft
from community.moderation.submissions import Sending
from community.posts.models import Post
from community.posts.texts import prepare
from community.questions import queries
from community.questions.services import answering, editing
from community.questions.services.answering import ReplyDraft
from tests.factories import Factory
from tests.questions.test_concurrency import START, Edit, House

SPAM = Complaint(reason=FlagReason.SPAM)


@pytest.fixture
def house(tmp_path, own_database):
    return House(tmp_path, own_database)


@pytest.fixture
def scene(house):
    """A flagged answer, two moderators and a crowd; as numbers, good in every process."""
    with house.open():
        make = Factory()
        author = make.member("ben", trust_level=1)
        answer = make.answer(author=author)
        item = flagging.flag(make.member("ann"), answer, SPAM)
        return {
            "answer": answer.id,
            "item": item.item_id,
            "author": author.id,
            "moderators": [make.moderator(name).id for name in ("mia", "max")],
            "crowd": [make.member(f"cam{number}").id for number in range(8)],
            "text": prepare("Now it helps."),
        }


def member(number):
    return db.session.get(Member, number)


def deciding(scene, who, decision):
    def act():
        actor = member(who)
        draft = MeasureDraft(
            act=MeasureAct.HIDE, post_id=scene["answer"], facts="It sells shoes.", rule="spam"
        )
        ruling = Ruling(
            item_id=scene["item"],
            version=1,
            decision=decision,
            measure=draft if decision == Decision.AGREE else None,
            post_version=1,
        )
        return lambda: queueing.decide(actor, ruling)

    return act


def test_of_two_moderators_at_once_one_decides_and_one_hears_of_it(house, scene):
    mia, max_ = scene["moderators"]
    acts = (deciding(scene, mia, Decision.AGREE), deciding(scene, max_, Decision.DISAGREE))
    outcomes = house.together(*acts)
    assert sorted(outcomes) == ["AlreadyDecided", "done"]
    with house.open():
        item = db.session.get(Item, scene["item"])
        agreed = outcomes[0] == "done"
        assert (item.decided_by_id == mia) == agreed
        assert (item.decision == Decision.AGREE) == agreed
        assert item.version == 2
        assert (db.session.get(Post, scene["answer"]).hidden_at is not None) == agreed
        assert db.session.scalar(select(func.count(Measure.id))) == int(agreed)
        decided = select(func.count(Step.id)).where(Step.kind == "decided")
        assert db.session.scalar(decided) == 1


def test_flags_at_once_all_count_and_hide_once(house, scene):
    def flagging_by(number):
        def act():
            actor, answer = member(number), db.session.get(Post, scene["answer"])
            return lambda: flagging.flag(actor, answer, SPAM)

        return act

    outcomes = house.together(*map(flagging_by, scene["crowd"]))
    with house.open():
        flags = db.session.scalar(select(func.count(Flag.id)))
        item = db.session.get(Item, scene["item"])
        # Nine flags of one each reach 8.33 with the ninth, which hides the post.
        assert (outcomes.count("done"), flags, item.score) == (8, 9, 9.0)
        assert db.session.get(Post, scene["answer"]).hidden_at is not None
        assert db.session.scalar(select(func.count(Measure.id))) == 1
        assert db.session.scalar(select(func.count(Item.id))) == 1


def test_a_flag_and_an_edit_at_once_both_count_and_the_flag_says_which_text_it_means(house, scene):
    def edit():
        actor, answer = member(scene["author"]), queries.post_by_id(scene["answer"])
        return lambda: editing.edit(actor, answer, Edit(text=scene["text"], version=1))

    def flag():
        actor, answer = member(scene["crowd"][0]), db.session.get(Post, scene["answer"])
        seen = Complaint(reason=FlagReason.SPAM, post_version=1)
        return lambda: flagging.flag(actor, answer, seen)

    assert house.together(edit, flag) == ["done", "done"]
    with house.open():
        post, item = db.session.get(Post, scene["answer"]), db.session.get(Item, scene["item"])
        versions = db.session.scalars(select(Flag.post_version)).all()
        assert (versions, post.version, item.score) == ([1, 1], 2, 2.0)


def test_who_is_suspended_while_writing_does_not_post_any_more(house, scene):
    suspended = START.Event()

    def post():
        actor, answer = member(scene["author"]), queries.post_by_id(scene["answer"])
        question = queries.by_id(answer.question_id)
        assert not actor.is_suspended
        draft = ReplyDraft(text=scene["text"], sending=Sending(opened_at=None))

        def work():
            suspended.wait(30)
            answering.answer(actor, question, draft)

        return work

    def suspend():
        mia = member(scene["moderators"][0])
        draft = MeasureDraft(
            act=MeasureAct.SUSPEND, member_id=scene["author"], facts="It sells shoes.", rule="spam"
        )

        def work():
            measuring.take(mia, draft)
            suspended.set()

        return work

    assert house.together(post, suspend) == ["Forbidden", "done"]
    with house.open():
        written = select(func.count(Post.id)).where(Post.author_id == scene["author"])
        assert db.session.scalar(written) == 1


def test_an_edit_and_a_decision_at_once_never_judge_a_text_that_nobody_saw(house, scene):
    def edit():
        actor, answer = member(scene["author"]), queries.post_by_id(scene["answer"])
        return lambda: editing.edit(actor, answer, Edit(text=scene["text"], version=1))

    mia = scene["moderators"][0]
    edited, decided = house.together(edit, deciding(scene, mia, Decision.AGREE))
    with house.open():
        post, item = db.session.get(Post, scene["answer"]), db.session.get(Item, scene["item"])
        if decided == "done":
            assert (item.state, post.hidden_at is not None) == ("agreed", True)
        else:
            assert (decided, edited) == ("Conflict", "done")
            assert (item.state, post.hidden_at, post.version) == ("pending", None, 2)
