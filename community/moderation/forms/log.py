"""The form that searches the record of acts."""

from __future__ import annotations

from datetime import date

from wtforms import DateField, Form, SelectField, StringField
from wtforms.validators import Length, Optional, ValidationError

from community.core.i18n import _, _l
from community.moderation.queries import log
from community.moderation.queries.log import Search

EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 1, 1)


class LogForm(Form):
    """Who, what, upon what, from when until when. It reads, so it carries no token."""

    who = StringField(_l("Who"), [Length(max=60)])
    what = SelectField(_l("What"), [Optional()])
    subject = StringField(_l("Upon what"), [Length(max=80)])
    since = DateField(_l("From"), [Optional()])
    until = DateField(_l("Until"), [Optional()])

    def offer(self) -> None:
        """Offer the acts that there are."""
        self.what.choices = [("", _("Everything")), *((n, n) for n in log.names_of_acts())]

    def validate_since(self, field: DateField) -> None:
        if field.data and not EARLIEST <= field.data <= LATEST:
            raise ValidationError(_("This date is too far away."))

    validate_until = validate_since

    def search(self, zone: str) -> Search:
        """Return what is looked for."""
        return Search(
            who=(self.who.data or "").strip(),
            what=self.what.data or "",
            subject=(self.subject.data or "").strip(),
            since=self.since.data,
            until=self.until.data,
            zone=zone,
        )
