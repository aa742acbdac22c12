"""Adding the views that were counted in memory."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table, bindparam, update

from community.core.db import db, transaction
from community.core.policy import unguarded
from community.questions.models import Question


@transaction
@unguarded("reading changes nothing but its own count")
def add_views(views: dict[int, int]) -> None:
    """Add to the views of many questions at once: {question id: views}."""
    table = cast(Table, Question.__table__)
    adding = update(table).where(table.c.id == bindparam("read"))
    db.session.connection().execute(
        adding.values(views=table.c.views + bindparam("more")),
        [{"read": number, "more": more} for number, more in sorted(views.items())],
    )
