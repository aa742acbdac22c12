"""What moderators of the sample community have to look at, so that their pages are not empty."""

from __future__ import annotations

from sqlalchemy import select

from community.core.db import db
from community.members.models import Member, Role
from community.moderation.models.flags import FlagReason
from community.moderation.models.measures import MeasureAct
from community.moderation.models.notices import Ground
from community.moderation.models.rules import RuleKey
from community.moderation.services import bulk, flagging, measuring, noticing
from community.posts.models import Post

INSULT = "It insults the person who asked, instead of answering."


def quarrel(suspended: Member) -> None:
    """Report a post, tell of another, warn its author, suspend a member, lock many posts."""
    ada = db.session.scalars(select(Member).where(Member.role == Role.ADMIN)).one()
    ana, bruno, carla = (_named(handle) for handle in ("ana", "bruno", "carla"))
    # The journeys look at older threads.
    said = db.session.scalars(select(Post).where(Post.kind == "answer").order_by(Post.id.desc()))
    reported, told_of, warned, locked = said.all()[:4]
    for who, reason in ((ana, FlagReason.ABUSIVE), (bruno, FlagReason.SPAM)):
        complaint = flagging.Complaint(reason=reason, said="Look at the last sentence.")
        flagging.flag(who, reported, complaint)
    flagging.flag(carla, suspended, flagging.Complaint(reason=FlagReason.ABUSIVE))
    noticing.receive(
        noticing.NoticeDraft(
            address="https://forum.example/answers/1",
            ground=Ground.PRIVACY,
            reasons="It names my home and my number without asking me.",
            language="en",
            name="Nora Notifier",
            email="nora@example.org",
            post_id=told_of.id,
        )
    )
    on_post = {"act": MeasureAct.WARN, "post_id": warned.id}
    on_member = {"act": MeasureAct.SUSPEND, "member_id": suspended.id}
    for concerned in (on_post, on_member):
        measuring.take(ada, measuring.MeasureDraft(**concerned, facts=INSULT, rule="abusive"))
    many = bulk.Selection(
        post_ids=[locked.id], act=MeasureAct.LOCK, rule=RuleKey.OFF_TOPIC, facts="It is old."
    )
    bulk.measure_many(ada, many)


def _named(handle: str) -> Member:
    return db.session.scalars(select(Member).where(Member.handle == handle)).one()
