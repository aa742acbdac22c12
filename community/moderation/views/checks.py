"""The pages of what is checked before it is public: the table, the words, the spam filter."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core.access import moderators_only
from community.core.errors import CommunityError, Invalid
from community.core.i18n import LANGUAGES, _, _l, _n
from community.core.limits import WRITING, limited
from community.members.login import current_member
from community.members.trust import Level
from community.moderation.forms.checks import changes_of, word_of
from community.moderation.models.checks import Mode
from community.moderation.queries import checks as check_queries
from community.moderation.queries import learning
from community.moderation.queries import words as word_queries
from community.moderation.services import checking, teaching, wording
from community.moderation.views import blueprint
from community.moderation.watching import lists
from community.moderation.watching.patterns import WordAct
from community.posts.places import places_of

MODES = {Mode.NOTE: _l("Note"), Mode.HOLD: _l("Hold"), Mode.REFUSE: _l("Refuse")}
WHOM = {
    Level.NEW: _l("New members"),
    Level.BASIC: _l("up to Basic"),
    Level.MEMBER: _l("up to Member"),
    Level.REGULAR: _l("up to Regular"),
    Level.LEADER: _l("Everybody but staff"),
}
ACTS = {
    WordAct.HOLD: _l("Hold it for review"),
    WordAct.REFUSE: _l("Refuse it"),
    WordAct.FLAG: _l("Publish it, and put it into the queue"),
    WordAct.CENSOR: _l("Blacken the word"),
    WordAct.REPLACE: _l("Put another text in its place"),
    WordAct.TAG: _l("Add a tag to the question"),
}


@blueprint.route("/moderation/checks", methods=["GET", "POST"])
@moderators_only
@limited(WRITING)
def checks() -> ResponseReturnValue:
    """Show what is checked; then set it."""
    if request.method == "GET":
        return _checks_page({})
    try:
        checking.set_checks(current_member(), changes_of(request.form))
    except (Invalid, ValueError) as error:
        said = str(error) if isinstance(error, Invalid) else _("Choose what happens.")
        return _checks_page(request.form, said), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("Saved. It holds for everything that is sent from now on."), "success")
    return redirect(url_for(".checks"), HTTPStatus.SEE_OTHER)


def _checks_page(given: Mapping[str, str], error: str = "") -> str:
    return render_template(
        "moderation/checks.html",
        settings=check_queries.settings(),
        modes=MODES,
        whom=WHOM,
        given=given,
        error=error,
    )


@blueprint.route("/moderation/words", methods=["GET", "POST"])
@moderators_only
@limited(WRITING)
def words() -> ResponseReturnValue:
    """Show the watched words; try one on the last posts, or add it."""
    if request.method == "GET":
        return _words_page({})
    try:
        word = word_of(request.form)
        if request.form.get("do") == "try":
            lists.check(word)
            trial = word_queries.trial(word)
            places = places_of(each.post_id for each in trial.catches)
            return _words_page(request.form, trial=trial, places=places)
        wording.add(current_member(), word)
    except CommunityError as error:
        return _words_page(request.form, error=str(error)), error.status
    flash(_("Added. It holds for everything that is sent from now on."), "success")
    return redirect(url_for(".words"), HTTPStatus.SEE_OTHER)


@blueprint.post("/moderation/words/import")
@moderators_only
@limited(WRITING)
def import_words() -> ResponseReturnValue:
    """Add all words of a list."""
    try:
        act = WordAct(request.form.get("list_act", WordAct.HOLD))
        found = lists.read(request.form.get("text", ""), act, request.form.get("list_lang", ""))
        new = wording.add_all(current_member(), found)
    except (CommunityError, ValueError) as error:
        said = str(error) if isinstance(error, CommunityError) else _("Choose what happens.")
        return _words_page(request.form, list_error=said), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_n("%(num)s word is new.", "%(num)s words are new.", new), "success")
    return redirect(url_for(".words"), HTTPStatus.SEE_OTHER)


@blueprint.get("/moderation/words.txt")
@moderators_only
@limited()
def export_words() -> ResponseReturnValue:
    """Give the list away as text, in the form in which it is taken in."""
    text = lists.written(word.watched for word in word_queries.every())
    headers = {"Content-Disposition": "attachment; filename=watched-words.txt"}
    return Response(text, mimetype="text/plain", headers=headers)


@blueprint.post("/moderation/words/<int:word_id>/removal")
@moderators_only
@limited(WRITING)
def remove_word(word_id: int) -> ResponseReturnValue:
    """Watch for a word no more."""
    wording.remove(current_member(), word_id)
    flash(_("The word is off the list."), "success")
    return redirect(url_for(".words"), HTTPStatus.SEE_OTHER)


def _words_page(given: Mapping[str, str], **context: Any) -> str:  # noqa: ANN401
    return render_template(
        "moderation/words.html",
        words=word_queries.every(),
        acts=ACTS,
        languages=LANGUAGES,
        given=given,
        **context,
    )


@blueprint.route("/moderation/spam-filter", methods=["GET", "POST"])
@moderators_only
@limited(WRITING)
def spam_filter() -> ResponseReturnValue:
    """Show how good the filter is, by its own account; then let it learn at once."""
    if request.method == "POST":
        teaching.ask_to_learn(current_member())
        flash(_("It learns now, in the background. Look again in a minute."), "success")
        return redirect(url_for(".spam_filter"), HTTPStatus.SEE_OTHER)
    return render_template(
        "moderation/spam_filter.html",
        models=learning.earlier_models(),
        counts=learning.counts(),
        needed=teaching.NEEDED.get(),
        setting=check_queries.settings()["spam"],
    )
