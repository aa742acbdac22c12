"""Making a forum of an empty database: the brand and the first admin."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import force_locale

from community.badges.services.running import seed as seed_badges
from community.core import brand, colours
from community.core.audit import record
from community.core.clock import now
from community.core.db import save, transaction
from community.core.errors import Conflict, Invalid
from community.core.i18n import LANGUAGES, _, _l
from community.core.policy import unguarded
from community.members import names
from community.members import queries as member_queries
from community.members.confusables import skeleton_of
from community.members.models import Member, Role
from community.site.queries import free_handle

LONGEST_BRAND = int(brand.NAME.bounds[1])
LONGEST_NAME = 60


@dataclass(frozen=True, kw_only=True)
class Setup:
    """What the first visit decides. logo is the name of a stored picture or empty."""

    brand: str
    language: str
    colour: str
    name: str
    email: str
    password_hash: str
    logo: str = ""


@transaction
@unguarded("nobody is admin yet: who knows the code, or has the command line, may")
def set_up(chosen: Setup) -> Member:
    """Name the brand and make its first admin.

    Raises Conflict if there is one already, and Invalid for a brand that pages cannot show.
    """
    if member_queries.an_admin_exists():
        raise Conflict(_l("This forum has been set up already."))
    _name_brand(chosen)
    handle = free_handle(chosen.name)
    admin = Member(
        name=names.stored(chosen.name),
        handle=handle,
        handle_skeleton=skeleton_of(handle),
        email=chosen.email,
        email_confirmed_at=now(),
        password_hash=chosen.password_hash,
        role=Role.ADMIN,
        staff_title=_title(chosen),
        language=chosen.language,
    )
    save(admin)
    seed_badges()
    record(admin.id, "set-up", f"members:{admin.id}", after={"brand": chosen.brand})
    return admin


def _title(chosen: Setup) -> str:
    """Return what stands beside the admin's name, in the language of the community."""
    with force_locale(chosen.language):
        return str(_("Team, %(brand)s", brand=chosen.brand))


def _name_brand(chosen: Setup) -> None:
    if not 1 <= len(chosen.brand) <= LONGEST_BRAND:
        raise Invalid(_l("The name of the brand has 1 to 40 characters."))
    if chosen.language not in LANGUAGES:
        raise Invalid(_l("The forum does not speak this language yet."))
    if not (colours.is_colour(chosen.colour) and colours.is_readable(chosen.colour)):
        raise Invalid(_l("This colour cannot be read on white. Please take a darker one."))
    brand.NAME.put(chosen.brand)
    brand.LANGUAGE.put(chosen.language)
    brand.COLOUR.put(chosen.colour)
    brand.LOGO.put(chosen.logo)
