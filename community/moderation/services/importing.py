"""Measures for posts that an import brings along hidden: many at once, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, case, insert, literal, null, select

from community.core.clock import now
from community.core.db import db, transaction
from community.core.i18n import LANGUAGES, _l, force_locale
from community.core.policy import unguarded
from community.members.models import Member
from community.moderation.models.measures import Means, Measure, MeasureAct
from community.moderation.models.rules import RuleKey
from community.moderation.statements import ACTS
from community.posts.models import Post

FACTS = _l("It was marked as spam in the community that it comes from.")


@transaction
@unguarded("called by imports, which whoever owns the forum starts")
def note_hidden(post_ids: Sequence[int]) -> None:
    """Write the measure of each of these imported posts, which are hidden already.

    Their authors have no account here yet: who claims one finds the statement.
    """
    if not post_ids:
        return
    columns: dict[str, Any] = {
        "act": literal(MeasureAct.REMOVE.value),
        "post_id": Post.id,
        "member_id": Post.author_id,
        "actor_id": null(),
        "taken_at": literal(now(), Measure.__table__.c.taken_at.type),
        "facts": _in_language_of_author(str),
        "rule": literal(RuleKey.SPAM.value),
        "law": literal(""),
        "found_by": literal(Means.PERSON.value),
        "decided_by_automation": literal(False),  # noqa: FBT003
        "is_mass_spam": literal(True),  # noqa: FBT003
        "language": Member.language,
        "statement": _in_language_of_author(_statement),
        "before": literal({}, Measure.__table__.c.before.type),
        "lift_reason": literal(""),
    }
    hidden = select(*columns.values()).join(Member, Member.id == Post.author_id)
    hidden = hidden.where(Post.id.in_(post_ids), Post.hidden_at.is_not(None))
    db.session.execute(insert(Measure).from_select(list(columns), hidden, include_defaults=False))


def _in_language_of_author(words: Any) -> ColumnElement[str]:  # noqa: ANN401
    said = {}
    for language in LANGUAGES:
        with force_locale(language):
            said[language] = words(FACTS)
    return case(said, value=Member.language, else_=said["en"])


def _statement(facts: object) -> str:
    return f"{ACTS[MeasureAct.REMOVE]}\n{facts}"
