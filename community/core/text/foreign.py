"""Text from another forum: HTML that others made, cleaned like our own, and as Markdown."""

from __future__ import annotations

import re

from community.core.text.backwards import html_to_markdown
from community.core.text.sanitizing import (
    bleached,
    encodable,
    purified,
    touched_up,
    without_scripts,
)

# The grammar of HTML in which bleach would find nothing to take out: bare tags from the list,
# and links with nothing but a plain web address. Everything else goes through bleach, which
# takes a hundred times as long.
_SIMPLE = re.compile(
    r"""(?:
        [^<>&\x00-\x08\x0b\x0c\x0e-\x1f\x7f]++
      | &(?:amp|lt|gt|quot|nbsp|\#39);
      | </?(?:p|br|hr|em|strong|b|i|del|blockquote|pre|code|ul|ol|li|h[1-6]|a)(?:\ ?/)?>
      | <a\ href="https?://[a-z0-9](?:[A-Za-z0-9._~:/?\#!$'()*+,;=%-]|&amp;)*+"
          (?:\ rel="[a-z\ ]*")?>
    )*+""",
    re.VERBOSE,
)


def clean_html(html: str) -> str:
    """Return HTML from elsewhere with nothing in it that members here may not write."""
    html = encodable(html)
    plausible = html if _is_simple(html) else bleached(without_scripts(html))
    return purified(touched_up(plausible, {}))


def from_html(html: str) -> tuple[str, str]:
    """Return HTML from elsewhere as Markdown and as clean HTML."""
    clean = clean_html(html)
    return html_to_markdown(clean), clean


def _is_simple(html: str) -> bool:
    return _SIMPLE.fullmatch(html) is not None
