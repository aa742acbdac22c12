"""From clean HTML back to Markdown, so that an imported text can be edited like any other."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup
from markdownify import MarkdownConverter

from community.core.text.rules import LANGUAGE

# What our Markdown would read as a mark. An address is left alone.
_MARK = re.compile(
    r"""(?P<address>https?://[^\s<>]+)
      | (?P<mark>
            [*`\\] | ~(?=~) | (?<!\w)_ | _(?!\w)     # emphasis, code, struck out
          | \](?=[(\[:])                             # the end of the text of a link
          | <(?=[A-Za-z][\w+.-]*:|[^<>\s]+@|\Z)      # <address>
        )
      | &(?=\#?\w+;)                               # an entity
      | ^(?P<gap>\s*)(?P<digits>\d{0,9})           # the beginning of ...
        (?P<start>
            \#(?=\#{0,5}\s)                         # a heading
          | [-+](?=\s) | [.)](?=\s)                 # an item
          | > | [=-](?=[=-])                        # a quote, a line
        )
    """,
    re.VERBOSE | re.MULTILINE,
)
_BACKTICKS = re.compile("`+")
# Headings are shifted down by two when Markdown is rendered, so they go up by two here.
_SHIFT = 2


def html_to_markdown(html: str) -> str:
    """Return Markdown that renders to about the same as this HTML from `clean_html`."""
    soup = BeautifulSoup(f"<body>{html}</body>", "lxml")
    markdown: str = _CONVERTER.convert_soup(soup)
    return markdown.strip()


class _Converter(MarkdownConverter):
    """Markdownify, writing the Markdown of this house."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Put a backslash before what would be read as a mark."""
        text = _MARK.sub(_escaped, text)
        return text.replace("|", "\\|") if parent_tags & {"td", "th"} else text

    def convert_hN(self, n: int, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ANN401, N802
        """Write a heading two levels up."""
        heading: str = super().convert_hN(max(1, n - _SHIFT), el, text, parent_tags)  # type: ignore[misc]
        return heading

    def convert_a(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ANN401
        """Write a link; only a web address may stand as <address>."""
        link: str = super().convert_a(el, text, parent_tags)  # type: ignore[misc]
        return f"[{link[1:-1]}]({link[1:-1]})" if link.startswith(("</", "<#", "<?")) else link

    def convert_br(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ANN401, ARG002
        """End the line: in our Markdown this is all it takes."""
        return " " if "_inline" in parent_tags else "\n"

    def convert_pre(self, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: ANN401
        """Fence code; in a quote, where fences mean nothing, indent it."""
        code = text.removeprefix("\n").removesuffix("\n")
        if "blockquote" in parent_tags:
            return "\n\n" + "\n".join(f"    {line}" for line in code.split("\n")) + "\n\n"
        fence = "`" * max(3, 1 + max(map(len, _BACKTICKS.findall(code)), default=0))
        return f"\n\n{fence}{_language_of(el)}\n{code}\n{fence}\n\n"


def _escaped(found: re.Match[str]) -> str:
    if found["address"]:
        return found["address"]
    if found["mark"]:
        return "\\" + found["mark"]
    if found["start"]:
        return f"{found['gap']}{found['digits']}\\{found['start']}"
    return "&amp;"


def _language_of(pre: Any) -> str:  # noqa: ANN401
    """Return the language of a code block from the class that fenced code carries."""
    code = pre.find("code")
    for name in (code.get("class") or ()) if code else ():
        if LANGUAGE.fullmatch(name):
            return str(name).removeprefix("language-")
    return ""


# Line ends in HTML are spaces, in our Markdown they end the line: so white space is folded.
_CONVERTER = _Converter(heading_style="ATX", bullets="-", wrap=True, wrap_width=None)
