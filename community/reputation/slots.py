"""Where reputation and trust show up on the pages of others."""

from __future__ import annotations

from flask import render_template

from community.core import looking
from community.core.slots import fills
from community.members.login import viewer
from community.members.models import Member
from community.members.trust import Level
from community.questions.models import Question
from community.reputation import queries
from community.reputation.bars import ANSWERS_INSTEAD, BARS
from community.reputation.queries import progress
from community.reputation.words import level_names


@fills("members.show", order=10)
def reputation_of_member(member: Member) -> str:
    """Show what a member earned: in total, in thirty days, and for each product."""
    return render_template(
        "reputation/_of_member.html",
        member=member,
        lately=queries.lately(member.id),
        products=queries.by_product(member.id),
        level=level_names()[member.trust_level],
        may_make_leader=viewer().is_admin,
        is_leader=member.trust_level == Level.LEADER,
    )


@fills("members.show", order=15)
def way_of_member(member: Member) -> str:
    """Show members, and nobody else, their own way to the next level of trust."""
    above = member.trust_level + 1
    if viewer().id != member.id or above not in BARS or member.is_staff or member.is_moderator:
        return ""
    count = progress.lately if above == Level.REGULAR else progress.altogether
    return render_template(
        "reputation/_way.html",
        name=level_names()[above],
        bars=BARS[Level(above)],
        progress=count([member.id])[member.id],
        is_lately=above == Level.REGULAR,
        instead=ANSWERS_INSTEAD.get(),
        is_measured=member.measures_reading,
    )


@fills("members.card", order=20)
def trust_in_card(member: Member) -> str:
    """Show the level of trust and the reputation."""
    level = level_names()[member.trust_level]
    return render_template("reputation/_card.html", member=member, level=level)


@fills("questions.show")
def reading_of_question(question: Question) -> str:
    """Measure reading, for members who have not switched it off."""
    if looking.is_on() or not viewer().is_authenticated or not viewer().measures_reading:
        return ""
    return render_template("reputation/_reading.html", question=question)


@fills("footer", order=60)
def way_to_levels() -> str:
    """Lead to the page that says what each trust level allows."""
    return render_template("reputation/_footer.html")
