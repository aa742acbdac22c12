"""Who may take personal data out of posts."""

from __future__ import annotations

from community.core.i18n import _l
from community.core.policy import Verdict, allowed_if
from community.members.models import Actor
from community.posts.models import Post


def may_redact(actor: Actor, post: Post) -> Verdict:
    """Moderators take personal data out of what they moderate: it cannot be undone."""
    return allowed_if(
        actor.moderates(post.product_id), _l("Only moderators take personal data out.")
    )
