"""The record of what staff and automation did: searched, exported, never changed."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from community.core.access import moderators_only
from community.core.audit import Act
from community.core.i18n import _
from community.core.limits import limited
from community.core.web import page_number
from community.members.login import current_member
from community.members.models import Member
from community.moderation import sheets
from community.moderation.forms.log import LogForm
from community.moderation.queries import log as log_queries
from community.moderation.views import blueprint

A_PAGE = 50


@blueprint.get("/moderation/log")
@moderators_only
@limited()
def log() -> ResponseReturnValue:
    """Show what was done, the latest first."""
    form = _form()
    if not form.validate():
        return render_template("moderation/log.html", form=form, page=None), 422
    page = log_queries.page_of_acts(_search(form), page_number(), A_PAGE)
    actors = log_queries.actors_of(page.items)
    return render_template(
        "moderation/log.html",
        form=form,
        page=page,
        actors=actors,
        facts=sheets.facts_of,
        csv=_address(),
    )


@blueprint.get("/moderation/log.csv")
@moderators_only
@limited("10 per minute")
def log_file() -> ResponseReturnValue:
    """Hand the same over as a file for spreadsheets."""
    form = _form()
    if not form.validate():
        return render_template("moderation/log.html", form=form, page=None), 422
    acts = list(log_queries.exported(_search(form)))
    lines = sheets.lines_of(_rows(acts, log_queries.actors_of(acts)))
    headers = {"Content-Disposition": "attachment; filename=log.csv"}
    return Response("".join(lines), mimetype="text/csv", headers=headers)


def _form() -> LogForm:
    form = LogForm(request.args)
    form.offer()
    return form


def _search(form: LogForm) -> log_queries.Search:
    return form.search(current_member().time_zone)


def _address() -> str:
    query = request.query_string.decode(errors="replace")
    return f"/moderation/log.csv?{query}" if query else "/moderation/log.csv"


def _rows(acts: list[Act], actors: dict[int, Member]) -> Iterator[list[object]]:
    first = (_("When (UTC)"), _("Who"), _("What"), _("Upon what"))
    yield [*first, _("Before"), _("After"), _("Reason"), _("From where")]
    for act in acts:
        actor = actors.get(act.actor_id or 0)
        who = actor.handle if actor else act.actor_id
        facts = (sheets.facts_of(act.before), sheets.facts_of(act.after))
        at = act.at.isoformat(timespec="seconds")
        yield [at, who, act.name, act.subject, *facts, act.reason, act.origin]
