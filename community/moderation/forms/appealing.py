"""The form for objecting to a measure."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from community.core.i18n import _l
from community.moderation.services.appealing import LONGEST_TEXT


class AppealForm(FlaskForm):
    """Why somebody sees it differently."""

    text = TextAreaField(
        _l("Why do you see it differently?"),
        [
            InputRequired(_l("Say why you see it differently.")),
            Length(max=LONGEST_TEXT, message=_l("At most 5,000 characters, please.")),
        ],
    )
