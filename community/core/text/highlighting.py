"""Colours for code: Pygments marks keywords, names and strings with short classes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape
from itertools import groupby

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

# Marks weigh some twenty times as much as the code they mark; beyond this, code stays plain.
MOST_CODE = 12_000
_BLOCK = re.compile(r'<pre><code class="language-([A-Za-z0-9+#.-]{1,30})">([^<]*)</code></pre>')


def highlighted(html: str) -> str:
    """Mark the words of every fenced code block whose language is known."""
    left = MOST_CODE

    def mark(block: re.Match[str]) -> str:
        nonlocal left
        left -= len(block[2])
        return block[0] if left < 0 else _marked(block)

    return _BLOCK.sub(mark, html)


def _marked(block: re.Match[str]) -> str:
    language, code = block.groups()
    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return block[0]
    return f'<pre><code class="language-{language}">{_spans(lexer, unescape(code))}</code></pre>'


def _spans(lexer: Lexer, code: str) -> str:
    return "".join(
        f'<span class="{name}">{escape(text)}</span>' if name else escape(text)
        for name, text in _runs(lexer.get_tokens(code))
    )


def _runs(tokens: Iterable[tuple[_TokenType, str]]) -> Iterable[tuple[str, str]]:
    """Join neighbours of one class."""
    named = ((_class_of(kind), text) for kind, text in tokens)
    for name, run in groupby(named, key=lambda token: token[0]):
        joined = "".join(text for _, text in run)
        yield ("" if joined.isspace() else name), joined


def _class_of(kind: _TokenType) -> str:
    while kind not in STANDARD_TYPES and kind.parent is not None:
        kind = kind.parent
    return STANDARD_TYPES.get(kind, "")
