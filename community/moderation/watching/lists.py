"""A list of watched words as text, one on a line, to take along and bring back.

A line is a word, or a word and after tabs what to do, the language, and what stands instead. A
pattern between slashes is a regular expression; one that begins with ~ is found inside words.
Lines that begin with # are remarks.
"""

from __future__ import annotations

from collections.abc import Iterable

from community.core.errors import Invalid
from community.core.i18n import LANGUAGES, _
from community.moderation.watching.patterns import LONGEST, Watched, WordAct, compiled

MOST_LINES = 5000
HEAD = "# word\taction\tlanguage\tinstead"


def written(words: Iterable[Watched]) -> str:
    """Return words as a text that `read` understands."""
    return "\n".join([HEAD, *map(_line, words), ""])


def read(text: str, act: WordAct, language: str = "") -> list[Watched]:
    """Return the words of a text; lines that do not say it get this act and this language.

    Raises Invalid with the number of the first line that cannot be used.
    """
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise Invalid(_("A list has at most %(most)s lines.", most=MOST_LINES), field="text")
    found: dict[tuple[str, bool, str], Watched] = {}
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            word = _word(number, line, act, language)
            found[word.pattern.casefold(), word.is_regex, word.language] = word
    return list(found.values())


def _line(word: Watched) -> str:
    shown = f"/{word.pattern}/" if word.is_regex else word.pattern
    shown = f"~{shown}" if word.is_part else shown
    return "\t".join([shown, word.act, word.language, word.instead]).rstrip("\t")


def _word(number: int, line: str, act: WordAct, language: str) -> Watched:
    said, its_act, its_language, instead = ([*line.split("\t"), "", "", ""])[:4]
    said = said.strip()
    is_regex = len(said) > 2 and said[0] == said[-1] == "/"
    try:
        word = Watched(
            pattern=said[1:-1] if is_regex else said.removeprefix("~").strip(),
            act=WordAct(its_act.strip() or act),
            language=its_language.strip() or language,
            is_regex=is_regex,
            is_part=not is_regex and said.startswith("~"),
            instead=instead.strip(),
        )
        check(word)
    except Invalid as error:
        raise _unusable(number, str(error)) from error
    except ValueError as error:
        known = ", ".join(WordAct)
        raise _unusable(number, _("The action is one of these: %(known)s.", known=known)) from error
    return word


def check(word: Watched) -> None:
    """Raise Invalid if a word cannot be watched for."""
    if not word.pattern.replace("*", "").strip():
        raise Invalid(_("Write the word to watch for."), field="pattern")
    if len(word.pattern) > LONGEST:
        raise Invalid(_("A word has at most %(most)s characters.", most=LONGEST), field="pattern")
    if word.language and word.language not in LANGUAGES:
        raise Invalid(_("The language is one of these: %(known)s.", known=", ".join(LANGUAGES)))
    if word.act in {WordAct.REPLACE, WordAct.TAG} and not word.instead:
        raise Invalid(_("Say what stands instead, or which tag is added."), field="instead")
    compiled(word.pattern, is_regex=word.is_regex)


def _unusable(number: int, reason: str) -> Invalid:
    return Invalid(_("Line %(number)s: %(reason)s", number=number, reason=reason), field="text")
