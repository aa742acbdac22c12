"""The rules that every forum begins with, until an admin writes others."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from community.core.text import render
from community.moderation.models.rules import RulesVersion


@cache
def first_rules() -> tuple[str, str, str, str]:
    """Return the text and the HTML, in English and in Spanish."""
    english, spanish = (
        Path(__file__).with_name(f"{language}.md").read_text() for language in ("en", "es")
    )
    return english, render(english).html, spanish, render(spanish).html


def first_version() -> RulesVersion:
    """Return version 1 of the rules, which is in no table."""
    english, english_html, spanish, spanish_html = first_rules()
    return RulesVersion(
        number=1,
        body_en=english,
        body_en_html=english_html,
        body_es=spanish,
        body_es_html=spanish_html,
        summary_en="",
        summary_es="",
        is_material=False,
        published_at=None,
    )
