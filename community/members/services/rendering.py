"""Keeping the HTML of profiles in step with the rules that make it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import update

from community.core.db import db, transaction
from community.core.policy import unguarded
from community.members.models import Member


@transaction
@unguarded("changes how a text is shown, not what it says")
def keep_about(shown: Mapping[tuple[int, str], str]) -> None:
    """Store new HTML by member and text; a text that was changed meanwhile has newer HTML."""
    for (member_id, about), html in shown.items():
        same = update(Member).where(Member.id == member_id, Member.about == about)
        db.session.execute(
            same.values(about_html=html), execution_options={"synchronize_session": False}
        )
