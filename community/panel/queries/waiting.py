"""What waits for somebody: reviews, questions without answer, work that failed, mail that stays."""

from __future__ import annotations

import logging
import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask_babel import LazyString
from sqlalchemy import and_, case, func, select

from community.core.clock import now
from community.core.db import db
from community.core.i18n import _l
from community.core.job_rows import Job
from community.members.models import Member
from community.moderation.models.items import Item, ItemState
from community.posts.models import Post
from community.questions.models import Question, State
from community.questions.queries import is_public
from community.search.engine import engine

log = logging.getLogger(__name__)
DAYS = 30
MAIL = "%mail%"
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Jobs:
    """How the background work stands; mails are part of it."""

    due: int
    failing: int
    parked: int
    mails_failing: int


@dataclass(frozen=True)
class Ages:
    """How many wait, by how long."""

    up_to_a_day: int
    up_to_a_week: int
    longer: int

    @property
    def total(self) -> int:
        return self.up_to_a_day + self.up_to_a_week + self.longer


@dataclass(frozen=True)
class Chart:
    """A number for each of the last thirty days."""

    title: LazyString
    days: list[tuple[date, int]]

    @property
    def most(self) -> int:
        return max(1, *(number for _day, number in self.days))

    @property
    def total(self) -> int:
        return sum(number for _day, number in self.days)


@dataclass(frozen=True)
class Disk:
    """How full the disk of the forum is, in whole gigabytes."""

    free: int
    total: int

    @property
    def is_nearly_full(self) -> bool:
        return self.free * 10 < self.total


def jobs() -> Jobs:
    """Return how many jobs are due, failed and will be tried again, and were given up."""
    failed = Job.tries > 0
    row = db.session.execute(
        select(
            func.count(case((Job.due_at <= now(), 1))),
            func.count(case((failed & Job.parked_at.is_(None), 1))),
            func.count(Job.parked_at),
            func.count(case((failed & Job.name.like(MAIL), 1))),
        )
    ).one()
    return Jobs(*row)


def reviews() -> Ages:
    """Return how many items wait in the review queue, by age."""
    return _ages(Item.opened_at, Item.state == ItemState.PENDING)


def questions() -> Ages:
    """Return how many questions need help and have none yet, by age."""
    there = and_(*is_public())
    waiting = (Question.state == State.NEEDS_ATTENTION) & (Question.answer_count == 0)
    return _ages(Question.created_at, Question.kind == "question", there, waiting)


def _ages(since: Any, *conditions: Any) -> Ages:  # noqa: ANN401 - a column, and what of it
    moment = now()
    row = db.session.execute(
        select(
            func.count(case((since > moment - A_DAY, 1))),
            func.count(case((since.between(moment - A_WEEK, moment - A_DAY), 1))),
            func.count(case((since < moment - A_WEEK, 1))),
        ).where(*conditions)
    ).one()
    return Ages(*row)


def charts() -> list[Chart]:
    """Return what was asked and answered, and who joined, on each of the last days."""
    start = now() - timedelta(days=DAYS - 1)
    start = start.replace(hour=0, minute=0, second=0, microsecond=0)
    day = func.date(Post.created_at)
    posts = select(Post.kind, day, func.count()).where(Post.created_at >= start)
    found: dict[str, dict[str, int]] = {"question": {}, "answer": {}, "member": {}}
    for kind, on, number in db.session.execute(posts.group_by(Post.kind, day)):
        found.setdefault(kind, {})[str(on)] = number
    joined = func.date(Member.joined_at)
    members = select(joined, func.count()).where(Member.joined_at >= start).group_by(joined)
    found["member"] = {str(on): number for on, number in db.session.execute(members)}
    titles = {"question": _l("Questions"), "answer": _l("Answers"), "member": _l("New members")}
    return [Chart(title, _filled(start, found[kind])) for kind, title in titles.items()]


def _filled(start: datetime, found: dict[str, int]) -> list[tuple[date, int]]:
    days = [start.date() + timedelta(days=number) for number in range(DAYS)]
    return [(day, found.get(str(day), 0)) for day in days]


def index_works() -> bool:
    """Tell whether the search index can be used."""
    try:
        engine().check()
    except Exception:
        log.exception("The index cannot be used")
        return False
    return True


def disk(folder: Path) -> Disk:
    """Return how much room is left where the forum keeps its files."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    usage = shutil.disk_usage(there)
    return Disk(free=usage.free >> 30, total=usage.total >> 30)
