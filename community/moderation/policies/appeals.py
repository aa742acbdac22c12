"""Who may object, and who may decide about it."""

from __future__ import annotations

from community.core.clock import now
from community.core.i18n import _l
from community.core.policy import Verdict, allowed_if
from community.members.models import Actor
from community.moderation.models.appeals import Appeal
from community.moderation.models.measures import Lifting, Measure
from community.moderation.policies.measures import may_open_dialog
from community.moderation.statements import appeal_until
from community.posts.models import Post


def may_appeal(actor: Actor, measure: Measure, appeal: Appeal | None) -> Verdict:
    """The person concerned objects once, for six months, free of charge."""
    if actor.id is None or actor.id != measure.member_id:
        return Verdict(_l("Only the person a measure concerns can object to it."))
    if appeal is not None:
        return Verdict(_l("You have objected to this already."))
    if measure.lifted_as in {Lifting.TAKEN_BACK, Lifting.APPEAL}:
        return Verdict(_l("This measure was taken back, so there is nothing to object to."))
    return allowed_if(now() <= appeal_until(measure), _l("The six months for objecting are over."))


def may_decide_appeal(actor: Actor, appeal: Appeal, moderators: int, post: Post | None) -> Verdict:
    """Another person than the one who took the measure decides, and nobody about themselves.

    `moderators` counts those who could: where there is no other one, the admin decides. Those of
    a product decide about posts that belong to it; `post` is None for an account.
    """
    if not may_open_dialog(actor, post):
        return Verdict(_l("Only moderators decide about objections."))
    if actor.id == appeal.member_id:
        return Verdict(_l("This is about you. Another moderator has to decide it."))
    if actor.id != appeal.measure.actor_id:
        return allowed_if(appeal.decided_at is None, _l("This is decided already."))
    if moderators > 0:
        return Verdict(_l("You took this measure, so somebody else has to decide."))
    return allowed_if(
        actor.is_admin and appeal.decided_at is None,
        _l("You took this measure. As there is no other moderator, the admin decides."),
    )
