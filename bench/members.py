"""Members with a session in a forum that is measured, and threads for them to read and answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, delete, func, insert, select, update
from sqlalchemy.orm import aliased

from community.core.clock import now
from community.core.db import db
from community.members.models import Member, Role, Session
from community.members.recognition import hashed
from community.posts.models import Post
from community.questions.models import Answer, Question

MANY = 60
TOKEN = "member-{}-of-the-bench"  # noqa: S105
THREADS, ANSWERS = 200, 19  # so that a thread has some 20 posts
RECENT, ANSWERED = 4_000, 500
TRUSTED = 2
# A few members do in a minute what thousands do in a day.
PACE = {"seconds_between_posts": 0, "answers_a_day": 10_000, "votes_up_for_one": 10_000}


@dataclass(frozen=True)
class Thread:
    """A question, and an answer to it that none of our members wrote."""

    number: int
    slug: str
    answer: int = 0

    @property
    def path(self) -> str:
        """Where it is shown."""
        return f"/questions/{self.number}/{self.slug}"


def admit(connection: Connection) -> list[int]:
    """Give members a session, trust, and the right to write at any pace; return their numbers."""
    ordinary = select(Member.id).where(
        Member.role == Role.MEMBER, Member.staff_title == "", Member.deleted_at.is_(None)
    )
    by_rank = ordinary.order_by(Member.reputation.desc(), Member.id).limit(MANY)
    numbers = list(connection.scalars(by_rank))
    trust = case((Member.trust_level < TRUSTED, TRUSTED), else_=Member.trust_level)
    for number in numbers:
        known = {"email": f"bench-{number}@example.org", "email_confirmed_at": now()}
        row = {"token_hash": hashed(TOKEN.format(number)), "member_id": number}
        row |= {"values": {"_user_id": str(number), "_fresh": True}}
        who = update(Member).where(Member.id == number)
        connection.execute(who.values(known | {"trust_level": trust}))
        connection.execute(insert(Session).values(row))
    settings = db.metadata.tables["settings"]
    connection.execute(delete(settings).where(settings.c.name.in_(PACE)))
    rows = [{"name": name, "value": value} for name, value in PACE.items()]
    connection.execute(insert(settings), rows)
    return numbers


def busy_threads(connection: Connection) -> list[Thread]:
    """Return threads with as nearly 20 posts as there are, the nearest first."""
    some = select(Question.id, Question.slug).where(_is_shown(Question))
    near = some.order_by(func.abs(Question.answer_count - ANSWERS), Question.id).limit(THREADS)
    return [_thread(row) for row in connection.execute(near)]


def open_threads(connection: Connection, members: list[int]) -> list[Thread]:
    """Return recent threads that members may answer, and an answer of others in each."""
    recent = select(Question.id).order_by(Question.active_at.desc(), Question.id).limit(RECENT)
    answer = aliased(Answer)
    rows = connection.execute(
        select(Question.id, Question.slug, func.max(answer.id))
        .join(answer, answer.question_id == Question.id)
        .where(Question.state == "responded", Question.id.in_(recent.scalar_subquery()))
        # Nobody votes on their own post.
        .where(answer.author_id.not_in(members), _is_shown(Question), _is_shown(answer))
        .group_by(Question.id, Question.slug)
        .order_by(Question.id)
        .limit(ANSWERED)
    )
    return [_thread(row) for row in rows]


def _is_shown(kind: type[Post]) -> ColumnElement[bool]:
    return kind.deleted_at.is_(None) & kind.hidden_at.is_(None)


def _thread(row: Row[Any]) -> Thread:
    return Thread(*row)
