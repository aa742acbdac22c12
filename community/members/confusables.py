"""What a name looks like: two names with one skeleton can be taken for each other.

After Unicode Technical Standard 39, "confusable detection", on the table of the library
confusable-homoglyphs. The standard's table is a partition: every character belongs to one group of
look-alikes, and here each group is named by its plainest member.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache

# Cyrillic letters that the standard sets apart because they look like small capitals.
SMALL_CAPITALS = str.maketrans({"т": "t", "м": "m", "к": "k", "н": "h", "в": "b"})
# Japanese writes with these three together.
TOGETHER = {"HAN", "HIRAGANA", "KATAKANA"}
NO_SCRIPT = {"COMMON", "INHERITED"}


def skeleton_of(name: str) -> str:
    """Return what a name looks like, in lower case and without what only separates.

    Names with equal skeletons can be taken for each other.
    """
    text = unicodedata.normalize("NFKC", name).casefold().translate(SMALL_CAPITALS)
    return re.sub(r"[\W_]", "", _plain(_plain(text)))


def scripts_of(text: str) -> set[str]:
    """Return the scripts that a text is written in, such as LATIN and CYRILLIC."""
    from confusable_homoglyphs import categories  # noqa: PLC0415 (it reads large tables)

    scripts = {categories.alias(character) for character in text} - NO_SCRIPT
    return {"JAPANESE"} if len(scripts) > 1 and scripts <= TOGETHER else scripts


def _plain(text: str) -> str:
    plainest = _plainest()
    looks = "".join(plainest.get(c, c) for c in unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", looks).casefold()


@cache
def _plainest() -> dict[str, str]:
    """Return the plainest look-alike of every character that has look-alikes."""
    from confusable_homoglyphs import confusables  # noqa: PLC0415 (it reads large tables)

    alike: dict[str, set[str]] = defaultdict(set)
    for character, others in confusables.confusables_data.items():
        alike[character] |= {other["c"] for other in others}
        for other in others:
            alike[other["c"]].add(character)
    plainest: dict[str, str] = {}
    for character in alike:
        if character not in plainest:
            group = _group(character, alike)
            best = min(group, key=_how_plain)
            plainest |= dict.fromkeys(group, best)
    return {character: best for character, best in plainest.items() if len(character) == 1}


def _group(first: str, alike: dict[str, set[str]]) -> set[str]:
    group, todo = {first}, [first]
    while todo:
        new = alike[todo.pop()] - group
        group |= new
        todo += new
    return group


def _how_plain(text: str) -> tuple[bool, int, bool, bool, str]:
    """Order look-alikes: plain letters first, small ones before capitals, "rn" before "m"."""
    return not text.isascii(), -len(text), not text.isalpha(), not text.islower(), text
