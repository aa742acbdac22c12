"""What the history of an item says, in sentences: also why the forum did something by itself."""

from __future__ import annotations

from typing import Any

from flask_babel import format_decimal

from community.core.i18n import _, _l, _n
from community.moderation.checks import sentences
from community.moderation.forms.reporting import GROUNDS, REASONS
from community.moderation.models.checks import Mode
from community.moderation.models.items import Decision, Item, Step, StepKind
from community.moderation.submissions import Hit

SAYS: dict[StepKind, Any] = {
    StepKind.OPENED: _l("Came into the queue."),
    StepKind.CLAIMED: _l("%(who)s is looking at it."),
    StepKind.RELEASED: _l("%(who)s let others look at it again."),
    StepKind.NOTED: _l("%(who)s noted:"),
    StepKind.FLAGGED: _l("%(who)s reported it: %(what)s"),
    StepKind.NOTICED: _l("A notice of unlawful content came in: %(what)s"),
    StepKind.DECIDED: _l("%(who)s decided: %(what)s"),
    StepKind.LAPSED: _l("Closed by itself, because nobody came to decide: %(what)s"),
}
DECIDED: dict[str, Any] = {
    Decision.AGREE: _l("the reports are right"),
    Decision.DISAGREE: _l("nothing is wrong"),
    Decision.IGNORE: _l("ignored"),
    Decision.APPROVE: _l("published"),
    Decision.REJECT: _l("rejected"),
    Decision.UPHOLD: _l("the appeal is right"),
    Decision.REFUSE: _l("the measure stands"),
}


def why(item: Item) -> str:
    """Say why an item is here: what checks found, in the reader's language, or a person's words."""
    hits = [Hit(check=check, mode=Mode.HOLD, evidence=evidence) for check, evidence in item.found]
    return "; ".join(dict.fromkeys(sentences.why(hit) for hit in hits)) or item.why


def explain(step: Step) -> str:
    """Say what happened in a sentence, in the reader's language."""
    if step.kind == StepKind.HIDDEN:
        return _hidden(step.facts)
    if step.kind == StepKind.HELD:
        return _held(step.facts)
    who = step.member.name if step.member else _("Somebody")
    words = {StepKind.FLAGGED: REASONS, StepKind.NOTICED: GROUNDS}.get(step.kind, DECIDED)
    what = words.get(step.said, step.said)  # type: ignore[attr-defined]
    return str(SAYS[step.kind]) % {"who": who, "what": what}


def _hidden(facts: dict[str, Any]) -> str:
    said = _n(
        "Hidden automatically: %(num)s flag worth %(score)s, threshold %(threshold)s.",
        "Hidden automatically: %(num)s flags worth %(score)s, threshold %(threshold)s.",
        facts["flags"],
        score=_decimal(facts["score"]),
        threshold=_decimal(facts["threshold"]),
    )
    return str(said)


def _held(facts: dict[str, Any]) -> str:
    said = _n(
        "Held automatically: %(num)s member flagged posts of this newcomer, together worth "
        "%(score)s, threshold %(threshold)s.",
        "Held automatically: %(num)s members flagged posts of this newcomer, together worth "
        "%(score)s, threshold %(threshold)s.",
        facts["flaggers"],
        score=_decimal(facts["score"]),
        threshold=_decimal(facts["threshold"]),
    )
    return str(said)


def _decimal(number: float) -> str:
    """Write a number with one decimal, as the reader's language does."""
    return str(format_decimal(number, "0.0"))
