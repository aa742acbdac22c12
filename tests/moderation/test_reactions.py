"""What follows in moderation from what happens below."""

from sqlalchemy import select

from community.core.db import db, transaction
from community.core.events import emit
from community.members.events import MemberJoined
from community.moderation.models.rules import Acceptance


def test_joining_twice_accepts_once(make):
    ann = make.member()
    for _ in range(2):
        transaction(emit)(MemberJoined(member_id=ann.id))
    assert db.session.scalars(select(Acceptance.member_id)).all() == [ann.id]
