"""Cards: the pictures that chats and social networks show beside a link to a question.

The name of a card follows from what is on it, so that it can be kept for ever; who renames a
question gets a card of another name.
"""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from community.core import brand
from community.core.files import storage
from community.core.i18n import LANGUAGES, _, force_locale
from community.questions.models import Question

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

# Raise this when cards look different, so that they get new names.
DESIGN = 1
WIDTH, HEIGHT = 1200, 630
MARGIN = 80
SIZES = (72, 60, 50)
MOST_LINES = 4
FONT = Path(__file__).parent / "fonts" / "Inter-SemiBold.otf"
# The last letter that the font draws; of scripts beyond it, cards show no title.
LAST_LETTER = 0x52F
PUNCTUATION = range(0x2010, 0x2060)


@dataclass(frozen=True)
class Face:
    """What is on a card."""

    title: str
    mark: str
    brand: str
    colour: str


def face_of(question: Question) -> Face:
    """Return what the card of a question shows."""
    language = question.lang if question.lang in LANGUAGES else brand.LANGUAGE.get()
    with force_locale(language):
        mark = str(_("Solved")) if question.is_solved else ""
    title = question.title if _can_be_drawn(question.title) else ""
    return Face(title, mark, brand.NAME.get(), brand.COLOUR.get())


def name_of(face: Face) -> str:
    """Return the name under which the card is kept."""
    whole = "\0".join((str(DESIGN), *astuple(face)))
    return hashlib.sha256(whole.encode()).hexdigest()[:32] + ".png"


def make(question: Question) -> bool:
    """Draw the card of a question, unless it is there; tell whether it was drawn."""
    return _make(face_of(question))


def make_of_brand() -> bool:
    """Draw the card that stands in for those not drawn yet; tell whether it was drawn."""
    return _make(face_of_brand())


def face_of_brand() -> Face:
    """Return what is on the card of the whole forum."""
    return Face("", "", brand.NAME.get(), brand.COLOUR.get())


def _make(face: Face) -> bool:
    name = name_of(face)
    if storage().exists(name):
        return False
    storage().save(name, drawn(face))
    return True


def drawn(face: Face) -> bytes:
    """Return the card as a PNG."""
    # Only the worker draws; processes that serve pages do without all this.
    from PIL import Image, ImageDraw  # noqa: PLC0415

    picture = Image.new("RGB", (WIDTH, HEIGHT), face.colour)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, HEIGHT - 150, WIDTH, HEIGHT), fill="white")
    size, lines = _fitted(pen, face.title or face.brand)
    for number, line in enumerate(lines):
        place = (MARGIN, MARGIN + number * size * 1.3)
        pen.text(place, line, font=_font(size), fill="white")
    pen.text((MARGIN, HEIGHT - 75), face.brand, font=_font(40), fill=face.colour, anchor="lm")
    if face.mark:
        _stamp(pen, face)
    file = BytesIO()
    picture.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def _stamp(pen: ImageDraw, face: Face) -> None:
    """Draw the word for solved with a tick before it, at the right."""
    middle, right = HEIGHT - 75, WIDTH - MARGIN
    left = right - pen.textlength(face.mark, font=_font(34)) - 114
    pen.rounded_rectangle((left, middle - 36, right, middle + 36), 36, fill="#166534")
    tick = [(left + 32, middle), (left + 44, middle + 13), (left + 68, middle - 14)]
    pen.line(tick, fill="white", width=7, joint="curve")
    pen.text((right - 28, middle), face.mark, font=_font(34), fill="white", anchor="rm")


def _fitted(pen: ImageDraw, title: str) -> tuple[int, list[str]]:
    """Return the largest size in which a title fits, and its lines; the last may be cut."""
    for size in SIZES:
        lines = _lines(pen, title, size)
        if len(lines) <= MOST_LINES:
            return size, lines
    cut = lines[:MOST_LINES]
    cut[-1] = cut[-1][:-1].rstrip() + "…"
    return SIZES[-1], cut


def _lines(pen: ImageDraw, title: str, size: int) -> list[str]:
    lines = [""]
    for word in _pieces(title):
        longer = f"{lines[-1]} {word}".strip()
        if pen.textlength(longer, font=_font(size)) <= WIDTH - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line]


def _pieces(title: str) -> list[str]:
    """Return the words of a title; one that no line could hold is cut."""
    most = 14
    return [word[at : at + most] for word in title.split() for at in range(0, len(word), most)]


def _font(size: int):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a type of Pillow's
    from PIL import ImageFont  # noqa: PLC0415

    return ImageFont.truetype(FONT, size)


def _can_be_drawn(text: str) -> bool:
    return all(ord(letter) <= LAST_LETTER or ord(letter) in PUNCTUATION for letter in text)
