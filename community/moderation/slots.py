"""Where moderation shows up on pages below and of everybody: reports, the way to the queue."""

from __future__ import annotations

from flask import render_template, request

from community.core.i18n import language_and_zone
from community.core.shared_parts import of_facts_and_number
from community.core.slots import fills
from community.core.stand_ins import STAND_IN
from community.members.login import viewer
from community.members.models import Member
from community.moderation import waiting
from community.moderation.queries import checks as check_queries
from community.moderation.queries import rules as rule_queries
from community.moderation.services import ruling
from community.posts.models import Post
from community.posts.places import places_of


@fills("posts.menu")
def way_to_measures(post: Post) -> str:
    """Lead moderators from a post to the dialog."""
    if not viewer().moderates(post.product_id):
        return ""
    return render_template("moderation/_post_menu.html", post=post)


@fills("members.show", order=15)
def waiting_posts(member: Member) -> str:
    """Show members on their own profile which of their posts wait for review."""
    if viewer().id != member.id:
        return ""
    waiting = check_queries.waiting_posts(member)
    places = places_of(each.post_id for each in waiting)
    return render_template("moderation/_waiting.html", waiting=waiting, places=places)


@fills("base.notice")
def notice() -> str:
    """Tell a member who may not write until when, and lead to the reasons."""
    member = viewer()
    if isinstance(member, Member) and member.is_muted and not member.is_suspended:
        return render_template("moderation/_muted.html", until=member.muted_until)
    return ""


@fills("base.notice", order=60)
def new_rules() -> str:
    """Ask a member kindly to accept rules that changed in what matters."""
    member = viewer()
    if not isinstance(member, Member) or member.rules_accepted >= ruling.ASKED.get():
        return ""
    if member.is_suspended or request.endpoint in {"moderation.rules", "moderation.edit_rules"}:
        return ""
    version = rule_queries.in_force()
    return render_template("moderation/_new_rules.html", version=version)


@fills("footer")
def legal_pages() -> str:
    """Lead to the rules and to those who run the community."""
    return render_template("moderation/_footer.html")


@fills("members.register")
def rules_of_registering() -> str:
    """Say what whoever registers accepts."""
    return render_template("moderation/_registering.html")


@fills("posts.menu", order=80)
def way_to_report(post: Post) -> str:
    """Let members report what others wrote."""
    if not post.is_visible or post.author_id == viewer().id:
        return ""

    def render() -> str:
        return render_template("moderation/_report.html", post_id=STAND_IN)

    return of_facts_and_number(("report", *language_and_zone()), post.id, render)


@fills("members.show", order=90)
def way_to_report_member(member: Member) -> str:
    """Let members report a profile."""
    if not viewer().is_authenticated or member.id == viewer().id:
        return ""
    return render_template("moderation/_report_member.html", member=member)


@fills("header", order=10)
def waiting_badge() -> str:
    """Show moderators how much waits for them."""
    member = viewer()
    if not isinstance(member, Member) or not member.moderates_something:
        return ""
    return render_template("moderation/_badge.html", number=waiting.count_for(member))


@fills("account", order=20)
def ways_of_members() -> str:
    """Lead members to their reports and what was decided about them, moderators to theirs."""
    return render_template("moderation/_account.html")
