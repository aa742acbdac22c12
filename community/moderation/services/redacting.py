"""Taking personal data out of a post, its history, the mails that wait, and the search."""

from __future__ import annotations

from typing import Any

from community.core import mail, subjects
from community.core.audit import record
from community.core.db import db, transaction
from community.core.errors import Invalid
from community.core.i18n import _l
from community.core.policy import require
from community.members.models import Member
from community.moderation.policies.redacting import may_redact
from community.moderation.queries import redacting as redaction_queries
from community.posts.models import Post
from community.posts.redaction import Redaction, without
from community.posts.services import redacting


@transaction
def redact(actor: Member, post: Post, redaction: Redaction) -> None:
    """Put "[removed]" in place of words, everywhere they stand because of this post.

    The record says that it was done, and not what stood there. Raises Invalid if the words stand
    nowhere, and Conflict if somebody edited the post meanwhile.
    """
    require(may_redact(actor, post))
    texts = redacting.take_out(post, redaction)
    told = _take_out_of_statements(post, redaction) + _take_out_of_findings(post, redaction)
    mails = mail.rewrite_waiting(lambda text: without(text, redaction.words))
    if not texts + told + mails:
        raise Invalid(_l("These words stand nowhere in this post or its history."))
    subjects.settle(post.kind, post.id, {})
    record(actor.id, "redact", f"posts:{post.id}", after={"texts": texts, "mails": mails})


def _take_out_of_statements(post: Post, redaction: Redaction) -> int:
    """A statement of reasons quotes the post."""
    changed = 0
    for measure in redaction_queries.measures_on(post.id):
        before = (measure.statement, measure.facts)
        measure.statement = without(measure.statement, redaction.words)
        measure.facts = without(measure.facts, redaction.words)
        changed += before != (measure.statement, measure.facts)
    db.session.flush()
    return changed


def _take_out_of_findings(post: Post, redaction: Redaction) -> int:
    """What checks found, such as a telephone number, is quoted in the queue."""
    changed = 0
    for hit in redaction_queries.hits_on(post.id):
        before, hit.evidence = hit.evidence, _cleared(hit.evidence, redaction)
        changed += before != hit.evidence
    for item in redaction_queries.items_about(post.id):
        found, item.found = item.found, _cleared(item.found, redaction)
        changed += found != item.found
    db.session.flush()
    return changed


def _cleared(found: Any, redaction: Redaction) -> Any:  # noqa: ANN401 - what JSON can hold
    """Take the words out of every text in a value of JSON."""
    if isinstance(found, str):
        return without(found, redaction.words)
    if isinstance(found, dict):
        return {key: _cleared(value, redaction) for key, value in found.items()}
    if isinstance(found, list):
        return [_cleared(value, redaction) for value in found]
    return found
