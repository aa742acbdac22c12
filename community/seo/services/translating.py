"""Linking what the company says in several languages."""

from __future__ import annotations

from community.core.audit import record
from community.core.db import lock, transaction
from community.core.errors import Invalid
from community.core.i18n import LANGUAGES, _l
from community.core.policy import require
from community.members.models import Member
from community.questions.models import Question
from community.seo.policies import may_link_translations
from community.seo.queries import translations


@transaction
def link_translations(actor: Member, question: Question, other: Question) -> None:
    """Say that a thread is the translation of another one, and of all that are linked with it.

    Raises Invalid for one that is gone, or if a language would be there twice.
    """
    require(may_link_translations(actor))
    together = {each.id: each for each in _with(lock(question)) + _with(lock(other))}
    languages = [each.lang for each in together.values()]
    if question.id == other.id or not (question.is_visible and other.is_visible):
        raise Invalid(_l("Name another thread that everybody can read."))
    if len(set(languages)) < len(languages) or not set(languages) <= LANGUAGES.keys():
        raise Invalid(_l("Translations are in languages of the forum, each in another one."))
    first = min(together)
    for each in together.values():
        each.translations_id = first
    record(actor.id, "link-translations", f"posts:{question.id}", after=other.id)


@transaction
def unlink_translation(actor: Member, question: Question) -> None:
    """Say that a thread is no translation; the others stay together."""
    require(may_link_translations(actor))
    question.translations_id = None
    record(actor.id, "unlink-translation", f"posts:{question.id}")


def _with(question: Question) -> list[Question]:
    """Return a thread with its translations."""
    return list(translations.of(question)) or [question]
