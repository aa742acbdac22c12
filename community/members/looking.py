"""Whom an admin sees the forum as: kept in the session, checked anew with every request."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from flask import current_app, flash, request, session

from community.core import looking
from community.core.clock import now
from community.core.i18n import _, _l, force_locale
from community.core.looking import Look
from community.members import queries
from community.members.models import Guest, Member, Role
from community.members.policies import may_look, may_look_as
from community.members.trust import Level

KEY = "looks_as"
LASTS = timedelta(minutes=30)


class Sort(StrEnum):
    """Whom one may look as who is nobody in particular."""

    GUEST = "guest"
    NEWCOMER = "newcomer"
    REGULAR = "regular"
    MODERATOR = "moderator"


SORTS = {
    Sort.GUEST: _l("a guest"),
    Sort.NEWCOMER: _l("a new member"),
    Sort.REGULAR: _l("a member of level 3"),
    Sort.MODERATOR: _l("a moderator"),
}


def begin(whom: int | Sort) -> None:
    """See the forum as a member, or as a sort of people, from the next request on."""
    until = int((now() + LASTS).timestamp())
    session[KEY] = {"whom": str(whom), "until": until}
    session.pop("csrf_token", None)  # Forms opened before belong to somebody else's eyes.


def end() -> str:
    """See the forum as oneself again; return whom it was seen as, "" for nobody."""
    if KEY not in session:
        return ""
    session.pop("csrf_token", None)
    return str(session.pop(KEY)["whom"])


def seen_by(member: Member) -> Member | None:
    """Return as whom this request is answered: whoever came, or whom they look as; None: a guest.

    A look whose time is over, or that may be no more, ends here.
    """
    if KEY not in session or _is_own():
        return member
    # Who is asking is just being found out, so the language has to be said.
    with force_locale(member.language):
        look = session[KEY]
        until = datetime.fromtimestamp(look["until"], UTC)
        whom = _found(member, look["whom"])
        if whom is None or until <= now():
            end()
            looking.just_over.set(True)
            flash(_("You see the forum as yourself again."), "info")
            return member
        _note(member, whom, look["whom"], until)
    return whom if isinstance(whom, Member) else None


def _note(member: Member, whom: Member | Guest, word: str, until: datetime) -> None:
    name = whom.name if isinstance(whom, Member) and whom.id else str(SORTS[Sort(word)])
    look = Look(member.id, member.language, member.time_zone, name, whom.id or None, until)
    looking.present.set(look)


def _found(member: Member, whom: str) -> Member | Guest | None:
    """Return whom a look is as; None if that may not be, or no more."""
    if whom in set(Sort):
        return _nobody(Sort(whom), member.language) if may_look(member) else None
    found = queries.by_id(int(whom))
    return found if found is not None and may_look_as(member, found) else None


def _nobody(sort: Sort, language: str) -> Member | Guest:
    """Return somebody of this sort who does not exist: no row, no past."""
    if sort == Sort.GUEST:
        return Guest()
    facts = {column.key: _default(column) for column in Member.__table__.columns}
    facts |= {"id": 0, "name": _("Somebody"), "handle": "somebody", "rules_accepted": 2**31 - 1}
    facts |= {"language": language}
    if sort == Sort.MODERATOR:
        facts["role"] = Role.MODERATOR
    elif sort == Sort.REGULAR:
        facts["trust_level"] = int(Level.REGULAR)
    return Member(**facts)


def _default(column: Any) -> Any:  # noqa: ANN401
    default = column.default
    if default is None:
        return None
    return default.arg if default.is_scalar else default.arg(None)


def _is_own() -> bool:
    view: Any = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "is_own", False))
