"""Who is spoken to: @handle in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_MENTIONS = 20
# A handle: Latin letters and digits, hyphens and underscores inside. Not after a letter, so that
# the second half of a mail address is no mention.
MENTION = r"(?<![^\W_]|[@/.+=-])@([A-Za-z0-9][A-Za-z0-9_-]{1,28}[A-Za-z0-9])(?![^\W_])"
_MENTION = re.compile(MENTION)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_BACKTICKS = re.compile(r"`+")


def mentions_in(source: str) -> list[str]:
    """Return the handles mentioned outside of code: lower case, once each, at most 20."""
    found: dict[str, None] = {}
    for match in _MENTION.finditer(_without_code_spans(_without_code_blocks(source))):
        found[match[1].lower()] = None
        if len(found) == MOST_MENTIONS:
            break
    return list(found)


def _without_code_blocks(source: str) -> str:
    return "\n".join(_lines_outside_of_code(source.splitlines()))


def _lines_outside_of_code(lines: list[str]) -> Iterator[str]:
    """Yield the lines that are neither fenced nor, after an empty line, indented as code."""
    fence, after_gap = "", True
    for line in lines:
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and line.strip() == fence else fence
        elif mark:
            fence = mark[1]
        elif line.startswith(("    ", "\t")) and after_gap:
            continue
        else:
            yield line
        after_gap = not line.strip()


def _without_code_spans(text: str) -> str:
    """Cut out what stands between two runs of equally many backticks; takes linear time."""
    runs = [(match.start(), match.end()) for match in _BACKTICKS.finditer(text)]
    later: dict[int, list[int]] = {}
    for index in range(len(runs) - 1, -1, -1):
        start, end = runs[index]
        later.setdefault(end - start, []).append(index)
    kept, position, index = [], 0, 0
    while index < len(runs):
        start, end = runs[index]
        partners = later[end - start]
        while partners and partners[-1] <= index:
            partners.pop()
        if partners:
            kept.append(text[position:start])
            index = partners[-1]
            position = runs[index][1]
        index += 1
    kept.append(text[position:])
    return " ".join(kept)
