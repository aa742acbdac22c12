"""Members: a name to show, a handle that nobody else's is confused with, no password."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table

from community.badges.models import Award
from community.core import brand
from community.core.clock import now
from community.core.i18n import _
from community.core.text import url_is_ok
from community.imports.readers.records import Author, Badge, Person
from community.imports.texts import Ready
from community.imports.writers.arrivals import Arrival, fresh, leave_out
from community.imports.writers.forum import MEMBERS, Forum, Ref
from community.imports.writers.handles import free_handles
from community.members import names
from community.members.models import Member

members: Table = Member.__table__  # type: ignore[assignment]
awards: Table = Award.__table__  # type: ignore[assignment]
# The old id of the member in whose name the posts of deleted people stand.
NOBODY = ""
LONGEST_NAME = members.c.name.type.length  # type: ignore[attr-defined]
LONGEST_WEBSITE = members.c.website.type.length  # type: ignore[attr-defined]
LONGEST_BADGE = awards.c.name.type.length  # type: ignore[attr-defined]


def keep_people(forum: Forum, arrivals: Sequence[Arrival[Person]]) -> None:
    """Give everybody an account that can be claimed once it has an e-mail address."""
    new = fresh(forum, MEMBERS, arrivals)
    names = [_shown_name(forum, each.record) for each in new]
    handles = free_handles(names)
    rows = [
        {**_row(forum, each.record, each.text), "name": name, **handle}
        for each, name, handle in zip(new, names, handles, strict=True)
    ]
    ids = forum.insert(members, rows)
    forum.remember(MEMBERS, {each.key: Ref(id_) for each, id_ in zip(new, ids, strict=True)})
    forum.report.came[MEMBERS] += len(new)


def authors(forum: Forum, kind: str, of: Sequence[Author]) -> list[int]:
    """Return who wrote each thing; whoever is gone is stood in for."""
    known = forum.known([MEMBERS], {author.old_id for author in of if author.old_id})
    ids = []
    for author in of:
        found = known.get(author.old_id or NOBODY)
        if found is None:
            reason = "its author has no account any more: in the name of a former member"
            forum.report.changed[kind, reason] += 1
        ids.append(found.id if found else stand_in(forum))
    return ids


def stand_in(forum: Forum) -> int:
    """Return the member in whose name the posts of deleted people stand.

    It counts as one who left: it earns no badge, stands on no board, and has no profile.
    """
    return forum.named((MEMBERS, NOBODY), lambda: _find_or_make_stand_in(forum))


def _find_or_make_stand_in(forum: Forum) -> int:
    found = forum.known([MEMBERS], [NOBODY])
    if found:
        return found[NOBODY].id
    name = str(_("Former member"))
    nobody = Person(NOBODY, name, joined_at=now())
    row = {
        **_row(forum, nobody, Ready("", "")),
        "name": name,
        **free_handles([name])[0],
        "deleted_at": now(),
    }
    (id_,) = forum.insert(members, [row])
    forum.remember(MEMBERS, {NOBODY: Ref(id_)})
    reason = "one account more than in the files: it stands in for those who are gone"
    forum.report.changed[MEMBERS, reason] += 1
    return id_


def keep_badges(forum: Forum, arrivals: Sequence[Arrival[Badge]]) -> None:
    """Keep the honours that members earned."""
    new = fresh(forum, "badges", arrivals)
    owners = forum.known([MEMBERS], (each.record.person_id for each in new))
    kept: list[tuple[Arrival[Badge], int]] = []
    for each in new:
        owner = owners.get(each.record.person_id)
        if owner is None:
            leave_out(forum, "badges", "its member is not in the files")
        else:
            kept.append((each, owner.id))
    rows = [
        {
            "imported_from": forum.source,
            "member_id": owner,
            "name": each.record.name[:LONGEST_BADGE],
            "rank": each.record.rank,
            "awarded_at": each.record.awarded_at,
        }
        for each, owner in kept
    ]
    forum.insert(awards, rows)
    forum.remember("badges", {each.key: Ref(owner) for each, owner in kept})
    forum.report.came["badges"] += len(kept)


def _shown_name(forum: Forum, person: Person) -> str:
    """Return the name to show: without hidden letters and addresses, and not like staff."""
    name = names.stored("".join(letter for letter in person.name if letter.isprintable()))
    local, _at, domain = name.lstrip("@").partition("@")
    if domain:
        forum.report.changed[MEMBERS, "an e-mail address for a name: shown up to the @"] += 1
    name = local.strip() or _("Member %(number)s", number=person.old_id)
    if names.speaks_for_the_house(name, brand.NAME.get()):
        forum.report.changed[MEMBERS, "a name like that of staff: told apart by an addition"] += 1
        name = _("%(name)s (former forum)", name=name)
    return name[:LONGEST_NAME].strip()


def _row(forum: Forum, person: Person, about: Ready) -> dict[str, Any]:
    website = person.website.strip()
    ok = len(website) <= LONGEST_WEBSITE and url_is_ok(website, web_only=True)
    return {
        "about": about.source,
        "about_html": about.html,
        "website": website if ok else "",
        "joined_at": person.joined_at,
        "last_seen_at": person.last_seen_at,
        "imported_from": forum.source,
        "language": forum.wishes.language,
    }
