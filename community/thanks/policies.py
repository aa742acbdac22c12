"""Who may say thank you."""

from __future__ import annotations

from community.core.i18n import _l
from community.core.policy import Verdict, allowed_if
from community.members.models import Actor
from community.posts.models import Post


def may_thank(actor: Actor, post: Post) -> Verdict:
    """Members thank others for what everybody can read."""
    if not actor.is_authenticated:
        return Verdict(_l("Log in to say thank you."))
    if actor.is_suspended:
        return Verdict(_l("Your account is closed for writing."))
    if not post.is_visible:
        return Verdict(_l("This post is not public, so it takes no thanks."))
    return allowed_if(post.author_id != actor.id, _l("You cannot thank yourself."))
