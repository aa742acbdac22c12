"""The form with which an item of the review queue is decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional

from community.core.clock import now
from community.core.errors import Invalid
from community.core.i18n import _, _l, _n
from community.moderation import presets
from community.moderation.ladder import Step
from community.moderation.models.flags import Flag
from community.moderation.models.items import Decision, Item, ItemKind
from community.moderation.models.measures import Means, MeasureAct
from community.moderation.models.rules import RuleKey
from community.moderation.rulings import Ruling
from community.moderation.services.measuring import MeasureDraft

ON_POST = {
    MeasureAct.REMOVE: _l("Remove the post"),
    MeasureAct.HIDE: _l("Hide the post"),
    MeasureAct.LOCK: _l("Lock the post"),
    MeasureAct.DEMOTE: _l("Show it last"),
    MeasureAct.WARN: _l("Only warn the author"),
}
ON_MEMBER = {
    MeasureAct.WARN: _l("Warn"),
    MeasureAct.MUTE: _l("No writing for a while"),
    MeasureAct.SUSPEND: _l("Suspend"),
    MeasureAct.REFUSE_NAME: _l("Refuse the name"),
    MeasureAct.REFUSE_AVATAR: _l("Refuse the picture"),
}
LASTING = {MeasureAct.MUTE, MeasureAct.SUSPEND}
NO_CHOICE = "usual"


class DecisionForm(FlaskForm):
    """What a moderator decides, and what is done about it when the flags were right."""

    decision = HiddenField()
    version = HiddenField()
    post_version = HiddenField()
    rule = RadioField(_l("Which rule?"), [Optional()], choices=[], validate_choice=False)
    act = SelectField(_l("What is done?"), [Optional()], choices=[], validate_choice=False)
    days = SelectField(
        _l("For how long?"),
        [Optional()],
        choices=[
            SelectChoice("1", _l("24 hours")),
            SelectChoice("3", _l("72 hours")),
            SelectChoice("7", _l("7 days")),
            SelectChoice("30", _l("30 days")),
            SelectChoice("90", _l("90 days")),
            SelectChoice("0", _l("For good")),
        ],
    )
    facts = TextAreaField(
        _l("What happened, for the author to read"),
        [Length(max=2000, message=_l("Please keep it under %(max)d characters."))],
    )
    note = StringField(
        _l("Reason"),
        [Length(max=500, message=_l("Please keep it under %(max)d characters."))],
    )

    # The next step of the ladder, for a profile.
    step: Step | None = None

    def about(self, item: Item, flags: Sequence[Flag], step: Step) -> None:
        """Offer what fits the item, with the rule chosen that the flags name most.

        `step` is the next one of the ladder: what is usually done about a profile.
        """
        self.step = None if item.post_id else step
        offered = {each.rule.value: each.title for each in presets_for(item)}
        offered["other"] = str(presets.TITLES[RuleKey.OTHER])
        self.rule.choices = [SelectChoice(*each) for each in offered.items()]
        acts = ON_POST if item.post_id else ON_MEMBER
        self.act.choices = [
            SelectChoice(NO_CHOICE, self._usually()),
            *(SelectChoice(act.value, words) for act, words in acts.items()),
        ]
        if self.rule.data is None:
            self.rule.data = _most_named(flags) or (
                RuleKey.UNLAWFUL.value if item.kind == ItemKind.NOTICE else RuleKey.SPAM.value
            )
        if self.act.data is None:
            self.act.data = NO_CHOICE
        if self.step and self.step.hours and not self.is_submitted():
            self.days.data = str(self.step.hours // 24)

    def _usually(self) -> str:
        if self.step is None:
            return str(_("The usual for the rule"))
        done = ON_MEMBER[self.step.act]
        if self.step.span is None:
            return str(_("The next step: %(done)s", done=done))
        said = _n(
            "The next step: %(done)s, %(num)s day",
            "The next step: %(done)s, %(num)s days",
            self.step.hours // 24,
            done=done,
        )
        return str(said)

    def ruling(self, item: Item) -> Ruling:
        """Return the decision. Raises Invalid for one that there cannot be."""
        try:
            decision = Decision(self.decision.data or "")
        except ValueError:
            raise Invalid(_l("Choose a decision."), field="decision") from None
        return Ruling(
            item_id=item.id,
            version=_number(self.version.data),
            decision=decision,
            measure=self._measure(item) if decision == Decision.AGREE else None,
            note=(self.note.data or "").strip(),
            post_version=_number(self.post_version.data),
        )

    def _measure(self, item: Item) -> MeasureDraft:
        usual = {each.rule.value: each for each in presets_for(item)}.get(self.rule.data or "")
        facts = (self.facts.data or "").strip() or (str(usual.facts) if usual else "")
        if not facts:
            raise Invalid(_l("Say what happened: the person reads it."), field="facts")
        act, days = self._act(item, usual)
        return MeasureDraft(
            act=act,
            post_id=item.post_id,
            member_id=None if item.post_id else item.member_id,
            ends_at=now() + timedelta(days=days) if days else None,
            facts=facts,
            rule=self.rule.data or "other",
            found_by=Means.FLAG,
        )

    def _act(self, item: Item, usual: presets.Preset | None) -> tuple[MeasureAct, int]:
        """Return what is done, and for how many days; 0 is without an end."""
        allowed = ON_POST if item.post_id else ON_MEMBER
        if self.act.data in {each.value for each in allowed}:
            act = MeasureAct(self.act.data)
            return act, _number(self.days.data or "1") if act in LASTING else 0
        if self.step is None:
            return usual.act if usual else MeasureAct.HIDE, 0
        # Whoever came to advertise is not warned first.
        if usual is not None and usual.act == MeasureAct.SUSPEND:
            return usual.act, 0
        return self.step.act, self.step.hours // 24


def presets_for(item: Item) -> tuple[presets.Preset, ...]:
    """Return what is usually done about a post, or about a profile."""
    return presets.ON_A_POST if item.post_id else presets.ON_A_MEMBER


def _most_named(flags: Sequence[Flag]) -> str:
    names = [each.reason.value for each in flags]
    return max(names, key=names.count) if names else ""


def _number(text: str | None) -> int:
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0
