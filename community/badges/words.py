"""What the editor calls the parts of a rule."""

from __future__ import annotations

from typing import Any

from community.badges.models import Metric, Operator, Tier
from community.core.i18n import _l

METRICS: dict[Metric, Any] = {
    Metric.ANSWERS: _l("answers written"),
    Metric.FIRST_ANSWERS: _l("questions of others answered first"),
    Metric.GOOD_ANSWERS: _l("answers with at least a certain score"),
    Metric.ANSWER_SCORE: _l("score of an answer"),
    Metric.SOLUTIONS: _l("questions of others solved"),
    Metric.HELPED: _l("different people helped with a solution"),
    Metric.ME_TOOS: _l("people with the same problem who were helped, too"),
    Metric.THANKS: _l("thank-yous received"),
    Metric.QUESTIONS: _l("questions asked"),
    Metric.QUESTION_SCORE: _l("score of a question"),
    Metric.MARKED: _l("solutions marked in own questions"),
    Metric.COMMENTS: _l("comments written"),
    Metric.VOTES: _l("votes cast"),
    Metric.DAYS: _l("days with a post"),
    Metric.STREAK: _l("days in a row with a post"),
    Metric.YEARS: _l("years as a member"),
}
OPERATORS: dict[Operator, Any] = {
    Operator.AT_LEAST: _l("at least"),
    Operator.AT_MOST: _l("at most"),
    Operator.EXACTLY: _l("exactly"),
}
TIERS: dict[Tier, Any] = {
    Tier.BRONZE: _l("Bronze"),
    Tier.SILVER: _l("Silver"),
    Tier.GOLD: _l("Gold"),
}
ICONS: dict[str, Any] = {
    "star": _l("Star"),
    "heart": _l("Heart"),
    "check": _l("Tick"),
    "answer": _l("Arrow of an answer"),
    "question": _l("Question mark"),
    "comment": _l("Speech bubble"),
    "up": _l("Arrow up"),
    "people": _l("People"),
    "calendar": _l("Calendar"),
    "shield": _l("Shield"),
}
# What can be earned again with every post: there the number is compared post by post.
BY_POST = frozenset({Metric.ANSWER_SCORE, Metric.QUESTION_SCORE, Metric.SOLUTIONS, Metric.ME_TOOS})
