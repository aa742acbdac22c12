"""Whom an admin looks for."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, Field, SearchField, SelectField
from wtforms.validators import Length, Optional, ValidationError

from community.core.i18n import _, _l
from community.panel.forms import chosen_from
from community.panel.forms.inviting import role_words
from community.panel.queries.people import (
    IMPORTED,
    LEFT,
    MUTED,
    OF_PRODUCT,
    STAFF,
    SUSPENDED,
    UNCONFIRMED,
    Search,
)
from community.reputation.words import level_names


def state_words() -> dict[str, str]:
    """Return the states that people can be in, each with what a person reads."""
    return {
        STAFF: _("Staff"),
        OF_PRODUCT: _("Moderates a product"),
        SUSPENDED: _("Suspended"),
        MUTED: _("Muted"),
        UNCONFIRMED: _("Address not confirmed"),
        IMPORTED: _("Imported"),
        LEFT: _("Has left"),
    }


def _levels() -> dict[str, str]:
    return {str(int(level)): f"{int(level)} · {name}" for level, name in level_names().items()}


class PeopleForm(FlaskForm):
    """What narrows the list down; it stands in the address."""

    class Meta:
        csrf = False

    q = SearchField(_l("Name, handle or e-mail"), [Length(max=100)])
    role = SelectField(_l("Role"), [Optional()])
    state = SelectField(_l("State"), [Optional()])
    level = SelectField(_l("Level"), [Optional()])
    since = DateField(_l("Joined from"), [Optional()])
    until = DateField(_l("Joined until"), [Optional()])

    def __init__(self, *given: Any, **facts: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **facts)
        everything = {"": _("All")}
        self.role.choices = chosen_from(everything | role_words())
        self.state.choices = chosen_from(everything | state_words())
        self.level.choices = chosen_from(everything | _levels())

    def validate_until(self, field: Field) -> None:
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError(_("The end lies before the beginning."))

    def search(self, zone: str) -> Search:
        """Return what was asked for."""
        return Search(
            words=self.q.data or "",
            role=self.role.data or "",
            state=self.state.data or "",
            level=int(self.level.data) if self.level.data else None,
            since=self.since.data,
            until=self.until.data,
            zone=zone,
        )
