"""Finding what old addresses lead to."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Row, func, select
from sqlalchemy.orm import aliased

from community.core.db import db
from community.core.errors import existing
from community.core.i18n import _l
from community.imports.models import Import, OldId
from community.posts.models import Post, Revision
from community.questions.models import Answer, Comment, Question

# In these sources questions and answers are numbered together, so either address finds both.
NUMBERED_TOGETHER = {"stack-exchange"}


def post_of(source: str, kind: str, old_id: str) -> Question | Answer | Comment:
    """Return what had this number on the old forum; an answer may be something else by now.

    Raises NotFound for a number that never came in.
    """
    kinds = ["questions", "answers"] if source in NUMBERED_TOGETHER else [kind]
    wanted = (
        select(Post)
        .join(OldId, OldId.post_id == Post.id)
        .where(OldId.source == source, OldId.kind.in_(kinds), OldId.old_id == old_id)
    )
    post = existing(db.session.scalar(wanted), _l("Nothing came here under this old address."))
    assert isinstance(post, Question | Answer | Comment)
    return post


def with_other_sources(source: str, after: int, limit: int) -> Sequence[Row[int, str, str]]:
    """Return posts whose newest version is not what was made of their HTML: id, HTML, version."""
    other = aliased(Revision)
    newest = select(func.max(other.number)).where(other.post_id == Post.id)
    rows = select(Post.id, Post.body_html, Revision.body)
    return db.session.execute(
        rows.join(Revision, Revision.post_id == Post.id)
        .where(
            Post.imported_from == source,
            Post.id > after,
            Revision.number == newest.correlate(Post).scalar_subquery(),
            Revision.body != Post.body,
        )
        .order_by(Post.id)
        .limit(limit)
    ).all()


def finished_sources() -> Sequence[str]:
    """Return the sources whose communities have moved in completely, the first one first."""
    done = select(Import.source).where(Import.finished_at.is_not(None))
    return db.session.scalars(done.order_by(Import.id)).all()
