"""Who may do what with pictures."""

from __future__ import annotations

from community.core.i18n import _l
from community.core.policy import Verdict, allowed_if
from community.members import policies as member_policies
from community.members.models import Actor
from community.posts.models import Attachment, Post


def may_upload(actor: Actor) -> Verdict:
    """Every member who may write may add pictures."""
    if not actor.is_authenticated:
        return Verdict(_l("Log in to add a picture."))
    return member_policies.may_write(actor)


def may_see(actor: Actor, picture: Attachment, shown_in: list[Post]) -> Verdict:
    """Everybody sees what a public post shows; before it is posted, only who uploaded it.

    `shown_in` is the post that the picture belongs to, and the posts around that one.
    Moderators see all.
    """
    mine = picture.post_id is None and actor.id == picture.member_id
    moderates = actor.is_moderator or any(actor.moderates(post.product_id) for post in shown_in)
    allowed = moderates or mine or is_public(picture, shown_in)
    return allowed_if(allowed, _l("This picture is not public."))


def is_public(picture: Attachment, shown_in: list[Post]) -> bool:
    """Say whether a picture may be seen by anybody, and so be kept by caches."""
    posted = picture.post_id is not None and bool(shown_in)
    return posted and all(post.is_visible for post in shown_in)
