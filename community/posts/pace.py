"""How many pictures a member may upload, counted from rows."""

from __future__ import annotations

from datetime import timedelta

from community.core.errors import TooMany
from community.core.i18n import _l
from community.core.settings import Setting
from community.members.models import Member
from community.posts import queries

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AN_HOUR = Setting("uploads_an_hour", 10, "Pictures that a member may upload in an hour.")
A_DAY = Setting("upload_megabytes_a_day", 50, "Megabytes that a member may upload in a day.")
MEGABYTE = 1 << 20


def check_pace(actor: Member, size: int) -> None:
    """Raise TooMany if a picture of so many bytes is one too many for now."""
    if queries.uploads_since(actor, HOUR).pictures >= AN_HOUR.get():
        raise TooMany(
            _l("You have added many pictures in the last hour. Please wait a little."),
            seconds=int(HOUR.total_seconds()),
        )
    if queries.uploads_since(actor, DAY).size + size > A_DAY.get() * MEGABYTE:
        raise TooMany(
            _l("You have added many large pictures today. Please add this one tomorrow."),
            seconds=int(DAY.total_seconds()),
        )
