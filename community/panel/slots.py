"""Where the panel shows up on other pages."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import render_template

from community.core import looking
from community.core.i18n import force_locale
from community.core.slots import fills
from community.members.login import viewer
from community.panel import board
from community.panel.policies import may_use_replies
from community.questions.models import Question


@fills("account")
def way_to_panel() -> str:
    """Lead admins to the panel, moderators to the invitations."""
    return render_template("panel/_account.html") if viewer().is_moderator else ""


@fills("base.top")
def bar_of_looker() -> str:
    """Say whose eyes the page is seen with, in the language of whoever looks."""
    look = looking.present.get()
    if look is None:
        return ""
    with force_locale(look.language):
        return render_template("panel/_looking.html", look=look, zone=ZoneInfo(look.zone))


@fills("base.banners")
def banners_of_page(product_id: int | None) -> str:
    """Show the banners of a page: those for all, and those of the product that it is about."""
    found = board.banners_for(viewer(), product_id)
    return render_template("panel/_banners.html", banners=found) if found else ""


@fills("questions.reply")
def replies_to_choose(question: Question) -> str:
    """Let staff choose a prepared reply, those in the language of the question first."""
    found = board.REPLIES.get()
    if not found or not may_use_replies(viewer()):
        return ""
    ranked = sorted(found, key=lambda reply: reply.language != question.lang)
    return render_template("panel/_choose_reply.html", question=question, replies=ranked)
