"""The brand whose community this is: its name, colours and first words, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from community.core.i18n import LANGUAGES
from community.core.settings import Setting

NAME = Setting("brand_name", "Tertulia", "The brand whose community this is.", least=1, most=40)
LANGUAGE = Setting(
    "brand_language",
    "en",
    "The language of visitors who prefer no other.",
    choices=tuple(LANGUAGES),
)
COLOUR = Setting("brand_colour", "#17616b", "The colour of links and buttons.")
WELCOME = Setting(
    "brand_welcome", "", "A sentence that greets visitors on the home page.", most=300
)
LOGO = Setting("brand_logo", "", "The file name of the uploaded logo.", for_people=False)


@dataclass(frozen=True)
class Look:
    """What pages show of the brand."""

    name: str
    colour: str
    welcome: str
    language: str
    logo_url: str | None
    stylesheet_url: str | None
    icon_url: str | None = None


def look() -> Look:
    """Return the brand as it is now."""
    colour, logo = COLOUR.get(), LOGO.get()
    differs = colour != COLOUR.default
    return Look(
        name=NAME.get(),
        colour=colour,
        welcome=WELCOME.get(),
        language=LANGUAGE.get(),
        logo_url=f"/uploads/{logo}" if logo else None,
        stylesheet_url=f"/brand/{colour.removeprefix('#')}.css" if differs else None,
    )
