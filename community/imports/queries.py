"""Finding what old addresses lead to."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from community.core.db import db
from community.core.errors import existing
from community.core.i18n import _l
from community.imports.models import Import, OldId
from community.posts.models import Post
from community.questions.models import Answer, Question

# In these sources questions and answers are numbered together, so either address finds both.
NUMBERED_TOGETHER = {"stack-exchange"}


def post_of(source: str, kind: str, old_id: str) -> Question | Answer:
    """Return the question or answer that had this number on the old forum.

    Raises NotFound for a number that never came in.
    """
    kinds = ["questions", "answers"] if source in NUMBERED_TOGETHER else [kind]
    wanted = (
        select(Post)
        .join(OldId, OldId.post_id == Post.id)
        .where(OldId.source == source, OldId.kind.in_(kinds), OldId.old_id == old_id)
    )
    post = existing(db.session.scalar(wanted), _l("Nothing came here under this old address."))
    assert isinstance(post, Question | Answer)
    return post


def finished_sources() -> Sequence[str]:
    """Return the sources whose communities have moved in completely."""
    done = select(Import.source).where(Import.finished_at.is_not(None))
    return db.session.scalars(done).all()
