"""Who has earned a badge: one statement for each rule, built once and kept."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, null, select

from community.badges.models import Badge, Metric, Operator
from community.badges.queries import streaks
from community.badges.queries.facts import FACTS, MOST_YEARS, YEAR, firsts_of_some, own
from community.core.clock import now
from community.core.db import db
from community.members.models import Member

MOST_RULES = 256  # whose statements are kept
Earned = set[tuple[int, int | None]]
COMPARED: dict[Operator, Callable[[Any, Any], Any]] = {
    Operator.AT_LEAST: operator.ge,
    Operator.AT_MOST: operator.le,
    Operator.EXACTLY: operator.eq,
}


@dataclass(frozen=True)
class Rule:
    """What of a badge decides on its statement. Building one takes longer than running it."""

    metric: Metric
    operator: Operator
    number: int
    score: int
    product_id: int | None
    per_post: bool
    has_window: bool


def earned(badge: Badge, member_ids: Sequence[int] | None = None) -> Earned:
    """Return who has earned a badge and, if it is earned by post, with which; one statement.

    member_ids: look at these only; none is everybody.
    """
    rule = _rule(badge)
    values = _values(badge, member_ids)
    if rule.metric == Metric.STREAK:
        rows = db.session.execute(_days_of(rule, of_some=member_ids is not None), values)
        longest = streaks.longest((member, str(day)) for member, day in rows)
        compare = COMPARED[rule.operator]
        return {(who, None) for who, length in longest.items() if compare(length, rule.number)}
    found = db.session.execute(_earners(rule, of_some=member_ids is not None), values)
    return {(member_id, post_id) for member_id, post_id in found}


def _rule(badge: Badge) -> Rule:
    assert badge.metric is not None
    return Rule(
        metric=badge.metric,
        operator=badge.operator,
        number=badge.number,
        score=badge.score,
        product_id=badge.product_id,
        per_post=badge.per_post,
        has_window=bool(badge.window_days),
    )


def _values(badge: Badge, member_ids: Sequence[int] | None) -> dict[str, Any]:
    """Return what changes from one time to the next: the members and the moments."""
    moment = now()
    values: dict[str, Any] = {}
    if member_ids is not None:
        values["members"] = list(member_ids)
    if badge.window_days:
        values["since"] = moment - timedelta(days=badge.window_days)
    if badge.metric == Metric.YEARS:
        values |= {f"years_{number}": moment - number * YEAR for number in MOST_YEARS}
    return values


@lru_cache(maxsize=MOST_RULES)
def _earners(rule: Rule, *, of_some: bool) -> Select[Any]:
    facts = _facts(rule, of_some=of_some).subquery()
    of_whom = _of_whom(select(facts.c.member_id), facts, of_some=of_some)
    if rule.per_post:
        return of_whom.add_columns(facts.c.post_id).where(_holds(rule, facts.c.amount))
    rows = of_whom.add_columns(null()).group_by(facts.c.member_id)
    return rows.having(_holds(rule, _total(rule.metric, facts.c.amount)))


@lru_cache(maxsize=MOST_RULES)
def _days_of(rule: Rule, *, of_some: bool) -> Select[Any]:
    """Return on which days who wrote. Databases count days too differently to go on from there."""
    facts = _facts(rule, of_some=of_some).subquery()
    days = _of_whom(select(facts.c.member_id, facts.c.amount), facts, of_some=of_some)
    return days.distinct().order_by(facts.c.member_id, facts.c.amount)


def _of_whom(rows: Select[Any], facts: Any, *, of_some: bool) -> Select[Any]:  # noqa: ANN401
    """Keep the members who are still here and, if only some are asked about, those."""
    rows = rows.join(Member, Member.id == facts.c.member_id)
    rows = rows.where(Member.deleted_at.is_(None), Member.suspended_at.is_(None))
    return (
        rows.where(facts.c.member_id.in_(bindparam("members", expanding=True))) if of_some else rows
    )


def _facts(rule: Rule, *, of_some: bool) -> Select[Any]:
    of_some_firsts = of_some and rule.metric == Metric.FIRST_ANSWERS
    facts = firsts_of_some() if of_some_firsts else FACTS[rule.metric]()
    if rule.metric == Metric.GOOD_ANSWERS:
        facts = facts.where(own.c.score >= rule.score)
    if rule.has_window:
        facts = facts.where(facts.selected_columns.at >= bindparam("since"))
    if rule.product_id:
        facts = facts.where(facts.selected_columns.product_id == rule.product_id)
    return facts


def _total(metric: Metric, amount: ColumnElement[Any]) -> ColumnElement[Any]:
    if metric in {Metric.HELPED, Metric.DAYS}:
        return func.count(func.distinct(amount))
    best = metric in {Metric.ANSWER_SCORE, Metric.QUESTION_SCORE, Metric.YEARS}
    return func.max(amount) if best else func.sum(amount)


def _holds(rule: Rule, value: ColumnElement[Any]) -> ColumnElement[bool]:
    holds: ColumnElement[bool] = COMPARED[rule.operator](value, rule.number)
    return holds
