"""The brand whose community this is: its name, looks and first words, as pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from community.core import colours, fonts, settings
from community.core.i18n import LANGUAGES, current_language, offer
from community.core.settings import Setting

NAME = Setting("brand_name", "Tertulia", "The brand whose community this is.", least=1, most=40)
LANGUAGE = Setting(
    "brand_language",
    "en",
    "The language of visitors who prefer no other.",
    choices=tuple(LANGUAGES),
)
SPOKEN = Setting(
    "brand_languages", " ".join(LANGUAGES), "The languages that are offered, by their codes."
)
COLOUR = Setting("brand_colour", "#17616b", "The colour of links and buttons.")
# Empty: worked out from the colour.
INK = Setting("brand_ink", "", "The colour of words on buttons; empty: black or white.")
DARK = Setting("brand_colour_dark", "", "The colour of links on dark pages; empty: worked out.")
FONT = Setting("brand_font", fonts.PLAIN, "The font of texts.", choices=tuple(fonts.FONTS))
HEADINGS = Setting("brand_font_headings", fonts.PLAIN, "The font of headings.",
                   choices=tuple(fonts.FONTS))  # fmt: skip
WELCOME = Setting(
    "brand_welcome", "", "A sentence that greets visitors on the home page.", most=300
)
WELCOMES = {
    "en": Setting("brand_welcome_en", "", "The same greeting in English.", most=300),
    "es": Setting("brand_welcome_es", "", "The same greeting in Spanish.", most=300),
}
FOOTERS = {
    "en": Setting("brand_footer_en", "", "Links at the foot of English pages.", most=2000),
    "es": Setting("brand_footer_es", "", "Links at the foot of Spanish pages.", most=2000),
}
MAIL_HEADER = Setting("brand_mail_header", "", "A line at the top of every mail.", most=200)
LOGO = Setting("brand_logo", "", "The file name of the uploaded logo.", for_people=False)
FAVICON = Setting("brand_favicon", "", "The file name of the uploaded icon.", for_people=False)

AUTOMATIC = "auto"
USUAL = f"_{AUTOMATIC}_{AUTOMATIC}_{fonts.PLAIN}_{fonts.PLAIN}"


@dataclass(frozen=True)
class Style:
    """Colours and fonts; empty colours follow from the first."""

    colour: str
    ink: str = ""
    dark: str = ""
    font: str = fonts.PLAIN
    headings: str = fonts.PLAIN

    @property
    def name(self) -> str:
        """All of it as one word: "17616b", or "17616b_auto_auto_slab_plain"."""
        words = (self.colour, self.ink, self.dark, self.font, self.headings)
        return "_".join(word.removeprefix("#") or AUTOMATIC for word in words).removesuffix(USUAL)


def style_named(name: str) -> Style | None:
    """Return the style of this name, or None if it is none."""
    words = (name if "_" in name else name + USUAL).split("_")
    if len(words) != len((COLOUR, INK, DARK, FONT, HEADINGS)):
        return None
    colour, ink, dark = ("" if word == AUTOMATIC else f"#{word.lower()}" for word in words[:3])
    given = [each for each in (ink, dark) if each]
    are_colours = all(colours.is_colour(each) for each in (colour, *given))
    are_fonts = all(word in fonts.FONTS for word in words[3:])
    return Style(colour, ink, dark, *words[3:]) if are_colours and are_fonts else None


@dataclass(frozen=True)
class Link:
    """A link at the foot of every page."""

    words: str
    address: str


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
    links: tuple[Link, ...] = ()
    languages: Mapping[str, str] = field(default_factory=dict)


_looks: dict[str, tuple[Mapping[str, object], Look]] = {}


def look() -> Look:
    """Return the brand as it is now, in the reader's language; worked out once for all settings."""
    values, language = settings.in_force(), current_language()
    known = _looks.get(language)
    if known is None or known[0] is not values:
        known = _looks[language] = (values, _look())
    return known[1]


def _look() -> Look:
    logo, favicon, style = LOGO.get(), FAVICON.get(), style_name()
    return Look(
        name=NAME.get(),
        colour=COLOUR.get(),
        welcome=_in_readers_language(WELCOMES) or WELCOME.get(),
        language=LANGUAGE.get(),
        logo_url=f"/uploads/{logo}" if logo else None,
        stylesheet_url=f"/brand/{style}.css" if style != Style(COLOUR.default).name else None,
        icon_url=f"/uploads/{favicon}" if favicon else None,
        links=links_in(_in_readers_language(FOOTERS) or FOOTERS[LANGUAGE.get()].get()),
        languages=spoken(),
    )


def _in_readers_language(texts: Mapping[str, Setting[str]]) -> str:
    return texts[current_language()].get() if current_language() in texts else ""


def spoken() -> dict[str, str]:
    """Return the languages that are offered, always the brand's own among them."""
    codes = {*SPOKEN.get().split(), LANGUAGE.get()}
    return {code: name for code, name in LANGUAGES.items() if code in codes}


offer(spoken)


def style_name() -> str:
    """Return the name of the style sheet, which says all that is in it: it can be kept."""
    return Style(COLOUR.get(), INK.get(), DARK.get(), FONT.get(), HEADINGS.get()).name


def links_in(text: str) -> tuple[Link, ...]:
    """Return the links that are written one a line: words | address."""
    pairs = (line.rpartition("|") for line in text.splitlines())
    return tuple(Link(words.strip(), address.strip()) for words, bar, address in pairs if bar)
