"""Changing what may change while the forum runs."""

from __future__ import annotations

import re
from typing import Any

from community.core import brand, colours
from community.core.audit import record
from community.core.db import transaction
from community.core.errors import Invalid
from community.core.i18n import LANGUAGES
from community.core.policy import unguarded
from community.core.settings import Setting
from community.site.queries.settings import named
from community.site.services.setting_up import LONGEST_BRAND

LONGEST_WELCOME = 300
HIGHEST = 1_000_000


@transaction
@unguarded("whoever has the command line, may")
def change(name: str, text: str) -> Any:  # noqa: ANN401
    """Give a setting the value that is written in text; return that value.

    Raises NotFound for an unknown setting and Invalid for a value that it cannot have.
    """
    setting = named(name)
    before, after = setting.get(), _read(setting, text.strip())
    setting.put(after)
    record(None, "setting-change", f"settings:{name}", before=before, after=after)
    return after


def _read(setting: Setting[Any], text: str) -> object:
    if isinstance(setting.default, bool):
        return _switch(setting.name, text)
    if isinstance(setting.default, int):
        return _number(setting, text)
    _check_text(setting.name, text)
    return text.lower() if setting.name == brand.COLOUR.name else text


def _switch(name: str, text: str) -> bool:
    if text.lower() not in {"on", "off"}:
        raise Invalid(f"{name} is on or off.")
    return text.lower() == "on"


def _number(setting: Setting[Any], text: str) -> int:
    """Read a number on the default's side of zero: what takes away does not begin to give."""
    lowest, highest = (-HIGHEST, 0) if setting.default < 0 else (0, HIGHEST)
    if re.fullmatch("-?[0-9]{1,7}", text) and lowest <= int(text) <= highest:
        return int(text)
    raise Invalid(f"{setting.name} is a whole number from {lowest} to {highest}.")


def _check_text(name: str, text: str) -> None:
    """Refuse a brand that pages cannot show."""
    if name == brand.NAME.name and not 1 <= len(text) <= LONGEST_BRAND:
        raise Invalid(f"{name} has 1 to {LONGEST_BRAND} characters.")
    if name == brand.LANGUAGE.name and text not in LANGUAGES:
        raise Invalid(f"{name} is one of: {', '.join(LANGUAGES)}.")
    if name == brand.COLOUR.name and not colours.is_colour(text):
        raise Invalid(f"{name} is written like this: {brand.COLOUR.default}.")
    if name == brand.COLOUR.name and not colours.is_readable(text):
        nearest = colours.nearest_readable(text)
        raise Invalid(f"{text} cannot be read on white; the nearest that can is {nearest}.")
    if name == brand.WELCOME.name and len(text) > LONGEST_WELCOME:
        raise Invalid(f"{name} has at most {LONGEST_WELCOME} characters.")
