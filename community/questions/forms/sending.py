"""What comes with every text that somebody sends, and what is done to it before it is rendered."""

from __future__ import annotations

from flask import request

from community.core import once
from community.members.login import viewer
from community.moderation.queries import words
from community.moderation.submissions import Sending
from community.posts.texts import Text, prepare


def sending() -> Sending:
    """Return when the form was opened, as it says itself, and from where it came."""
    return Sending(opened_at=once.opened_at(request.form.get("submission_key")))


def said(text: str | None, lang: str) -> str:
    """Return what was typed, with watched words blackened or replaced."""
    return words.cleaned(viewer(), text or "", lang)


def made_ready(text: str | None, lang: str) -> Text:
    """Render what was typed, after watched words were blackened or replaced."""
    return prepare(said(text, lang))
