"""Taking words out of a post and of everything it ever said."""

from __future__ import annotations

from community.core.db import db, lock, transaction
from community.core.errors import Conflict
from community.core.i18n import _l
from community.core.policy import unguarded
from community.posts import queries
from community.posts.models import Post
from community.posts.redaction import Redaction, without


@transaction
@unguarded("called by moderation, which requires its policy and keeps the record")
def take_out(post: Post, redaction: Redaction) -> int:
    """Take the words out of a post and all its revisions; return how many texts changed.

    The version stays: this is no edit. Raises Conflict if somebody edited the post meanwhile.
    """
    if lock(post).version != redaction.version:
        raise Conflict(_l("The text was changed while you were looking at it. Please look again."))
    changed = int(post.body != redaction.text.source or post.headline != redaction.title)
    post.set_text(redaction.text.source, redaction.text.rendered)
    if post.headline:
        post.set_title(redaction.title)
    for revision in queries.revisions_of(post):
        before = (revision.title, revision.body, revision.reason)
        revision.title = without(revision.title, redaction.words)
        revision.body = without(revision.body, redaction.words)
        revision.reason = without(revision.reason, redaction.words)
        changed += before != (revision.title, revision.body, revision.reason)
    db.session.flush()
    return changed
