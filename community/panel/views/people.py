"""People: finding them, all that is known of one, giving them roles and titles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from community.core.access import admins_only
from community.core.errors import Invalid, existing
from community.core.i18n import _, _l
from community.core.limits import WRITING, limited
from community.core.web import page_number
from community.members import looking
from community.members import queries as member_queries
from community.members.login import current_member
from community.members.models import Member, Role
from community.members.policies import may_look_as
from community.members.services import appointing
from community.moderation import sheets
from community.moderation.forms.measuring import WORDS
from community.moderation.queries import log as log_queries
from community.panel.forms.inviting import role_words
from community.panel.forms.people import PeopleForm
from community.panel.queries import people as queries
from community.panel.queries import person as person_queries
from community.panel.views import blueprint
from community.panel.views.common import attempt, text_in
from community.products import queries as product_queries
from community.reputation.words import level_names


@blueprint.get("/people")
@admins_only
@limited()
def people() -> ResponseReturnValue:
    """Show who is here, narrowed down by words, role, state, level and days."""
    form = _form()
    is_right = form.validate()
    page = queries.people(_search(form), page_number()) if is_right else None
    shown = render_template(
        "panel/people.html",
        form=form,
        page=page,
        roles=role_words(),
        csv=f"{url_for('.people_file')}?{urlencode(request.args)}",
        sorts=looking.SORTS,
    )
    return shown, 200 if is_right else 422


@blueprint.get("/people.csv")
@admins_only
@limited("10 per minute")
def people_file() -> ResponseReturnValue:
    """Hand the same over as a file for spreadsheets."""
    form = _form()
    found = queries.exported(_search(form)) if form.validate() else ()
    headers = {"Content-Disposition": "attachment; filename=people.csv"}
    lines = "".join(sheets.lines_of(_rows(found)))
    return Response(lines, mimetype="text/csv", headers=headers)


@blueprint.get("/people/<int:member_id>")
@admins_only
@limited()
def person(member_id: int) -> str:
    """Show all that is known of one person, and lead to what can be done."""
    member = _member(member_id)
    acts = person_queries.acts(member, page_number())
    return render_template(
        "panel/person.html",
        member=member,
        dossier=person_queries.dossier(member),
        acts=acts,
        actors=log_queries.actors_of(acts.items),
        roles=role_words(),
        levels=level_names(),
        measure_words=WORDS,
        facts=sheets.facts_of,
        products={each.id: each for each in product_queries.current()},
        may_look=may_look_as(current_member(), member),
    )


@blueprint.post("/people/<int:member_id>/role")
@admins_only
@limited(WRITING)
def assign_role(member_id: int) -> ResponseReturnValue:
    """Give somebody a role and a title."""
    member = _member(member_id)

    def assign() -> None:
        role = text_in("role")
        if role not in set(Role):
            raise Invalid(_l("Please choose one of the list."))
        appointing.assign(current_member(), member, Role(role), text_in("title", 60))

    page = url_for(".person", member_id=member_id, _anchor="role")
    return attempt(assign, _("%(name)s is appointed.", name=member.name), page)


def _member(member_id: int) -> Member:
    return existing(member_queries.by_id(member_id), _l("There is no such member."))


def _form() -> PeopleForm:
    """Return the form that the address fills in; kind= is how older addresses called a role."""
    asked: MultiDict[str, str] = MultiDict(request.args)
    kind = asked.pop("kind", "")
    if kind:
        asked["role" if kind in set(Role) else "state"] = kind
    return PeopleForm(asked)


def _search(form: PeopleForm) -> queries.Search:
    return form.search(current_member().time_zone)


def _rows(found: Any) -> Iterator[list[object]]:  # noqa: ANN401
    first = (_("Number"), _("Handle"), _("Name"), _("E-mail"), _("Role"), _("Staff title"))
    yield [*first, _("Level"), _("Reputation"), _("Joined (UTC)"), _("Last seen (UTC)")]
    for each in found:
        who = [each.id, each.handle, each.name, each.email or "", each.role.value, each.staff_title]
        seen = each.last_seen_at.isoformat(timespec="minutes") if each.last_seen_at else ""
        joined = each.joined_at.isoformat(timespec="minutes")
        yield [*who, each.trust_level, each.reputation, joined, seen]
