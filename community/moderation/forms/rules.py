"""The form for new rules of the community."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from community.core.i18n import _l
from community.core.text import render
from community.moderation.models.rules import RulesVersion
from community.moderation.services.ruling import RulesDraft

LONGEST = 30_000
MUST = InputRequired(_l("This is needed."))
FITS = Length(max=LONGEST, message=_l("At most 30,000 characters, please."))


class RulesForm(FlaskForm):
    """The rules in both languages, and what is new."""

    english = TextAreaField(_l("The rules in English"), [MUST, FITS])
    spanish = TextAreaField(_l("The rules in Spanish"), [MUST, FITS])
    summary_en = StringField(_l("What is new, in English"), [Length(max=500)])
    summary_es = StringField(_l("What is new, in Spanish"), [Length(max=500)])
    is_material = BooleanField(_l("Members are asked to accept it: more than a correction"))
    follows = HiddenField()

    def fill(self, version: RulesVersion) -> None:
        """Begin with the rules that hold now."""
        self.english.data, self.spanish.data = version.body_en, version.body_es
        self.is_material.data, self.follows.data = True, str(version.number)

    def draft(self) -> RulesDraft:
        """Return what was filled in. Rendering takes time: not inside a transaction."""
        english, spanish = self.english.data or "", self.spanish.data or ""
        follows = self.follows.data or ""
        return RulesDraft(
            english=english,
            english_html=render(english),
            spanish=spanish,
            spanish_html=render(spanish),
            summary_en=self.summary_en.data or "",
            summary_es=self.summary_es.data or "",
            is_material=bool(self.is_material.data),
            follows=int(follows) if follows.isdecimal() else 0,
        )
