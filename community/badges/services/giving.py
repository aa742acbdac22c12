"""Staff honour a member, with a reason that everybody can read."""

from __future__ import annotations

from community.badges.models import Award, Badge
from community.badges.policies import may_give_to
from community.badges.services.running import announce
from community.core.audit import record
from community.core.db import save, transaction
from community.core.errors import Invalid
from community.core.i18n import _l
from community.core.policy import require
from community.members.models import Member
from community.posts.models import Post


@transaction
def give(
    actor: Member, badge: Badge, member: Member, reason: str, post: Post | None = None
) -> Award:
    """Give a member a badge for a reason and, if there is one, for a post of theirs.

    Raises Invalid without a reason or for somebody else's post, Conflict for the second time.
    """
    require(may_give_to(actor, badge, member))
    if not reason.strip():
        raise Invalid(_l("Please say what it is for: everybody reads it."), field="reason")
    if post and (post.author_id != member.id or not post.is_visible):
        raise Invalid(_l("This is not a public post of this member."), field="post")
    award = save(
        Award(
            badge_id=badge.id,
            member_id=member.id,
            occasion=f"post:{post.id}" if post else "",
            post_id=post.id if post else None,
            reason=reason.strip(),
            given_by_id=actor.id,
        )
    )
    record(actor.id, "give-badge", f"members:{member.id}", after=badge.key, reason=reason.strip())
    announce(badge, member.id, post.id if post else None)
    return award
