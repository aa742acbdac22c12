"""Forms of the first visit."""

from __future__ import annotations

from flask_babel import format_decimal
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, EmailField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Email, InputRequired, Length, ValidationError

from community.core import colours
from community.core.brand import COLOUR
from community.core.errors import Invalid
from community.core.i18n import LANGUAGES, _, _l
from community.members import passwords
from community.site import invitation
from community.site.services.setting_up import LONGEST_BRAND, LONGEST_NAME, Setup

NEEDED = InputRequired(_l("Please fill this in."))


class CodeForm(FlaskForm):
    """The code from the terminal."""

    code = StringField(_l("Code"), [NEEDED, Length(max=40)])

    def validate_code(self, field: StringField) -> None:
        """Compare the code with the one that was printed."""
        if not invitation.fits(field.data or ""):
            raise ValidationError(str(_("This is not the code. Look again at the terminal.")))


class SetUpForm(FlaskForm):
    """The brand and its first admin."""

    brand = StringField(_l("Name of your brand"), [NEEDED, Length(max=LONGEST_BRAND)])
    language = SelectField(
        _l("Language of the community"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
    )
    colour = StringField(_l("Colour of your brand"), [NEEDED], default=COLOUR.default)
    logo = FileField(_l("Logo"))
    name = StringField(_l("Your name"), [NEEDED, Length(max=LONGEST_NAME)])
    email = EmailField(
        _l("Your e-mail address"), [NEEDED, Email(_l("This is not an e-mail address."))]
    )
    password = PasswordField(_l("A password for you"), [NEEDED])
    sample = BooleanField(_l("Fill the forum with a sample community"), default=True)

    def validate_colour(self, field: StringField) -> None:
        """Take a colour that can be read; name the nearest one for any other."""
        field.data = (field.data or "").strip().lower()
        if not colours.is_colour(field.data):
            raise ValidationError(str(_("Write the colour like this: #17616b.")))
        if not colours.is_readable(field.data):
            raise ValidationError(unreadable(field.data))

    def validate_password(self, field: PasswordField) -> None:
        """Hold admins to the rules for everybody's passwords."""
        about = [str(each.data) for each in (self.brand, self.name, self.email)]
        try:
            passwords.check(field.data or "", about)
        except Invalid as error:
            raise ValidationError(str(error)) from error

    def setup(self, logo: str) -> Setup:
        """Return what was filled in; slow, for the password is hashed."""
        return Setup(
            brand=(self.brand.data or "").strip(),
            language=self.language.data,
            colour=self.colour.data or "",
            logo=logo,
            name=(self.name.data or "").strip(),
            email=(self.email.data or "").strip().lower(),
            password_hash=passwords.hashed(self.password.data or ""),
        )


def unreadable(colour: str) -> str:
    """Say why a colour is refused, and which one near it would do."""
    least = min(colours.contrast(colour, each) for each in colours.LIGHT_GROUNDS)
    return str(
        _(
            "Text in this colour is too pale to be read on white: its contrast is %(contrast)s "
            "to 1, and 4.5 to 1 is needed. The nearest that can be read is %(nearest)s.",
            contrast=format_decimal(round(least, 1)),
            nearest=colours.nearest_readable(colour),
        )
    )
