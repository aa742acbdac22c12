"""The form of the brand."""

from __future__ import annotations

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.validators import Length

from community.core import brand, fonts
from community.core.i18n import LANGUAGES, _l
from community.panel.forms import MUST, chosen_from
from community.panel.services.dressing import Outfit

FONTS = {
    fonts.PLAIN: _l("As the device has it"),
    "humanist": _l("Humanist: open and friendly"),
    "geometric": _l("Geometric: modern, with round letters"),
    "classical": _l("Classical: elegant, without serifs"),
    "grotesque": _l("Grotesque: plain and strict"),
    "rounded": _l("Rounded: soft and playful"),
    "transitional": _l("Transitional: a quiet serif for reading"),
    "old-style": _l("Old style: a warm serif, as in books"),
    "slab": _l("Slab: a serif with strong feet"),
}


class BrandForm(FlaskForm):
    """What the brand looks like and says."""

    name = StringField(_l("Name of your brand"), [MUST, Length(max=40)])
    logo = FileField(_l("Another logo"))
    without_logo = BooleanField(_l("Show the name instead of the logo"))
    favicon = FileField(_l("Another icon"))
    without_favicon = BooleanField(_l("Show the drawing of this software instead of the icon"))
    colour = StringField(_l("Colour of links and buttons"), [MUST, Length(max=7)])
    ink = StringField(_l("Words on buttons"), [Length(max=7)])
    dark = StringField(_l("Links on dark pages"), [Length(max=7)])
    font = SelectField(_l("Font of texts"), choices=chosen_from(FONTS))
    headings = SelectField(_l("Font of headings"), choices=chosen_from(FONTS))
    language = SelectField(_l("Language of the community"), choices=chosen_from(LANGUAGES))
    languages = SelectMultipleField(
        _l("Languages that visitors may choose"),
        choices=chosen_from(LANGUAGES),
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )
    welcome = TextAreaField(_l("Greeting on the home page"), [Length(max=300)])
    welcome_en = TextAreaField(_l("Greeting in English"), [Length(max=300)])
    welcome_es = TextAreaField(_l("Greeting in Spanish"), [Length(max=300)])
    footer_en = TextAreaField(_l("Links at the foot of English pages"), [Length(max=2000)])
    footer_es = TextAreaField(_l("Links at the foot of Spanish pages"), [Length(max=2000)])
    mail_header = StringField(_l("A line at the top of every mail"), [Length(max=200)])

    def fill(self) -> None:
        """Show what is in force."""
        self.process(
            name=brand.NAME.get(),
            colour=brand.COLOUR.get(),
            ink=brand.INK.get(),
            dark=brand.DARK.get(),
            font=brand.FONT.get(),
            headings=brand.HEADINGS.get(),
            language=brand.LANGUAGE.get(),
            languages=list(brand.spoken()),
            welcome=brand.WELCOME.get(),
            welcome_en=brand.WELCOMES["en"].get(),
            welcome_es=brand.WELCOMES["es"].get(),
            footer_en=brand.FOOTERS["en"].get(),
            footer_es=brand.FOOTERS["es"].get(),
            mail_header=brand.MAIL_HEADER.get(),
        )

    def style(self) -> brand.Style:
        """Return the colours and fonts, as they were written."""
        return brand.Style(
            colour=_plain(self.colour),
            ink=_plain(self.ink),
            dark=_plain(self.dark),
            font=self.font.data,
            headings=self.headings.data,
        )

    def outfit(self, logo: str | None, favicon: str | None) -> Outfit:
        """Return what was filled in. A picture is a stored name, "" for none, None to keep it."""
        return Outfit(
            name=(self.name.data or "").strip(),
            language=self.language.data,
            languages=tuple(self.languages.data or ()),
            style=self.style(),
            welcome=(self.welcome.data or "").strip(),
            welcomes={"en": _words(self.welcome_en), "es": _words(self.welcome_es)},
            footers={"en": _words(self.footer_en), "es": _words(self.footer_es)},
            mail_header=" ".join((self.mail_header.data or "").split()),
            logo="" if self.without_logo.data else logo,
            favicon="" if self.without_favicon.data else favicon,
        )


def _plain(field: StringField) -> str:
    return (field.data or "").strip().lower()


def _words(field: TextAreaField) -> str:
    return (field.data or "").strip()
