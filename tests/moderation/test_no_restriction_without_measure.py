"""A random walk: whatever members, moderators, automation and the clock do, nothing is restricted
but by a measure in force, and every measure has its statement and its notice.
"""

import random
from datetime import timedelta

import pytest
from sqlalchemy import select

from community.core.clock import as_if_it_were, now
from community.core.db import db
from community.core.errors import CommunityError
from community.members.models import Member
from community.moderation.models.measures import (
    ON_POSTS,
    Lifting,
    Means,
    Measure,
    MeasureAct,
)
from community.moderation.queries import appeals
from community.moderation.queries import measures as measure_queries
from community.moderation.services import appealing, measuring
from community.moderation.services.measuring import MeasureDraft
from community.notifications.models import Notification
from community.posts.models import Post
from community.questions.models import Answer, CloseReason, Question
from community.questions.services import closing, editing, solving

HIDES = {MeasureAct.HIDE, MeasureAct.REMOVE, MeasureAct.HOLD}
SHUTS_OUT = {MeasureAct.SUSPEND, MeasureAct.END_ACCOUNT}


class Walk:
    """One forum, and a hand that does anything that may be done to it."""

    def __init__(self, make, seed):
        self.make, self.dice = make, random.Random(seed)
        self.moderators = [make.moderator(), make.moderator()]
        self.members = [make.member() for _ in range(3)]
        self.posts = [make.question(author=self.members[0])]
        self.posts += [make.answer(self.posts[0], author) for author in self.members[1:]]
        self.posts.append(make.comment(self.posts[1], self.members[2]))

    def acts(self):
        return [
            self.measure, self.measure, self.measure, self.lift, self.appeal, self.decide,
            self.write, self.delete, self.undelete, self.edit, self.close, self.solve, self.wait,
            self.log_in_pages,
        ]  # fmt: skip

    def step(self):
        act = self.dice.choice(self.acts())
        try:
            act()
        except CommunityError:
            db.session.expire_all()

    def who(self):
        return self.dice.choice([*self.members, *self.moderators])

    def measure(self):
        act = self.dice.choice(list(MeasureAct))
        about = {"post_id": self.dice.choice(self.posts).id}
        if act not in ON_POSTS:
            about = {"member_id": self.dice.choice(self.members).id}
        ends = self.dice.choice([None, now() + timedelta(hours=self.dice.choice([1, 24]))])
        if act == MeasureAct.SLOW:
            about, ends = {"post_id": self.posts[0].id}, ends or now() + timedelta(hours=1)
        by_clock = self.dice.random() < 0.3
        draft = MeasureDraft(
            act=act,
            facts="It breaks a rule.",
            rule="abusive",
            ends_at=ends,
            seconds=60 if act == MeasureAct.SLOW else None,
            found_by=Means.AUTOMATION if by_clock else Means.PERSON,
            decided_by_automation=by_clock,
            **about,
        )
        by_person = self.dice.choice([*self.moderators, *self.moderators, self.members[0]])
        measuring.take(None if by_clock else by_person, draft)

    def lift(self):
        measuring.lift(self.dice.choice(self.moderators), self._any_measure().id, "A mistake.")

    def appeal(self):
        measure = self._any_measure()
        appealing.appeal(db.session.get(Member, measure.member_id), measure, "I disagree.")

    def decide(self):
        made = appeals.by_measure(self._any_measure().id)
        appealing.decide_in_queue(
            self.who(), made, is_upheld=self.dice.random() < 0.5, outcome="We looked again."
        )

    def write(self):
        author, question = self.dice.choice(self.members), self.posts[0]
        self.posts.append(self.make.answer(question, author))

    def delete(self):
        editing.delete(self.who(), self.dice.choice(self.posts))

    def undelete(self):
        editing.undelete(self.who(), self.dice.choice(self.posts))

    def edit(self):
        self.make.edited(self.dice.choice(self.posts), self.who())

    def close(self):
        closing.close(self.who(), self.posts[0], CloseReason.OUTDATED)

    def solve(self):
        answers = [post for post in self.posts if isinstance(post, Answer)]
        solving.accept(self.who(), self.posts[0], self.dice.choice(answers))

    def wait(self):
        measuring.end_due()

    def log_in_pages(self):
        measure_queries.of_member(self.dice.choice(self.members).id)

    def _any_measure(self):
        ids = list(db.session.scalars(select(Measure.id))) or [0]
        return measure_queries.by_id(self.dice.choice(ids))


def in_force():
    return [m for m in db.session.scalars(select(Measure)) if m.lifted_at is None]


def check_posts(measures):
    for post in db.session.scalars(select(Post)):
        acts = {each.act for each in measures if each.post_id == post.id}
        assert (post.hidden_at is not None) == bool(acts & HIDES)
        assert (post.hidden_as is not None) == bool(acts & HIDES)
        assert (post.locked_at is not None) == (MeasureAct.LOCK in acts)
        assert (post.demoted_at is not None) == (MeasureAct.DEMOTE in acts)
        assert (post.slow_until is not None) == (MeasureAct.SLOW in acts)
        assert (post.slow_seconds is not None) == (MeasureAct.SLOW in acts)
        # Taking away what one wrote oneself is no restriction; nobody else does it.
        assert post.deleted_at is None or post.deleted_by_id == post.author_id


def check_members(measures):
    for member in db.session.scalars(select(Member)):
        mine = {m.act for m in measures if m.member_id == member.id and m.post_id is None}
        assert (member.suspended_at is not None) == bool(mine & SHUTS_OUT)
        assert (member.muted_until is not None) == (MeasureAct.MUTE in mine)
        assert (member.ended_at is not None) == (MeasureAct.END_ACCOUNT in mine)


def check_everybody_was_told():
    told = {
        (each.member_id, each.facts["measure_id"])
        for each in db.session.scalars(select(Notification).where(Notification.kind == "measure"))
    }
    for measure in db.session.scalars(select(Measure)):
        assert measure.facts in measure.statement
        assert (measure.member_id, measure.id) in told
        assert measure.lifted_at is None or measure.lifted_as in set(Lifting)


def check_counts(question):
    shown = select(Answer).where(
        Answer.question_id == question.id, Answer.deleted_at.is_(None), Answer.hidden_at.is_(None)
    )
    answers = [each for each in db.session.scalars(shown) if each.kind == "answer"]
    assert question.answer_count == len(answers)
    assert question.solution_id is None or question.solution_id in {a.id for a in answers}


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_restricted_without_a_measure(make, seed):
    walk = Walk(make, seed)
    moment = now()
    for number in range(90):
        with as_if_it_were(moment + number * timedelta(minutes=10)):
            walk.step()
            measuring.end_due()
            db.session.expire_all()
            measures = in_force()
            check_posts(measures)
            check_members(measures)
    check_everybody_was_told()
    check_counts(db.session.get(Question, walk.posts[0].id))
    assert db.session.query(Measure).count() > 4


def test_lifting_all_measures_restores_everything(make):
    walk = Walk(make, 99)
    before = {post.id: post.is_visible for post in walk.posts}
    mia = make.moderator()
    moment = now()
    for number in range(25):
        with as_if_it_were(moment + number * timedelta(minutes=1)):
            try:
                walk.measure()
            except CommunityError:
                db.session.expire_all()
    for measure in in_force():
        measuring.lift(mia, measure.id, "All is forgiven.")
    db.session.expire_all()
    assert {post.id: post.is_visible for post in walk.posts} == before
    for member in walk.members:
        assert not (member.suspended_at)
        assert not (member.muted_until)
        assert not (member.ended_at)
    check_counts(db.session.get(Question, walk.posts[0].id))
