"""What people may change while the forum runs."""

from __future__ import annotations

from typing import Any

from community.core import brand
from community.core.errors import NotFound
from community.core.settings import Setting, known

# What the forum writes down for itself.
ITS_OWN = frozenset({"sample_products", brand.LOGO.name})


def changeable() -> list[Setting[Any]]:
    """Return the settings that people may change, by name."""
    return [known[name] for name in sorted(known) if name not in ITS_OWN]


def named(name: str) -> Setting[Any]:
    """Return the setting of this name. Raises NotFound, which names those that there are."""
    found = {each.name: each for each in changeable()}
    if name not in found:
        raise NotFound(f"There is no setting {name}. There are: {', '.join(found)}.")
    return found[name]
