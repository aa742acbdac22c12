"""Who may flag, and who may work in the review queue."""

from __future__ import annotations

from community.core.i18n import _l
from community.core.policy import Verdict, allowed_if
from community.members.models import Actor, Member
from community.moderation.models.items import Item, StaffNote
from community.posts.models import Post


def may_flag(actor: Actor, subject: Post | Member) -> Verdict:
    """Members flag what others wrote and the profiles of others, as long as these are there."""
    if not actor.is_authenticated:
        return Verdict(_l("Log in to report something."))
    if actor.is_suspended:
        return Verdict(_l("Your account is closed for writing."))
    return (
        _may_flag_post(actor, subject) if isinstance(subject, Post) else _may_flag(actor, subject)
    )


def _may_flag_post(actor: Actor, post: Post) -> Verdict:
    if not post.is_visible:
        return Verdict(_l("This post is not public any more."))
    return allowed_if(post.author_id != actor.id, _l("You cannot report your own post."))


def _may_flag(actor: Actor, member: Member) -> Verdict:
    if member.deleted_at is not None:
        return Verdict(_l("This account is not here any more."))
    return allowed_if(member.id != actor.id, _l("You cannot report yourself."))


def may_review(actor: Actor) -> Verdict:
    """Moderators work in the review queue, those of single products in their part of it."""
    return allowed_if(actor.moderates_something, _l("Only moderators work in the review queue."))


def may_decide(actor: Actor, item: Item) -> Verdict:
    """Moderators decide on what belongs to their products, but not upon themselves."""
    if not actor.moderates(item.product_id):
        return Verdict(_l("Only moderators of this product decide here."))
    return allowed_if(
        actor.id != item.member_id, _l("This is about you. Another moderator has to decide it.")
    )


def may_note(actor: Actor, member: Member) -> Verdict:
    """Moderators note what others of the staff should know of a member, but not of themselves."""
    if not actor.moderates_something:
        return Verdict(_l("Only moderators read and write notes on members."))
    return allowed_if(actor.id != member.id, _l("Nobody writes notes on themselves."))


def may_remove_note(actor: Actor, note: StaffNote) -> Verdict:
    """Who wrote a note takes it away, and so do admins."""
    allowed = actor.is_admin or (actor.moderates_something and actor.id == note.author_id)
    return allowed_if(allowed, _l("Only the person who wrote a note can remove it."))
