"""In which language a reply is written: not always in that of the question.

A page names the language of each text, for those who listen to it and for search engines. Small
words tell: a text has either "the" and "with" or "el" and "con". Where they tell nothing, the
reply is taken to be in the language of its question.
"""

from __future__ import annotations

import re

from community.search.analysis import fold
from community.search.stop_words import ENGLISH, SPANISH

# Names, code and short thanks look alike in every language.
FEWEST_WORDS = 3
HOW_CLEAR = 2
HORIZON = 2000
_WORD = re.compile(r"[a-z]+")
_NOT_WRITTEN = re.compile(
    r"^>[^\n]*|```.*?(?:```|\Z)|`[^`\n]*`|https?://\S+", re.MULTILINE | re.DOTALL
)


def language_of(source: str, otherwise: str) -> str:
    """Return "en" or "es" for a text that is clearly one of them, else what is expected."""
    words = _WORD.findall(fold(_NOT_WRITTEN.sub(" ", source[:HORIZON])))
    english = sum(word in ENGLISH and word not in SPANISH for word in words)
    spanish = sum(word in SPANISH and word not in ENGLISH for word in words)
    most, least, language = (
        (english, spanish, "en") if english > spanish else (spanish, english, "es")
    )
    is_clear = most >= FEWEST_WORDS and most >= HOW_CLEAR * least
    return language if is_clear else otherwise
