"""Forms of the panel, and what several of them need."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from community.core.i18n import _l

MUST = InputRequired(_l("Please fill this in."))


def chosen_from(words: Mapping[str, object]) -> list[SelectChoice]:
    """Return what a field offers: values, each with its words."""
    return [SelectChoice(value, label) for value, label in words.items()]
