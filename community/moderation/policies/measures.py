"""Who may restrict whom, and who may see why."""

from __future__ import annotations

from community.core.i18n import _l
from community.core.policy import ALLOWED, Verdict, allowed_if
from community.members.models import Actor, Member
from community.moderation.models.measures import ON_POSTS, Measure, MeasureAct
from community.posts.models import Post

# Refused to whoever runs the forum: their role has to be taken away first.
SHUTS_OUT = frozenset({MeasureAct.SUSPEND, MeasureAct.END_ACCOUNT, MeasureAct.MUTE})


def may_measure(
    actor: Actor | None, act: MeasureAct, member: Member, post: Post | None = None
) -> Verdict:
    """Moderators restrict members; admins restrict moderators, too; automation nobody of staff.

    `actor` is None for automation. Nobody restricts themselves, and no admin is shut out.
    Moderators of a product restrict posts that belong to it, and no accounts.
    """
    if actor is None:
        powerful = member.is_staff or member.is_moderator
        return allowed_if(not powerful, _l("Automation touches nobody of the staff."))
    if not may_open_dialog(actor, post):
        return may_open_dialog(actor, post)
    if actor.id == member.id and act not in ON_POSTS:
        return Verdict(_l("You cannot restrict yourself."))
    return _may_touch_staff(actor, act, member)


def may_open_dialog(actor: Actor, post: Post | None) -> Verdict:
    """Moderators restrict posts and members; those of a product the posts that belong to it."""
    allowed = actor.is_moderator or (post is not None and actor.moderates(post.product_id))
    return allowed_if(allowed, _l("Only moderators restrict posts and members."))


def _may_touch_staff(actor: Actor, act: MeasureAct, member: Member) -> Verdict:
    if member.is_admin and act in SHUTS_OUT:
        return Verdict(_l("An admin cannot be shut out. Take the role away first."))
    if member.is_moderator and act not in ON_POSTS:
        return allowed_if(actor.is_admin, _l("Only admins restrict moderators."))
    return ALLOWED


def may_lift(actor: Actor | None, measure: Measure, post: Post | None) -> Verdict:
    """Moderators take back what they may restrict; what has come to its end, the clock does.

    `post` is what the measure is about, None for an account.
    """
    if measure.lifted_at is not None:
        return Verdict(_l("This measure is over already."))
    allowed = actor is None or (
        bool(may_open_dialog(actor, post)) and actor.id != measure.member_id
    )
    return allowed_if(allowed, _l("Only moderators take measures back, and nobody their own."))


def may_see_measure(actor: Actor, measure: Measure, post: Post | None) -> bool:
    """The person concerned sees a measure, and so does who moderates what it is about."""
    concerned = actor.id is not None and actor.id == measure.member_id
    return concerned or bool(may_open_dialog(actor, post))
