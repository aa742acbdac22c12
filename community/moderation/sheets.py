"""Tables as CSV files that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator

# What a spreadsheet takes for the beginning of a formula (CWE-1236).
BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Its full-width twins are formulas in some of them, too.
WIDE = ("\uff1d", "\uff0b", "\uff0d", "\uff20")


def defused(cell: object) -> str:
    """Return the text of a cell, so that no spreadsheet takes it for a formula."""
    text = "" if cell is None else str(cell)
    begins = text.lstrip(" \u00a0\ufeff")
    return f"'{text}" if begins.startswith(BEGIN_FORMULAS + WIDE) else text


def lines_of(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield the lines of a CSV file; it begins with a mark that tells spreadsheets its encoding."""
    yield "\ufeff"
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([defused(cell) for cell in row])
        yield line.getvalue()


def facts_of(value: object) -> str:
    """Write down what was before or after an act, as short as it goes."""
    if value is None:
        return ""
    if isinstance(value, dict):
        known = {name: each for name, each in value.items() if each is not None}
        return ", ".join(f"{name}: {each}" for name, each in known.items())
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
