"""The form with which staff give a badge."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from community.core.i18n import _l

MUST = InputRequired(_l("Please fill this in."))


class GivingForm(FlaskForm):
    """Which badge, what for, and for which post."""

    badge = SelectField(_l("Badge"), [MUST])
    reason = TextAreaField(_l("What for"), [MUST, Length(max=300)])
    post = StringField(_l("Number or address of the post"), [Length(max=300)])
