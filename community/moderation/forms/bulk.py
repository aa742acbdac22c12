"""Searching posts for moderation, and doing one thing to many of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask_wtf import FlaskForm
from wtforms import DateField, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional

from community.core.i18n import _l
from community.moderation.forms.measuring import WORDS
from community.moderation.models.measures import MeasureAct
from community.moderation.models.rules import RuleKey
from community.moderation.presets import ON_A_POST, TITLES
from community.moderation.queries.choosing import Search
from community.moderation.services.bulk import Selection
from community.moderation.services.measuring import LONGEST_FACTS
from community.products.models import Product

ACTS = (MeasureAct.REMOVE, MeasureAct.HIDE, MeasureAct.LOCK, MeasureAct.DEMOTE)
KINDS = {
    "": _l("Everything"),
    "question": _l("Questions"),
    "answer": _l("Answers"),
    "comment": _l("Comments"),
}


class PostsForm(Form):
    """Which posts are looked for."""

    author = StringField(_l("Author"), [Length(max=60)])
    product = SelectField(_l("Product"), choices=[], default="")
    kind = SelectField(
        _l("Kind"), choices=[SelectChoice(*kind) for kind in KINDS.items()], default=""
    )
    since = DateField(_l("From"), [Optional()])
    until = DateField(_l("Until"), [Optional()])
    host = StringField(_l("Site linked to"), [Length(max=120)])
    text = StringField(_l("Words"), [Length(max=100)])

    def offer(self, products: Iterable[Product]) -> None:
        """Fill in the products."""
        choices = [SelectChoice(str(each.id), each.name) for each in products]
        self.product.choices = [SelectChoice("", _l("All products")), *choices]

    def is_asked(self) -> bool:
        """Tell whether anything is looked for."""
        return any(field.data for field in self)

    def search(self, zone: str) -> Search:
        """Return what is looked for."""
        return Search(
            author=(self.author.data or "").strip().removeprefix("@").casefold(),
            product_id=int(self.product.data or 0),
            kind=self.kind.data or "",
            since=self.since.data,
            until=self.until.data,
            host=(self.host.data or "").strip().casefold(),
            text=(self.text.data or "").strip(),
            zone=zone,
        )


class ManyForm(FlaskForm):
    """What is done to many posts, and why."""

    act = RadioField(
        _l("What is to be done"),
        [InputRequired(_l("Choose what is done about it."))],
        choices=[SelectChoice(act.value, WORDS[act]) for act in ACTS],
        default=MeasureAct.REMOVE.value,
    )
    rule = SelectField(
        _l("Rule of the community"),
        choices=[SelectChoice(rule.value, title) for rule, title in TITLES.items()],
        default=RuleKey.SPAM.value,
    )
    facts = TextAreaField(
        _l("What happened"),
        [
            InputRequired(_l("Say what happened: the person reads it.")),
            Length(max=LONGEST_FACTS, message=_l("At most 2,000 characters, please.")),
        ],
        default=lambda: str(ON_A_POST[0].facts),
    )

    def selection(self, post_ids: Sequence[int]) -> Selection:
        """Return what is to be done to these posts."""
        return Selection(
            post_ids=post_ids,
            act=MeasureAct(self.act.data),
            rule=RuleKey(self.rule.data),
            facts=self.facts.data or "",
        )
