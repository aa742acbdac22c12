"""Writing the rules of the community, and accepting them."""

from __future__ import annotations

from dataclasses import dataclass

from community.core.audit import record
from community.core.clock import now
from community.core.db import db, insert_once, lock, save, transaction
from community.core.errors import Conflict, Invalid
from community.core.i18n import _l
from community.core.policy import require, unguarded
from community.core.settings import Setting
from community.core.text import Rendered
from community.members.models import Member
from community.moderation.models.rules import Acceptance, RulesVersion
from community.moderation.policies.rules import may_accept_rules, may_write_rules
from community.moderation.queries import rules as rule_queries

# The latest version that members are asked to accept; written by publishing one.
ASKED = Setting("rules_asked", 0, "The version of the rules to accept.", for_people=False)


@dataclass(frozen=True, kw_only=True)
class RulesDraft:
    """New rules in both languages, rendered, what is new in them, and what they follow."""

    english: str
    english_html: Rendered
    spanish: str
    spanish_html: Rendered
    summary_en: str = ""
    summary_es: str = ""
    is_material: bool = True
    follows: int


@transaction
def publish(actor: Member, draft: RulesDraft) -> RulesVersion:
    """Put a new version in force. A material change is shown to members, who are asked to accept.

    Raises Invalid where a language lacks, and Conflict if somebody published meanwhile.
    """
    require(may_write_rules(actor))
    if not (draft.english.strip() and draft.spanish.strip()):
        raise Invalid(_l("The rules have to be there in both languages."))
    if draft.is_material and not (draft.summary_en.strip() and draft.summary_es.strip()):
        raise Invalid(_l("Say in both languages what is new: members read it."))
    number = rule_queries.number_in_force()
    if number != draft.follows:
        raise Conflict(_l("Somebody published other rules meanwhile. Compare, then save again."))
    version = save(
        RulesVersion(
            number=number + 1,
            body_en=draft.english,
            body_en_html=draft.english_html.html,
            body_es=draft.spanish,
            body_es_html=draft.spanish_html.html,
            summary_en=draft.summary_en.strip(),
            summary_es=draft.summary_es.strip(),
            is_material=draft.is_material,
            published_by_id=actor.id,
        )
    )
    if draft.is_material:
        ASKED.put(version.number)
    record(actor.id, "publish-rules", f"rules:{version.number}", reason=version.summary_en)
    return version


@transaction
def accept(actor: Member, number: int) -> None:
    """Note that a member accepts the rules as they are. Raises Conflict for an old version."""
    require(may_accept_rules(actor))
    if number != rule_queries.number_in_force():
        raise Conflict(_l("The rules have changed again. Please read them once more."))
    _note(actor, number, "asked")


@transaction
@unguarded("registering is accepting: the form says so")
def accept_by_registering(member_id: int) -> None:
    """Note that a new member accepted the rules that hold now."""
    _note(db.session.get_one(Member, member_id), rule_queries.number_in_force(), "registration")


def _note(member: Member, number: int, occasion: str) -> None:
    lock(member).rules_accepted = number
    values = {"member_id": member.id, "version_number": number, "occasion": occasion}
    db.session.execute(insert_once(Acceptance, **values, accepted_at=now()))
