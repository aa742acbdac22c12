"""Taking personal data out of a post, its history, the mails that wait, and the search."""

from __future__ import annotations

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
    require(may_redact(actor))
    texts = redacting.take_out(post, redaction)
    told = _take_out_of_statements(post, redaction)
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
