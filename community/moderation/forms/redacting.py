"""The form that takes personal data out of a post."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import Field, SubmitField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from community.core.i18n import _, _l
from community.posts.redaction import SHORTEST

MOST = 20


class RedactionForm(FlaskForm):
    """The words that go, one passage a line."""

    passages = TextAreaField(
        _l("Words to take out, one passage a line"),
        [InputRequired(_l("Say which words go.")), Length(max=4000)],
    )
    look = SubmitField(_l("See what changes"))
    go = SubmitField(_l("Take them out for good"))

    def validate_passages(self, _field: Field) -> None:
        words = self.words()
        if not words or any(len(each) < SHORTEST for each in words):
            raise ValidationError(_("A passage has at least 3 characters."))
        if len(words) > MOST:
            raise ValidationError(_("At most 20 passages at once, please."))

    def words(self) -> tuple[str, ...]:
        """Return the passages, each once."""
        lines = (line.strip() for line in (self.passages.data or "").splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))
