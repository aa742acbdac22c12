"""Names that are shown: not unique, but none that can trick a page, a mail or a reader.

That somebody belongs to the staff is told by the staff title alone.
"""

from __future__ import annotations

import re
import unicodedata

from community.core.errors import Invalid
from community.core.i18n import _l
from community.members.confusables import scripts_of, skeleton_of
from community.members.handles import OFFICE

LONGEST = 60
MOST_MARKS = 2
_PUNCTUATION = {*"'.-,()& ", "\u2019", "\u02bc", "\u00b7"}
_LIKE_AN_ADDRESS = re.compile(r"://|\bwww\b|@|[^\s.]{2,}\.[^\W\d_]{2,}", re.IGNORECASE)


def stored(text: str) -> str:
    """Return a name in the form in which it is stored: spaces made one, characters composed."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def check(name: str, brand: str = "") -> None:
    """Say what is wrong with a name in its stored form. Raises Invalid."""
    if not 1 <= len(name) <= LONGEST or not any(c.isalpha() for c in name):
        raise Invalid(_l("A name has at least one letter and at most 60 characters."), field="name")
    if _LIKE_AN_ADDRESS.search(name):
        raise Invalid(_l("A name cannot contain an address."), field="name")
    if not all(map(_may_stand_in_a_name, name)) or _has_stacked_marks(name):
        raise Invalid(
            _l("A name is made of letters, digits, spaces and . , - ' ( ) &."), field="name"
        )
    if any(len(scripts_of(word)) > 1 for word in name.split()):
        raise Invalid(_l("Each word of a name is written in one alphabet."), field="name")
    if speaks_for_the_house(name, brand):
        raise Invalid(
            _l("This name sounds like the team of the community. Please choose another one."),
            field="name",
        )


def speaks_for_the_house(name: str, brand: str) -> bool:
    """Tell whether a name could be taken for the team of the community."""
    words = {skeleton_of(word) for word in re.split(r"[\s.,()&-]+", name)} - {""}
    of_brand = {skeleton_of(word) for word in brand.split()}
    return (
        skeleton_of(name) == skeleton_of(brand)
        or words <= {skeleton_of(word) for word in OFFICE} | of_brand
    )


def _may_stand_in_a_name(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind[0] in "LM" or kind == "Nd" or character in _PUNCTUATION


def _has_stacked_marks(name: str) -> bool:
    marks = [unicodedata.category(c).startswith("M") for c in name]
    return marks[0] or any(
        all(run) for run in zip(*(marks[i:] for i in range(MOST_MARKS + 1)), strict=False)
    )


def masked(email: str | None) -> str:
    """Return enough of an address to know it again."""
    name, _, host = (email or "").partition("@")
    return f"{name[:1]}…@{host}" if host else ""
