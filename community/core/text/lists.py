"""Lists as people write them: right after a paragraph, nested by two spaces, with code in a step.

Python-Markdown wants an empty line before a list and four spaces for every level. These rules
rewrite the lines of a source to that, the way CommonMark reads them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown.preprocessors import Preprocessor

_ITEM = re.compile(r"( *)(?:([-*+])|(\d{1,9})[.)])( {1,4})(?=\S)")
_FENCE = re.compile(r"`{3,}(?=[^`]*$)|~{3,}")
_LEVEL = " " * 4


class Lists(Preprocessor):
    """Runs after fenced code was set aside, so that code stays what it is."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with every list as Python-Markdown wants it."""
        tidy = _Tidy()
        for line in lines:
            tidy.take(line)
        return tidy.lines


@dataclass
class _Tidy:
    """Reads line by line; remembers the open items as (column of the mark, column of the text)."""

    lines: list[str] = field(default_factory=list)
    items: list[tuple[int, int]] = field(default_factory=list)
    after_gap: bool = True
    fence: str = ""
    code_column: int = 0

    def take(self, line: str) -> None:
        """Read one line and write what stands for it."""
        text = line.lstrip(" ")
        column = len(line) - len(text)
        if self.fence:
            self._take_code(text, column)
        elif not text:
            self.lines.append(line)
        elif (item := _ITEM.match(line)) and self._is_item(item):
            self._take_item(item, line)
        else:
            self._take_text(text, column)
        self.after_gap = not text

    def _is_item(self, item: re.Match[str]) -> bool:
        """Say whether this begins an item: in a running paragraph only a bullet or 1. does."""
        column = len(item[1])
        if self.items:
            return column < self.items[-1][1] + 4
        return column < 4 and (self.after_gap or item[2] is not None or item[3] == "1")

    def _take_item(self, item: re.Match[str], line: str) -> None:
        if not self.items and not self.after_gap:
            self.lines.append("")
        column = len(item[1])
        while self.items and column < self.items[-1][0] + 2:
            self.items.pop()
        mark = item[2] or f"{item[3]}."
        self.lines.append(f"{_LEVEL * len(self.items)}{mark} {line[item.end() :]}")
        self.items.append((column, item.end()))

    def _take_text(self, text: str, column: int) -> None:
        if self.after_gap:
            self._close_items(column)
        level = len(self.items)
        fence = _FENCE.match(text)
        if not level or (column == 0 and not fence):
            self.lines.append(" " * column + text)
        elif fence:
            self.fence, self.code_column = fence[0], column
            self.lines.append("")
        else:
            extra = max(0, column - self.items[-1][1])
            self.lines.append(_LEVEL * level + " " * extra + text)

    def _take_code(self, text: str, column: int) -> None:
        if text.startswith(self.fence) and not text.strip(self.fence[0] + " "):
            self.fence = ""
            self.lines.append("")
        else:
            inside = " " * max(0, column - self.code_column) + text
            self.lines.append(_LEVEL * (len(self.items) + 1) + inside if text else "")

    def _close_items(self, column: int) -> None:
        while self.items and column < self.items[-1][0] + 2:
            self.items.pop()
