"""Settings: all that may change while the forum runs, and the log of what was changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core.access import admins_only
from community.core.errors import CommunityError, Invalid
from community.core.i18n import _, _l, _n
from community.core.limits import WRITING, limited
from community.core.settings import Setting
from community.core.web import page_number, page_size
from community.members.login import current_member
from community.panel import values
from community.panel.queries import settings as setting_queries
from community.panel.services import settling
from community.panel.views import blueprint

# What the settings of a package are about; a package without a line here stands under its name.
GROUPS = {
    "core": _l("Brand"),
    "site": _l("Home page"),
    "members": _l("Accounts"),
    "products": _l("Products, topics and tags"),
    "posts": _l("Pictures"),
    "questions": _l("Asking and answering"),
    "votes": _l("Votes"),
    "moderation": _l("Moderation"),
    "search": _l("Search"),
    "thanks": _l("Thanks"),
    "reputation": _l("Reputation and trust levels"),
    "leaderboards": _l("Leaderboards"),
    "badges": _l("Badges"),
    "notifications": _l("Notices"),
    "imports": _l("Imports"),
    "panel": _l("Administration"),
}
LONGEST_SEARCH = 100


@dataclass
class Row:
    """A setting on the page: what is in its field, and what is wrong with that."""

    setting: Setting[Any]
    meaning: str
    typed: str
    error: str = ""

    @property
    def seen(self) -> str:
        """What the field held when the page was made."""
        return values.shown(self.setting.get())

    @property
    def default(self) -> str:
        return values.shown(self.setting.default)

    @property
    def is_default(self) -> bool:
        return bool(self.setting.get() == self.setting.default)

    @property
    def kind(self) -> str:
        """How it is filled in: switch, number, choice or text."""
        if isinstance(self.setting.default, bool):
            return "switch"
        if isinstance(self.setting.default, int | float):
            return "number"
        return "choice" if self.setting.choices else "text"


@blueprint.get("/settings")
@admins_only
@limited()
def settings() -> str:
    """Show every setting in its group, or those that match what was searched for."""
    words = request.args.get("q", "")[:LONGEST_SEARCH]
    return _page(words, [_row(each) for each in setting_queries.matching(words)])


@blueprint.post("/settings")
@admins_only
@limited(WRITING)
def change_settings() -> ResponseReturnValue:
    """Change the settings of one form, all of them or none."""
    rows = [_row(each, request.form) for each in setting_queries.matching(_words())]
    wishes = {row.setting.name: wish for row in rows if (wish := _wish(row)) is not None}
    if any(row.error for row in rows):
        return _page(_words(), rows), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        settling.change(current_member(), wishes)
    except CommunityError as error:
        flash(str(error), "error")
        return _page(_words(), rows), error.status
    flash(_n("%(num)s setting changed.", "%(num)s settings changed.", len(wishes)), "success")
    return redirect(url_for(".settings", q=_words() or None), HTTPStatus.SEE_OTHER)


@blueprint.get("/settings/log")
@admins_only
@limited()
def settings_log() -> str:
    """Show who changed what, and when; of one setting, if it is named."""
    name = request.args.get("name", "")[:LONGEST_SEARCH]
    page = setting_queries.changes(page_number(), page_size(), name)
    return render_template("panel/settings_log.html", page=page, name=name, shown=values.shown)


@blueprint.post("/settings/log/<int:act_id>/undoing")
@admins_only
@limited(WRITING)
def put_setting_back(act_id: int) -> ResponseReturnValue:
    """Give a setting the value that it had before a change."""
    act = setting_queries.change(act_id)
    settling.put_back(current_member(), act)
    name = act.subject.removeprefix(setting_queries.PREFIX)
    value = values.shown(act.before)
    flash(_("%(name)s is %(value)s again.", name=name, value=value), "success")
    return redirect(url_for(".settings_log"), HTTPStatus.SEE_OTHER)


def _words() -> str:
    return request.form.get("q", "")[:LONGEST_SEARCH]


def _row(setting: Setting[Any], sent: Any = None) -> Row:  # noqa: ANN401
    shown = values.shown(setting.get())
    if sent is None or f"seen-{setting.name}" not in sent:
        return Row(setting, setting_queries.explained(setting), shown)
    # A box that is not ticked is not sent.
    unticked = "off" if isinstance(setting.default, bool) else ""
    typed = sent.get(setting.name, unticked)[: values.LONGEST]
    return Row(setting, setting_queries.explained(setting), typed)


def _wish(row: Row) -> settling.Wish | None:
    """Return what the form wants of a setting; nothing, if its field was left as it was."""
    seen = request.form.get(f"seen-{row.setting.name}")
    if seen is None or row.typed == seen:
        return None
    try:
        return settling.Wish(values.read(row.setting, row.typed), seen)
    except Invalid as error:
        row.error = str(error)
        return None


def _page(words: str, rows: Sequence[Row]) -> str:
    groups: dict[str, list[Row]] = {name: [] for name in GROUPS}
    for row in rows:
        groups.setdefault(row.setting.package, []).append(row)
    return render_template(
        "panel/settings.html",
        groups={name: found for name, found in groups.items() if found},
        titles=GROUPS,
        words=words,
        latest=setting_queries.latest(),
        wrong=[row for row in rows if row.error],
    )
