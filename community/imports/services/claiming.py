"""Claiming: with an e-mail address an imported account can be taken over by its owner.

Nothing else is needed: who receives mail there asks for a new password, and has the account.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from sqlalchemy import select

from community.core.db import db, transaction
from community.core.policy import unguarded
from community.imports.models import OldId
from community.imports.services.keeping import BY_COMMAND
from community.members.models import Member

PLAUSIBLE = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>]+\.[^@\s.,;<>]{2,}")
LONGEST = 254


@transaction
@unguarded(BY_COMMAND)
def give_addresses(source: str, addresses: Mapping[str, str]) -> Counter[str]:
    """Give members, by the id they had before, the addresses at which they can claim their account.

    Returns how many of them got one, and how many did not for which reason.
    """
    told: Counter[str] = Counter()
    members = _members(source, list(addresses))
    wanted = {old_id: address.strip().lower() for old_id, address in addresses.items()}
    taken = _taken(set(wanted.values()))
    for old_id, address in wanted.items():
        refusal = _refusal(members.get(old_id), address, taken)
        if not refusal:
            members[old_id].email = address
            taken.add(address)
        told[refusal or "can be claimed now"] += 1
    db.session.flush()
    return told


def _refusal(member: Member | None, address: str, taken: set[str]) -> str:
    """Return why the member does not get the address, or nothing."""
    if member is None:
        return "no such member came in"
    if member.email:
        return "has an address already"
    if len(address) > LONGEST or not PLAUSIBLE.fullmatch(address):
        return "not an e-mail address"
    return "the address belongs to another account" if address in taken else ""


def _members(source: str, ids: list[str]) -> dict[str, Member]:
    rows = select(OldId.old_id, Member).join(Member, Member.id == OldId.member_id)
    mine = rows.where(OldId.source == source, OldId.kind == "members", OldId.old_id.in_(ids))
    return {old_id: member for old_id, member in db.session.execute(mine) if old_id}


def _taken(addresses: set[str]) -> set[str]:
    return set(db.session.scalars(select(Member.email).where(Member.email.in_(addresses))))
