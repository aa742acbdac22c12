"""How to reach those who run the community."""

from __future__ import annotations

from flask import render_template

from community.core.access import everyone, open_to_suspended
from community.core.limits import limited
from community.moderation import contacts
from community.moderation.views import blueprint


@blueprint.get("/contact")
@everyone
@limited()
@open_to_suspended
def contact() -> str:
    """Show the two contact points."""
    return render_template(
        "moderation/contact.html",
        members=contacts.OF_MEMBERS.get(),
        authorities=contacts.OF_AUTHORITIES.get(),
        languages=contacts.LANGUAGES.get(),
        company=contacts.COMPANY.get(),
    )
