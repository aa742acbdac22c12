"""The forms with which staff give a badge and admins make one."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange

from community.badges.models import Metric, Operator, Tier
from community.badges.services.designing import Plan
from community.badges.words import BY_POST, ICONS, METRICS, OPERATORS, TIERS
from community.core.i18n import _, _l

MUST = InputRequired(_l("Please fill this in."))
LONGEST_WINDOW = 3650


class GivingForm(FlaskForm):
    """Which badge, what for, and for which post."""

    badge = SelectField(_l("Badge"), [MUST])
    reason = TextAreaField(_l("What for"), [MUST, Length(max=300)])
    post = StringField(_l("Number or address of the post"), [Length(max=300)])


def _number(words: Any, least: int, most: int, **facts: Any) -> IntegerField:  # noqa: ANN401
    message = _l("A whole number from %(min)s to %(max)s, please.")
    check = NumberRange(least, most, message)
    # 0 is a number too, so InputRequired is not enough and DataRequired would be wrong.
    return IntegerField(words, [MUST, check], **facts)


class BadgeForm(FlaskForm):
    """A badge in both languages, and its rule."""

    name_en = StringField(_l("Name in English"), [MUST, Length(max=60)])
    name_es = StringField(_l("Name in Spanish"), [MUST, Length(max=60)])
    meaning_en = StringField(_l("What it is for, in English"), [MUST, Length(max=200)])
    meaning_es = StringField(_l("What it is for, in Spanish"), [MUST, Length(max=200)])
    tier = RadioField(
        _l("Tier"),
        [MUST],
        choices=[SelectChoice(tier.value, words) for tier, words in TIERS.items()],
        coerce=lambda word: Tier(word).value,
        default=Tier.BRONZE.value,
    )
    icon = RadioField(
        _l("Drawing"),
        [MUST],
        choices=[SelectChoice(name, words) for name, words in ICONS.items()],
        default="star",
    )
    metric = SelectField(
        _l("What is counted"),
        choices=[
            SelectChoice("", _l("Nothing: staff give it, with a reason")),
            *(SelectChoice(metric.value, words) for metric, words in METRICS.items()),
        ],
        coerce=lambda word: Metric(word).value if word else "",
    )
    operator = SelectField(
        _l("How it is compared"),
        choices=[SelectChoice(each.value, words) for each, words in OPERATORS.items()],
        coerce=lambda word: Operator(word).value,
        default=Operator.AT_LEAST.value,
    )
    number = _number(_l("Number"), 1, 1_000_000, default=1)
    score = _number(_l("Least score of an answer"), 0, 100_000, default=0)
    window_days = _number(_l("Only in the last days"), 0, LONGEST_WINDOW, default=0)
    product_id = SelectField(_l("Product"), coerce=lambda number: int(number or 0), default=0)
    per_post = BooleanField(_l("Can be earned again with every post"))
    revocable = BooleanField(_l("Is taken back when the rule holds no more"))

    def validate_per_post(self, field: Field) -> None:
        if field.data and self.metric.data not in {metric.value for metric in BY_POST}:
            raise ValidationError(
                _("Only a score, a solution and people helped can be earned post by post.")
            )

    def plan(self) -> Plan:
        """Return what was filled in."""
        metric = self.metric.data
        return Plan(
            name_en=(self.name_en.data or "").strip(),
            name_es=(self.name_es.data or "").strip(),
            meaning_en=(self.meaning_en.data or "").strip(),
            meaning_es=(self.meaning_es.data or "").strip(),
            tier=Tier(self.tier.data),
            icon=str(self.icon.data),
            metric=Metric(metric) if metric else None,
            operator=Operator(self.operator.data),
            number=self.number.data or 1,
            score=self.score.data or 0,
            window_days=self.window_days.data or 0,
            product_id=self.product_id.data or None,
            per_post=bool(self.per_post.data),
            revocable=bool(self.revocable.data),
        )
