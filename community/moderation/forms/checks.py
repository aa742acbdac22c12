"""What the page of checks and the page of watched words send."""

from __future__ import annotations

from collections.abc import Mapping

from community.core.errors import Invalid
from community.core.i18n import _l
from community.members.trust import Level
from community.moderation.checks.table import RULES
from community.moderation.models.checks import Mode
from community.moderation.services.checking import Change
from community.moderation.watching.patterns import Watched, WordAct

DIGITS = 6


def changes_of(sent: Mapping[str, str]) -> dict[str, Change]:
    """Return how each check is to be set. Raises Invalid for what is no number."""
    return {
        key: Change(
            is_on=f"{key}-on" in sent,
            mode=Mode(sent.get(f"{key}-mode", rule.mode)),
            up_to_level=Level(_number(sent, f"{key}-level", int(rule.up_to_level), 4)),
            numbers={
                name: _number(sent, f"{key}-{name}", number.default, 10**DIGITS)
                for name, number in rule.numbers.items()
            },
        )
        for key, rule in RULES.items()
    }


def _number(sent: Mapping[str, str], name: str, default: int, most: int) -> int:
    given = sent.get(name, str(default)).strip()
    if not (given.isascii() and given.isdigit() and len(given) <= DIGITS and int(given) <= most):
        raise Invalid(_l("“%(given)s” is no number that fits here.", given=given[:20]), field=name)
    return int(given)


def word_of(sent: Mapping[str, str]) -> Watched:
    """Return the word that a form describes. Raises Invalid for an act that there is not."""
    act = sent.get("act", "")
    if act not in set(WordAct):
        raise Invalid(_l("Choose what happens."), field="act")
    shape = sent.get("shape", "word")
    return Watched(
        pattern=sent.get("pattern", "").strip(),
        act=WordAct(act),
        language=sent.get("language", ""),
        is_regex=shape == "regex",
        is_part=shape == "part",
        instead=sent.get("instead", "").strip(),
    )
