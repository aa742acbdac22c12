"""Who moderates single products."""

from __future__ import annotations

from collections.abc import Iterable

from community.core.audit import record
from community.core.db import transaction
from community.core.policy import unguarded
from community.members.models import Member


@transaction
@unguarded("part of services that ask who may decide it")
def set_moderated(actor_id: int | None, member: Member, product_ids: Iterable[int]) -> None:
    """Let a member moderate these products, and no others."""
    before = {"moderated_products": list(member.moderated_products)}
    member.moderated_products = sorted(set(product_ids))
    after = {"moderated_products": member.moderated_products}
    record(actor_id, "appointed", f"members:{member.id}", before=before, after=after)
