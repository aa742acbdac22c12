"""Forms for telling moderators: a member's flag, and anybody's notice of unlawful content."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from community.core.i18n import _l
from community.members.forms import email_from
from community.moderation.models.flags import FlagReason
from community.moderation.models.notices import Ground
from community.moderation.services.flagging import Complaint

LONGEST = 1000
TOO_LONG = _l("Please keep it under %(max)d characters.")
REASONS = {
    FlagReason.SPAM: _l("Spam or advertising"),
    FlagReason.ABUSIVE: _l("Insulting or hurtful"),
    FlagReason.OFF_TOPIC: _l("Does not belong here"),
    FlagReason.PERSONAL_DATA: _l("Shows personal data"),
    FlagReason.UNLAWFUL: _l("Against the law"),
    FlagReason.OTHER: _l("Something else"),
}
GROUNDS = {
    Ground.HATE: _l("Hate or incitement"),
    Ground.DEFAMATION: _l("Insult or defamation"),
    Ground.PRIVACY: _l("Personal data or private life"),
    Ground.COPYRIGHT: _l("Copyright or trade marks"),
    Ground.FRAUD: _l("Fraud or forbidden trade"),
    Ground.UNSAFE_PRODUCT: _l("A dangerous or forbidden product"),
    Ground.VIOLENCE: _l("Threat or violence"),
    Ground.CHILD_ABUSE: _l("Sexual abuse of children"),
    Ground.OTHER: _l("Something else"),
}


def stripped(text: str | None) -> str:
    """Return the text without space around it."""
    return (text or "").strip()


class FlagForm(FlaskForm):
    """What is wrong with a post or a profile."""

    reason = RadioField(
        _l("What is wrong?"),
        [InputRequired(_l("Choose a reason."))],
        choices=[SelectChoice(reason.value, words) for reason, words in REASONS.items()],
    )
    said = TextAreaField(
        _l("What should the moderators know?"),
        [Length(max=LONGEST, message=TOO_LONG)],
        filters=[stripped],
    )
    version = HiddenField()

    def complaint(self) -> Complaint:
        """Return what was filled in."""
        seen = str(self.version.data or "")
        return Complaint(
            reason=FlagReason(self.reason.data),
            said=self.said.data or "",
            post_version=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 8 else 0,
        )


class NoticeForm(FlaskForm):
    """What somebody, with or without an account, holds to be unlawful."""

    address = StringField(
        _l("Exact address of the content"),
        [
            InputRequired(_l("Give the address, so that we find it.")),
            Length(max=500, message=TOO_LONG),
        ],
        filters=[stripped],
    )
    ground = SelectField(
        _l("What is it about?"),
        [InputRequired(_l("Choose a reason."))],
        choices=[
            SelectChoice("", _l("Please choose")),
            *(SelectChoice(ground.value, words) for ground, words in GROUNDS.items()),
        ],
    )
    reasons = TextAreaField(
        _l("Why is it unlawful?"),
        [
            InputRequired(_l("Explain it in your words.")),
            Length(max=5000, message=TOO_LONG),
        ],
        filters=[stripped],
    )
    law = StringField(
        _l("Law, if you know it"), [Length(max=200, message=TOO_LONG)], filters=[stripped]
    )
    name = StringField(_l("Your name"), [Length(max=100, message=TOO_LONG)], filters=[stripped])
    email = EmailField(
        _l("Your e-mail address"),
        [
            Length(max=254, message=TOO_LONG),
        ],
        filters=[stripped],
    )
    good_faith = BooleanField(
        _l("I believe in good faith that what I say here is accurate and complete."),
        [InputRequired(_l("Without this we may not act on your notice."))],
    )

    def validate_email(self, field: Field) -> None:
        """Refuse what is no address, and store it in one form."""
        if field.data:
            field.data = email_from(field.data)
