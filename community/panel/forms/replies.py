"""The form of a prepared reply."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from community.core.i18n import LANGUAGES, _l
from community.panel.forms import MUST, chosen_from


class ReplyForm(FlaskForm):
    """What a prepared reply is called and says, in which language."""

    title = StringField(_l("Title"), [MUST, Length(max=80)])
    language = SelectField(_l("Language"), choices=chosen_from(LANGUAGES))
    body = TextAreaField(_l("Reply"), [MUST, Length(max=10_000)])
