"""Flagging posts and profiles, and what enough flags do by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from community.core.clock import now
from community.core.db import db, lock, save, stand_in_line, transaction
from community.core.errors import Conflict, Invalid, TooMany
from community.core.events import emit
from community.core.i18n import _l
from community.core.policy import require
from community.core.settings import Setting
from community.members.models import Member
from community.moderation import automation, rulings, scoring
from community.moderation.events import FlagRaised
from community.moderation.models.flags import Flag, FlagReason
from community.moderation.models.items import ItemKind, StepKind
from community.moderation.policies.queue import may_flag
from community.moderation.queries import flags as flag_queries
from community.moderation.services import queueing
from community.posts import queries as post_queries
from community.posts.models import Post

A_DAY = Setting("flags_a_day", 20, "Flags that a member may raise in 24 hours.")
AGAIN_AFTER = Setting(
    "flags_again_after", 24, "Hours before what was judged is flagged again for the same reason."
)
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """What a member says is wrong, and which text of the post they read (0: the present one)."""

    reason: FlagReason
    said: str = ""
    post_version: int = 0


@transaction
def flag(actor: Member, subject: Post | Member, complaint: Complaint) -> Flag:
    """Report a post or a profile to the moderators; enough flags hide a post by themselves.

    Raises TooMany over the limit of a day, Conflict for what the member reported already or what
    was judged a short while ago, and Invalid without words where words are needed.
    """
    require(may_flag(actor, subject))
    # Two flags of one member come one after the other.
    stand_in_line(actor)
    subject = post_queries.locked(subject.id) if isinstance(subject, Post) else lock(subject)
    require(may_flag(actor, subject))
    _refuse_without_words(complaint)
    _refuse_again(actor, subject, complaint)
    _refuse_too_many(actor)
    raised = _raise(actor, subject, complaint)
    automation.heed(raised)
    emit(
        FlagRaised(
            flag_id=raised.id,
            item_id=raised.item_id,
            post_id=raised.post_id,
            member_id=raised.about_id,
        )
    )
    return raised


def _key_of(subject: Post | Member) -> str:
    """Return the key of a subject: "posts:7" or "members:3"."""
    return f"{'posts' if isinstance(subject, Post) else 'members'}:{subject.id}"


def _raise(actor: Member, subject: Post | Member, complaint: Complaint) -> Flag:
    post = subject if isinstance(subject, Post) else None
    item = queueing.open_item(
        ItemKind.FLAG, post_id=post.id if post else None, member_id=subject.id
    )
    accuracy = flag_queries.accuracies([actor.id])[actor.id]
    raised = save(
        Flag(
            item_id=item.id,
            member_id=actor.id,
            subject_key=_key_of(subject),
            post_id=post.id if post else None,
            about_id=item.member_id,
            post_version=(complaint.post_version or post.version) if post else 0,
            reason=complaint.reason,
            said=complaint.said,
            weight=scoring.weight(actor, accuracy, complaint.reason),
        )
    )
    rulings.reckon(item)
    rulings.note_step(item.id, StepKind.FLAGGED, actor, complaint.reason)
    db.session.flush()
    return raised


def _refuse_without_words(complaint: Complaint) -> None:
    if complaint.reason == FlagReason.OTHER and not complaint.said.strip():
        raise Invalid(_l("Please say what is wrong."), field="said")


def _refuse_again(actor: Member, subject: Post | Member, complaint: Complaint) -> None:
    """Refuse what this member reported already, and what was judged and is still the same text."""
    key = _key_of(subject)
    edited_at = subject.edited_at if isinstance(subject, Post) else None
    earlier = flag_queries.latest_of(actor, key, complaint.reason)
    if earlier is not None and _is_still_so(earlier, edited_at):
        raise Conflict(_l("You reported this already. Thank you: it is with the moderators."))
    a_while_ago = now() - timedelta(hours=AGAIN_AFTER.get())
    judged_at = flag_queries.judged_since(key, complaint.reason, a_while_ago)
    if judged_at is not None and (edited_at is None or edited_at <= judged_at):
        raise Conflict(_l("A moderator has looked at this a short while ago and decided."))


def _is_still_so(earlier: Flag, edited_at: datetime | None) -> bool:
    """Tell whether an earlier flag says all there is: it waits, or the post is the same since."""
    if earlier.judged_at is None:
        return True
    unchanged = edited_at is None or edited_at <= earlier.judged_at
    return earlier.post_id is not None and unchanged


def _refuse_too_many(actor: Member) -> None:
    if flag_queries.raised_since(actor, DAY) >= A_DAY.get():
        raise TooMany(
            _l("You have reported a lot in a day. The moderators are looking at it."),
            seconds=int(DAY.total_seconds()),
        )
