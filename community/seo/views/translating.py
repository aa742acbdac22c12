"""The page on which staff link translations."""

from __future__ import annotations

import re

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core.access import staff_only
from community.core.errors import CommunityError, Invalid
from community.core.i18n import _, _l
from community.core.limits import WRITING, limited
from community.core.policy import require
from community.members.login import current_member
from community.questions import queries
from community.questions.models import Question
from community.questions.views.thread import address_of, question_seen
from community.seo.policies import may_link_translations
from community.seo.queries import translations
from community.seo.services import translating
from community.seo.views import blueprint

_ADDRESS = re.compile(r"(?:.*/questions/)?([0-9]{1,9})(?:[/?#].*)?")


@blueprint.route("/questions/<int:question_id>/translations", methods=["GET", "POST"])
@staff_only
@limited(WRITING)
def translate(question_id: int) -> ResponseReturnValue:
    """Ask for the address of a translation; then link both."""
    require(may_link_translations(current_member()))
    question, error = question_seen(question_id), ""
    if request.method == "POST":
        try:
            translating.link_translations(current_member(), question, _other())
        except CommunityError as refusal:
            error = str(refusal)
            question = queries.by_id(question_id)
        else:
            flash(_("Both lead to each other now."), "success")
            return redirect(address_of(question), 303)
    linked = [each for each in translations.of(question) if each.id != question_id]
    page = render_template("seo/translate.html", question=question, linked=linked, error=error)
    return page, 422 if error else 200


@blueprint.post("/questions/<int:question_id>/translations/removal")
@staff_only
@limited(WRITING)
def untranslate(question_id: int) -> ResponseReturnValue:
    """Take the link back."""
    translating.unlink_translation(current_member(), question_seen(question_id))
    flash(_("It stands for itself again."), "success")
    return redirect(url_for(".translate", question_id=question_id), 303)


def _other() -> Question:
    found = _ADDRESS.fullmatch(request.form.get("other", "").strip())
    if found is None:
        raise Invalid(_l("Name another thread that everybody can read."))
    return question_seen(int(found[1]))
