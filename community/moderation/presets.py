"""What moderators say most often about a breach of each rule, ready in every language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from community.core.i18n import LANGUAGES, _l, force_locale
from community.moderation.models.measures import MeasureAct
from community.moderation.models.rules import RuleKey

TITLES: dict[RuleKey, Any] = {
    RuleKey.SPAM: _l("No spam or advertising"),
    RuleKey.ABUSIVE: _l("Be kind"),
    RuleKey.OFF_TOPIC: _l("Stay on topic"),
    RuleKey.PERSONAL_DATA: _l("Protect personal data"),
    RuleKey.UNLAWFUL: _l("Nothing unlawful"),
    RuleKey.OTHER: _l("Other rules of the community"),
}


@dataclass(frozen=True, kw_only=True)
class Preset:
    """What is usually done about a breach of a rule, and the facts in a sentence."""

    rule: RuleKey
    act: MeasureAct
    facts: Any

    @property
    def title(self) -> str:
        return str(TITLES[self.rule])


ON_A_POST = (
    Preset(
        rule=RuleKey.SPAM,
        act=MeasureAct.REMOVE,
        facts=_l("The post advertises something and has nothing to do with a question here."),
    ),
    Preset(
        rule=RuleKey.ABUSIVE,
        act=MeasureAct.HIDE,
        facts=_l("The post insults or attacks a person instead of discussing the matter."),
    ),
    Preset(
        rule=RuleKey.OFF_TOPIC,
        act=MeasureAct.HIDE,
        facts=_l("The post is about something else than this community."),
    ),
    Preset(
        rule=RuleKey.PERSONAL_DATA,
        act=MeasureAct.HIDE,
        facts=_l("The post shows personal data, such as an address, a number or an order."),
    ),
    Preset(
        rule=RuleKey.UNLAWFUL,
        act=MeasureAct.REMOVE,
        facts=_l("The post contains something that the law forbids to publish."),
    ),
)
ON_A_MEMBER = (
    Preset(
        rule=RuleKey.SPAM,
        act=MeasureAct.SUSPEND,
        facts=_l("The account was used to advertise, again and again."),
    ),
    Preset(
        rule=RuleKey.ABUSIVE,
        act=MeasureAct.WARN,
        facts=_l("Several posts of this account insulted or attacked other people."),
    ),
    Preset(
        rule=RuleKey.OFF_TOPIC,
        act=MeasureAct.WARN,
        facts=_l("Several posts of this account were about something else than this community."),
    ),
)


def in_language(facts: str, language: str) -> str:
    """Return a sentence of a preset in this language; what somebody typed stays as it is."""
    for preset in (*ON_A_POST, *ON_A_MEMBER):
        if facts.strip() in said_everywhere(preset.facts):
            with force_locale(language):
                return str(preset.facts)
    return facts.strip()


def said_everywhere(words: object) -> set[str]:
    """Return a translatable sentence in every language there is."""
    found = set()
    for language in LANGUAGES:
        with force_locale(language):
            found.add(str(words))
    return found
