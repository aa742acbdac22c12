"""What the worker does after a community has moved in."""

from __future__ import annotations

from community.core.jobs import job
from community.imports.services.keeping import relate_next
from community.questions.queries import relations
from community.questions.services import relating

PORTION = 200


@job("imports.relate")
def relate(after: int) -> None:
    """Find what belongs beside the next questions, and come back for more.

    One long job would keep mails and notifications waiting.
    """
    ids = relations.public_ids(after, PORTION)
    if ids:
        relating.relate(relations.related(ids))
        relate_next(ids[-1])
