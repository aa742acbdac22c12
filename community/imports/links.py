"""Links in old texts: those to old questions and answers lead to where these are now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_HREF = re.compile(r"""(<a\s[^>]*?href\s*=\s*)(["'])(.*?)\2""", re.IGNORECASE | re.DOTALL)
_QUESTION = re.compile(r"/(?:[a-z]{2,3}(?:-[A-Za-z]{2,4})?/)?(?:questions|q)/(\d+)(?:/[^#?]*)?")
_ANSWER_ANCHOR = re.compile(r"(?:answer-)?(\d+)")
_ANSWER = re.compile(r"/a/(\d+)(?:/\d+)?/?")


@dataclass(frozen=True)
class Links:
    """Where a source's links pointed to. `old_address` is empty if nobody said it."""

    source: str
    old_address: str = ""

    def renewed(self, html: str) -> str:
        """Return the HTML with links that work here, or that at least do not mislead."""
        return _HREF.sub(self._renew, html) if "href" in html else html

    def _renew(self, found: re.Match[str]) -> str:
        before, quote, address = found.groups()
        return f"{before}{quote}{self._address(address)}{quote}"

    def _address(self, address: str) -> str:
        path = self._path(address)
        if path is None:
            return address
        here, _, anchor = path.partition("#")
        here = here.partition("?")[0]
        if answer := _ANSWER.fullmatch(here):
            return f"/imported/{self.source}/a/{answer[1]}"
        if question := _QUESTION.fullmatch(here):
            if answer := _ANSWER_ANCHOR.fullmatch(anchor):
                return f"/imported/{self.source}/a/{answer[1]}"
            return f"/imported/{self.source}/q/{question[1]}"
        return f"{self.old_address}{path}" if self.old_address else ""

    def _path(self, address: str) -> str | None:
        """Return the address within the old forum, or None if it leads elsewhere."""
        if address.startswith("/") and not address.startswith("//"):
            return address
        if not self.old_address or "//" not in address:
            return None
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.hostname != urlsplit(self.old_address).hostname:
            return None
        return parts._replace(scheme="", netloc="").geturl()
