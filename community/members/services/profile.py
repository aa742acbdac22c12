"""What members say about themselves, and how the forum speaks to them."""

from __future__ import annotations

from dataclasses import dataclass

from community.core.brand import NAME
from community.core.db import transaction
from community.core.policy import require
from community.members import names
from community.members.models import Member, Theme
from community.members.policies import may_change_account, may_keep_account, may_write


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What a member says and chooses. The text is rendered already."""

    name: str
    about: str
    about_html: str
    website: str
    language: str
    time_zone: str
    theme: Theme
    measures_reading: bool = True
    joins_leaderboards: bool = True


@transaction
def describe(actor: Member, profile: Profile) -> None:
    """Keep what a member says. Raises Invalid for a name that cannot be."""
    require(may_change_account(actor))
    said = (profile.name, profile.about, profile.website)
    if said != (actor.name, actor.about, actor.website):
        require(may_write(actor))
    if profile.name != actor.name:
        names.check(profile.name, NAME.get())
    actor.name = profile.name
    actor.about, actor.about_html = profile.about, profile.about_html
    actor.website = profile.website
    actor.language, actor.time_zone = profile.language, profile.time_zone
    actor.theme = profile.theme
    actor.measures_reading = profile.measures_reading
    actor.joins_leaderboards = profile.joins_leaderboards


@transaction
def speak(actor: Member, language: str) -> None:
    """Speak another language to the member, on pages and in mails."""
    require(may_keep_account(actor))
    actor.language = language


@transaction
def show_picture(actor: Member, name: str) -> None:
    """Show a kept picture beside the member's name; "" shows initials."""
    require(may_change_account(actor) and may_write(actor))
    actor.avatar = name
