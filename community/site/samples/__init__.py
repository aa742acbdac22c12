"""The sample community: an invented brand and its customers, one file for each language."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def read(language: str) -> dict[str, Any]:
    """Return members, products and threads as they are written down."""
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
