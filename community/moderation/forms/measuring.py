"""The dialog that takes a measure: what, how long, and why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from community.core.clock import now
from community.core.i18n import _, _l
from community.moderation.ladder import Step
from community.moderation.models.measures import Means, MeasureAct
from community.moderation.models.rules import RuleKey
from community.moderation.presets import TITLES
from community.moderation.queries.rules import presets
from community.moderation.services.measuring import LONGEST_FACTS, MAY_END, MeasureDraft

ON_POST = (
    MeasureAct.HIDE,
    MeasureAct.REMOVE,
    MeasureAct.LOCK,
    MeasureAct.DEMOTE,
    MeasureAct.WARN,
)
ON_MEMBER = (
    MeasureAct.WARN,
    MeasureAct.MUTE,
    MeasureAct.SUSPEND,
    MeasureAct.END_ACCOUNT,
    MeasureAct.REFUSE_NAME,
    MeasureAct.REFUSE_AVATAR,
)
WORDS = {
    MeasureAct.HIDE: _l("Hide it"),
    MeasureAct.REMOVE: _l("Remove it"),
    MeasureAct.LOCK: _l("Lock it"),
    MeasureAct.HOLD: _l("Hold it for review"),
    MeasureAct.DEMOTE: _l("Show it after others"),
    MeasureAct.SLOW: _l("Slow the thread down"),
    MeasureAct.WARN: _l("Warn the member"),
    MeasureAct.MUTE: _l("Mute the member"),
    MeasureAct.SUSPEND: _l("Suspend the account"),
    MeasureAct.END_ACCOUNT: _l("End the account"),
    MeasureAct.REFUSE_NAME: _l("Refuse the name"),
    MeasureAct.REFUSE_AVATAR: _l("Refuse the picture"),
}
# Hours; 0 is without an end.
SPANS = {
    0: _l("Without an end"),
    1: _l("1 hour"),
    6: _l("6 hours"),
    24: _l("24 hours"),
    72: _l("72 hours"),
    168: _l("7 days"),
    720: _l("30 days"),
    2160: _l("90 days"),
}
# Seconds between two posts of one member in a thread; 0 says nothing about it.
PACES = {
    0: _l("No slowing down"),
    60: _l("1 minute"),
    300: _l("5 minutes"),
    600: _l("10 minutes"),
    1800: _l("30 minutes"),
    3600: _l("1 hour"),
    21600: _l("6 hours"),
    86400: _l("24 hours"),
}


class MeasureForm(FlaskForm):
    """What is done, for how long, and why; a preset fills in the rest."""

    act = RadioField(_l("What is done"), [InputRequired(_l("Choose what is done."))])
    hours = SelectField(_l("How long"), coerce=int, default=0)
    seconds = SelectField(_l("Wait between two posts of a member"), coerce=int, default=0)
    rule = SelectField(_l("The rule of the community"), default="")
    law = StringField(_l("The law, if it breaks one"), [Length(max=200)])
    facts = TextAreaField(_l("What happened, for the person to read"), [Length(max=LONGEST_FACTS)])
    found_by = SelectField(_l("How it was found"), default=Means.PERSON.value)
    is_mass_spam = BooleanField(_l("One of a flood of spam: send the short statement"))

    def __init__(self, *, on_member: bool, on_thread: bool = False, **facts: Any) -> None:  # noqa: ANN401
        super().__init__(**facts)
        acts: tuple[MeasureAct, ...] = ON_MEMBER if on_member else ON_POST
        self.on_thread, self.acts = on_thread, acts
        if on_thread:
            acts = self.acts = (*acts, MeasureAct.SLOW)
        self.act.choices = [(act.value, WORDS[act]) for act in acts]
        self.hours.choices = list(SPANS.items())
        self.seconds.choices = list(PACES.items())
        self.rule.choices = [("", _("None")), *((key.value, TITLES[key]) for key in RuleKey)]
        self.found_by.choices = [
            (Means.PERSON.value, _("Somebody of us found it")),
            (Means.FLAG.value, _("Members reported it")),
            (Means.AUTOMATION.value, _("An automatic check found it")),
        ]
        self.on_member = on_member

    def suggest(self, rule: str, step: Step | None = None) -> None:
        """Fill in what is usually done about a breach of this rule, or the next step."""
        ready = [each for each in presets(on_member=self.on_member) if each.rule == rule]
        for preset in ready:
            self.rule.data, self.act.data = preset.rule.value, preset.act.value
            self.facts.data = str(preset.facts)
        if step is not None:
            self.act.data, self.hours.data = step.act.value, step.hours

    def suggest_act(self, act: str) -> None:
        """Choose what an address asks for, if it can be done here."""
        if act in {each.value for each in self.acts}:
            self.act.data = act
        if self.act.data == MeasureAct.SLOW:
            self.seconds.data, self.hours.data, self.rule.data = 600, 24, RuleKey.ABUSIVE.value

    def draft(self, *, post_id: int | None = None, member_id: int | None = None) -> MeasureDraft:
        """Return what was filled in."""
        act = MeasureAct(self.act.data)
        hours = self.hours.data if act in MAY_END else 0
        return MeasureDraft(
            act=act,
            post_id=post_id,
            member_id=member_id,
            seconds=self.seconds.data if act == MeasureAct.SLOW else None,
            ends_at=now() + timedelta(hours=hours) if hours else None,
            facts=self.facts.data or "",
            rule=self.rule.data or "",
            law=self.law.data or "",
            found_by=Means(self.found_by.data or Means.PERSON),
            is_mass_spam=bool(self.is_mass_spam.data),
        )
