"""Keeping what a member is writing before it is sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import bindparam, delete

from community.core.clock import now
from community.core.db import connection, db, lock, save, transaction
from community.core.errors import Invalid
from community.core.i18n import _l
from community.core.jobs import periodic
from community.core.policy import require, unguarded
from community.members.models import Member
from community.questions import queries
from community.questions.models import Draft as Kept
from community.questions.policies import may_write

MOST_CHARACTERS = 60_000
MOST_DRAFTS = 50
KEPT = timedelta(days=90)
# Put together once: that takes longer than the database needs for it.
_drafts = Kept.__table__
_FORGET = delete(_drafts).where(  # type: ignore[arg-type]
    _drafts.c.member_id == bindparam("member"), _drafts.c.place == bindparam("at")
)


@transaction
def keep_draft(actor: Member, place: str, fields: Mapping[str, str]) -> None:
    """Keep what was typed at a place, such as "question" or "answer:7"; nothing typed forgets it.

    Raises Invalid for more than a form can hold, or for too many drafts.
    """
    require(may_write(actor))
    typed = {name: text for name, text in fields.items() if text.strip()}
    if not typed:
        forget_draft(actor, place)
        return
    as_text = json.dumps(typed, ensure_ascii=False)
    if len(as_text) > MOST_CHARACTERS:
        raise Invalid(_l("This text is too long to be kept as a draft."))
    lock(actor)
    draft = queries.draft_of(actor, place)
    if draft is None:
        if queries.number_of_drafts(actor) >= MOST_DRAFTS:
            raise Invalid(_l("You have many drafts already. Send or discard some first."))
        save(Kept(member_id=actor.id, place=place, fields=as_text))
    else:
        draft.fields, draft.saved_at = as_text, now()


@transaction
def forget_draft(actor: Member, place: str) -> None:
    """Forget what was typed at a place, because it was sent or thrown away."""
    require(may_write(actor))
    connection().execute(_FORGET, {"member": actor.id, "at": place})


@periodic("forget_old_drafts", hour="4", minute="20")
@transaction
@unguarded("cleaning up by the clock")
def forget_old() -> None:
    """Forget drafts that nobody touched for a long time."""
    db.session.execute(delete(Kept).where(Kept.saved_at < now() - KEPT))
