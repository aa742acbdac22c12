"""Forms for putting questions of others in order."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from community.core.i18n import _l
from community.questions.forms.asking import check_tags, one_line, tag_names
from community.questions.forms.correcting import ADDRESS, NUMBER, REASON_LENGTH

TOO_LONG = _l("Please keep it under %(max)d characters.")


class ReasonedForm(FlaskForm):
    """What these forms share."""

    reason = StringField(
        _l("Why?"), [Length(max=REASON_LENGTH, message=TOO_LONG)], filters=[one_line]
    )


class TagsForm(ReasonedForm):
    """Other tags for a question."""

    tags = StringField(_l("Tags"))
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    def validate_tags(self, field: StringField) -> None:
        """Refuse too many tags, and tags that are sentences."""
        check_tags(field.data)

    def names(self) -> tuple[str, ...]:
        """Return the tags that were named, each once."""
        return tag_names(self.tags.data)


class PlaceForm(ReasonedForm):
    """Where a question belongs: "kettle" or "kettle/cleaning", by the slugs."""

    place = SelectField(_l("Product and topic"), [InputRequired(_l("Choose a place."))])


class SuggestionForm(FlaskForm):
    """Which question is suggested to be the earlier one."""

    original = StringField(
        _l("Address or number of the earlier question"),
        [
            InputRequired(_l("Give the address or the number of the earlier question.")),
            Length(max=300, message=TOO_LONG),
        ],
        filters=[one_line],
    )

    def original_id(self) -> int | None:
        """Return the number of the question that is named, if one is."""
        said = self.original.data or ""
        match = NUMBER.fullmatch(said) or ADDRESS.search(said)
        return int(match[1]) if match else None
