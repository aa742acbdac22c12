"""The form that invites people by e-mail."""

from __future__ import annotations

import re

from flask_wtf import FlaskForm
from wtforms import Field, SelectField, TextAreaField
from wtforms.validators import Length, ValidationError

from community.core.i18n import LANGUAGES, _, _l
from community.members.forms import email_from
from community.members.models import Role
from community.members.services.inviting import MOST_AT_ONCE, Wish
from community.panel.forms import MUST, chosen_from

BETWEEN = re.compile(r"[\s,;]+")
LONGEST_MESSAGE = 1000
# What is shown of what cannot be an address.
NAMED = 5


def role_words() -> dict[str, str]:
    """Return the roles, each with what a person reads."""
    return {
        Role.MEMBER.value: _("Member"),
        Role.MODERATOR.value: _("Moderator"),
        Role.ADMIN.value: _("Admin"),
    }


class InvitationForm(FlaskForm):
    """Whom to invite, as what, and with which words."""

    emails = TextAreaField(_l("E-mail addresses"), [MUST, Length(max=10_000)])
    role = SelectField(_l("Role"))
    language = SelectField(_l("Language of the mail"), choices=chosen_from(LANGUAGES))
    message = TextAreaField(
        _l("A few words from you"), [Length(max=LONGEST_MESSAGE, message=_l("Too long."))]
    )

    def offer(self, *, every_role: bool) -> None:
        """Offer the roles that the visitor may give."""
        roles = role_words()
        self.role.choices = list(roles.items()) if every_role else [*roles.items()][:1]

    def validate_emails(self, _field: Field) -> None:
        wrong = [each for each in self._typed() if _address(each) is None]
        if wrong:
            listed = ", ".join(each[:60] for each in wrong[:NAMED])
            raise ValidationError(_("No e-mail address: %(those)s", those=listed))
        if len(self.addresses()) > MOST_AT_ONCE:
            raise ValidationError(_("At most %(number)s at once, please.", number=MOST_AT_ONCE))

    def addresses(self) -> list[str]:
        """Return the addresses in their stored form, each once."""
        return list(dict.fromkeys(filter(None, map(_address, self._typed()))))

    def wish(self) -> Wish:
        """Return what goes with each invitation."""
        return Wish(
            role=Role(self.role.data),
            language=self.language.data,
            message=(self.message.data or "").strip(),
        )

    def _typed(self) -> list[str]:
        return [each for each in BETWEEN.split(self.emails.data or "") if each]


def _address(typed: str) -> str | None:
    try:
        return email_from(typed.strip("<>"))
    except ValidationError:
        return None
