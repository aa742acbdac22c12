"""Values of settings, as people write them."""

from __future__ import annotations

import re
from typing import Any

from community.core import brand, colours
from community.core.errors import Invalid
from community.core.i18n import _
from community.core.settings import Setting

Value = str | int | bool | float
# No value of a setting is longer; what is sent beyond that is not looked at.
LONGEST = 10_000


def shown(value: Value) -> str:
    """Return a value as people write it."""
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else str(value)


def read(setting: Setting[Any], text: str) -> Value:
    """Return the value that is written in text. Raises Invalid for one that cannot be."""
    given = text.strip()
    if isinstance(setting.default, bool):
        return _switch(setting, given)
    if isinstance(setting.default, int | float):
        return _number(setting, given)
    return _text(setting, given)


def _switch(setting: Setting[bool], text: str) -> bool:
    if text.lower() not in {"on", "off"}:
        raise Invalid(_("%(name)s is on or off.", name=setting.name), field=setting.name)
    return text.lower() == "on"


def _number(setting: Setting[Any], text: str) -> int | float:
    least, most = setting.bounds
    is_whole = isinstance(setting.default, int)
    form = "-?[0-9]{1,9}" if is_whole else r"-?[0-9]{1,9}(?:[.,][0-9]{1,6})?"
    value = float(text.replace(",", ".")) if re.fullmatch(form, text) else None
    if value is None or not least <= value <= most:
        words = {"name": setting.name, "least": _plain(least), "most": _plain(most)}
        if is_whole:
            said = _("%(name)s is a whole number from %(least)s to %(most)s.", **words)
        else:
            said = _("%(name)s is a number from %(least)s to %(most)s.", **words)
        raise Invalid(said, field=setting.name)
    return int(value) if is_whole else value


def _plain(bound: float) -> str:
    return str(int(bound)) if bound == int(bound) else str(bound)


def _text(setting: Setting[str], text: str) -> str:
    least, most = setting.bounds
    name = setting.name
    if setting.choices and text not in setting.choices:
        said = _("%(name)s is one of: %(choices)s.", name=name, choices=", ".join(setting.choices))
        raise Invalid(said, field=name)
    if not least <= len(text) <= most:
        words = {"name": name, "least": _plain(least), "most": _plain(most)}
        said = _("%(name)s has %(least)s to %(most)s characters.", **words)
        raise Invalid(said, field=name)
    return _colour(text.lower()) if name == brand.COLOUR.name else text


def _colour(text: str) -> str:
    if not colours.is_colour(text):
        raise Invalid(_("Write the colour like this: #17616b."), field=brand.COLOUR.name)
    if not colours.is_readable(text):
        nearest = colours.nearest_readable(text)
        said = _(
            "%(colour)s cannot be read on white; the nearest that can is %(nearest)s.",
            colour=text,
            nearest=nearest,
        )
        raise Invalid(said, field=brand.COLOUR.name)
    return text
