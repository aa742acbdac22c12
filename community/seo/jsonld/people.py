"""Members and the brand."""

from __future__ import annotations

from flask import current_app

from community.core import brand
from community.core.i18n import _
from community.core.mail import link
from community.members.models import Member
from community.seo.jsonld.writing import Thing, said, without_gaps
from community.seo.queries.profiles import Echo


def organization() -> Thing:
    """Return the brand."""
    logo = brand.look().logo_url
    return without_gaps(
        {
            "@type": "Organization",
            "@id": f"{site()}/#organization",
            "name": brand.NAME.get(),
            "url": f"{site()}/",
            "logo": logo and site() + logo,
        }
    )


def site() -> str:
    """Return the address of the forum, without a slash at its end."""
    return str(current_app.config["BASE_URL"])


def address_of(member: Member) -> str:
    """Return the full address of a profile."""
    return link("members.show", member_id=member.id, handle=member.handle)


def person(member: Member) -> Thing:
    """Return an author: staff belong to the brand, and of who has left only that is told."""
    if member.deleted_at:
        return {"@type": "Person", "name": str(_("Former member"))}
    thing: Thing = {"@type": "Person", "name": member.name, "url": address_of(member)}
    if member.is_staff:
        thing["affiliation"] = organization()
        thing["jobTitle"] = member.staff_title
    return without_gaps(thing)


def profile(member: Member, about: str, written: int, echo: Echo) -> Thing:
    """Return the page of a member, who says this of themselves, wrote so many posts, and how
    others liked them.
    """
    who = person(member) | {
        "alternateName": f"@{member.handle}",
        "identifier": str(member.id),
        "description": about,
        "image": member.avatar_url and site() + member.avatar_url,
        "sameAs": [member.website] if member.website else None,
        "agentInteractionStatistic": counter("WriteAction", written),
        "interactionStatistic": [counter("LikeAction", max(echo.likes, 0))],
    }
    return {
        "@type": "ProfilePage",
        "url": address_of(member),
        "dateCreated": said(member.joined_at),
        "dateModified": said(echo.wrote_last_at or member.joined_at),
        "mainEntity": without_gaps(who),
    }


def counter(action: str, number: int) -> Thing:
    """Return how often something was done, such as LikeAction."""
    return {
        "@type": "InteractionCounter",
        "interactionType": f"https://schema.org/{action}",
        "userInteractionCount": number,
    }
