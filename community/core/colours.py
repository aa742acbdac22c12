"""Colours that can be read: the contrast of WCAG 2.2, and the shades that follow from a brand's."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Contrast of text that WCAG 2.2 asks for at level AA, success criterion 1.4.3.
READABLE = 4.5
WHITE = "#ffffff"
BLACK = "#000000"
# The lightest and the darkest grounds that text of the brand's colour stands on.
LIGHT_GROUNDS = (WHITE, "#faf8f5")
DARK_GROUND = "#2a2723"
STEPS = 100


@dataclass(frozen=True)
class Shades:
    """What a style sheet needs to know of a brand's colour."""

    brand: str
    ink: str
    soft: str
    text: str
    soft_in_the_dark: str
    text_in_the_dark: str


def is_colour(text: str) -> bool:
    """Tell whether this is a colour such as #17616b."""
    return re.fullmatch(r"#[0-9a-fA-F]{6}", text) is not None


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def is_readable(colour: str) -> bool:
    """Tell whether text and buttons of this colour can be read on light grounds."""
    return all(contrast(colour, ground) >= READABLE for ground in LIGHT_GROUNDS)


def nearest_readable(colour: str) -> str:
    """Return the colour, darkened as little as makes it readable on light grounds."""
    return _moved(colour, BLACK, LIGHT_GROUNDS)


def shades(brand: str, ink: str = "", dark: str = "") -> Shades:
    """Work out the shades for light and dark pages; what is chosen stays as it is."""
    soft, soft_in_the_dark = _mix(brand, WHITE, 0.9), _mix(brand, DARK_GROUND, 0.75)
    return Shades(
        brand=brand,
        ink=ink or (WHITE if contrast(brand, WHITE) >= READABLE else BLACK),
        soft=soft,
        text=_moved(brand, BLACK, (*LIGHT_GROUNDS, "#f2eee8", soft)),
        soft_in_the_dark=soft_in_the_dark,
        text_in_the_dark=dark or _moved(brand, WHITE, (DARK_GROUND, soft_in_the_dark)),
    )


@dataclass(frozen=True)
class Pair:
    """A colour and the ground that it stands on."""

    name: str
    colour: str
    ground: str

    @property
    def contrast(self) -> float:
        return contrast(self.colour, self.ground)

    @property
    def is_readable(self) -> bool:
        return self.contrast >= READABLE


def pairs(brand: str, ink: str = "", dark: str = "") -> list[Pair]:
    """Return what stands on what in a brand's colours, by day and by night."""
    found = shades(brand, ink, dark)
    return [
        Pair("light", brand, WHITE),
        Pair("paper", brand, LIGHT_GROUNDS[1]),
        Pair("ink", found.ink, brand),
        Pair("dark", found.text_in_the_dark, DARK_GROUND),
        Pair("dark-soft", found.text_in_the_dark, found.soft_in_the_dark),
    ]


def _moved(colour: str, towards: str, grounds: tuple[str, ...]) -> str:
    """Mix in as little of another colour as makes the first readable on all the grounds."""
    for step in range(STEPS):
        mixed = _mix(colour, towards, step / STEPS)
        if all(contrast(mixed, ground) >= READABLE for ground in grounds):
            return mixed
    return towards


def _mix(one: str, other: str, share: float) -> str:
    """Return the first colour with a share, from 0 to 1, of the other."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _luminance(colour: str) -> float:
    """Return the relative luminance, from 0 to 1, as WCAG 2.2 defines it."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _channels(colour: str) -> tuple[int, int, int]:
    number = int(colour.removeprefix("#"), 16)
    return number >> 16, number >> 8 & 255, number & 255
