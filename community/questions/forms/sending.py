"""What comes with every text that somebody sends, and what is done to it before it is rendered."""

from __future__ import annotations

from flask import request

from community.core import once
from community.members.login import viewer
from community.moderation.queries import in_force, words
from community.moderation.submissions import Sending
from community.posts.texts import Text, prepare

KEPT = "tertulia.rules_of_moderation"


def sending() -> Sending:
    """Return when the form was opened, as it says itself, and from where it came."""
    opened_at = once.opened_at(request.form.get("submission_key"))
    return Sending(opened_at=opened_at, rules=_rules())


def said(text: str | None, lang: str) -> str:
    """Return what was typed, with watched words blackened or replaced."""
    return words.cleaned(viewer(), text or "", lang, _rules())


def made_ready(text: str | None, lang: str) -> Text:
    """Render what was typed, after watched words were blackened or replaced."""
    return prepare(said(text, lang))


def _rules() -> in_force.Rules:
    """Return the rules of moderation, read once in a request: a form asks for them many times."""
    kept: in_force.Rules | None = request.environ.get(KEPT)
    if kept is None:
        kept = request.environ[KEPT] = in_force.rules()
    return kept
