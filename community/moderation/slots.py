"""Where moderation shows up on pages below."""

from __future__ import annotations

from flask import render_template

from community.core.slots import fills
from community.members.login import viewer
from community.members.models import Member
from community.posts.models import Post


@fills("posts.menu")
def way_to_measures(post: Post) -> str:
    """Lead moderators from a post to the dialog."""
    if not viewer().moderates(post.product_id):
        return ""
    return render_template("moderation/_post_menu.html", post=post)


@fills("base.notice")
def notice() -> str:
    """Tell a member who may not write until when, and lead to the reasons."""
    member = viewer()
    if isinstance(member, Member) and member.is_muted and not member.is_suspended:
        return render_template("moderation/_muted.html", until=member.muted_until)
    return ""
