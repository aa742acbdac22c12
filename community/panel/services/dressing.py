"""Dressing the community in its brand: name, words, colours, fonts, logo and icon."""

from __future__ import annotations

from dataclasses import dataclass

from community.core import brand, colours, fonts
from community.core.db import transaction
from community.core.errors import Invalid
from community.core.i18n import LANGUAGES, _l
from community.core.policy import require
from community.core.settings import Setting
from community.core.web import is_local
from community.members.models import Member
from community.panel.policies import may_dress
from community.panel.services import settling

LINKS = ("https://", "http://", "mailto:")
MOST_LINKS = 12
UNREADABLE = {
    "light": ("colour", _l("This colour is too pale to be read on white.")),
    "paper": ("colour", _l("This colour is too pale to be read on white.")),
    "ink": ("ink", _l("Words of this colour cannot be read on buttons of the brand's colour.")),
    "dark": ("dark", _l("This colour cannot be read on dark pages. Please take a lighter one.")),
    "dark-soft": (
        "dark",
        _l("This colour cannot be read on dark pages. Please take a lighter one."),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Outfit:
    """What the brand looks like and says. None for a picture: it stays as it is."""

    name: str
    language: str
    languages: tuple[str, ...]
    style: brand.Style
    welcome: str
    welcomes: dict[str, str]
    footers: dict[str, str]
    mail_header: str
    logo: str | None = None
    favicon: str | None = None


@transaction
def dress(actor: Member, outfit: Outfit) -> None:
    """Give the brand another look. Raises Invalid, with the field, for one that cannot be shown."""
    require(may_dress(actor))
    _check_style(outfit.style)
    _check_languages(outfit)
    for language, text in outfit.footers.items():
        _check_links(f"footer_{language}", text)
    for setting, value in _settings_of(outfit):
        settling.put(actor.id, setting, value)


def _settings_of(outfit: Outfit) -> list[tuple[Setting[str], str]]:
    style = outfit.style
    wanted = [
        (brand.NAME, outfit.name),
        (brand.LANGUAGE, outfit.language),
        (brand.SPOKEN, " ".join(outfit.languages)),
        (brand.COLOUR, style.colour),
        (brand.INK, style.ink),
        (brand.DARK, style.dark),
        (brand.FONT, style.font),
        (brand.HEADINGS, style.headings),
        (brand.WELCOME, outfit.welcome),
        (brand.MAIL_HEADER, outfit.mail_header),
    ]
    wanted += [(brand.WELCOMES[code], text) for code, text in outfit.welcomes.items()]
    wanted += [(brand.FOOTERS[code], text) for code, text in outfit.footers.items()]
    pictures = [(brand.LOGO, outfit.logo), (brand.FAVICON, outfit.favicon)]
    return wanted + [(setting, name) for setting, name in pictures if name is not None]


def _check_style(style: brand.Style) -> None:
    for field, colour in (("colour", style.colour), ("ink", style.ink), ("dark", style.dark)):
        if (colour or field == "colour") and not colours.is_colour(colour):
            raise Invalid(_l("Write the colour like this: #17616b."), field=field)
    if not {style.font, style.headings} <= set(fonts.FONTS):
        raise Invalid(_l("There is no such font."), field="font")
    for pair in colours.pairs(style.colour, style.ink, style.dark):
        if not pair.is_readable:
            field, words = UNREADABLE[pair.name]
            raise Invalid(words, field=field)


def _check_languages(outfit: Outfit) -> None:
    if outfit.language not in LANGUAGES or not set(outfit.languages) <= set(LANGUAGES):
        raise Invalid(_l("The forum does not speak this language yet."), field="languages")
    if outfit.language not in outfit.languages:
        raise Invalid(
            _l("The language of the community has to be one of those that are offered."),
            field="languages",
        )


def _check_links(field: str, text: str) -> None:
    lines = [line for line in text.splitlines() if line.strip()]
    links = brand.links_in("\n".join(lines))
    if len(lines) > MOST_LINKS:
        raise Invalid(_l("At most 12 links fit at the foot of a page."), field=field)
    if len(links) < len(lines) or not all(link.words for link in links):
        raise Invalid(_l("Write one link on each line: words | address."), field=field)
    if not all(link.address.startswith(LINKS) or is_local(link.address) for link in links):
        raise Invalid(
            _l("A link begins with https:// or, within this forum, with a slash."), field=field
        )
