"""Looking again at a question whose facts changed without anybody writing."""

from __future__ import annotations

from community.core.db import lock, transaction
from community.core.policy import unguarded
from community.questions import queries
from community.questions.threads import settle


@transaction
@unguarded("what follows from votes")
def review(post_id: int) -> None:
    """Work out again what follows from the facts of the thread that a post belongs to."""
    settle(lock(queries.question_of(queries.post_by_id(post_id))))
