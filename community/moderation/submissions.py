"""What somebody sends to be published, and what the checks say about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from community.core import audit
from community.core.text import plain_text
from community.moderation.checks.texts import Fingerprint, fingerprint
from community.moderation.models.checks import Mode

if TYPE_CHECKING:
    from community.moderation.queries.in_force import Rules

Evidence = dict[str, Any]
STRICTNESS = (Mode.NOTE, Mode.HOLD, Mode.REFUSE)


@dataclass(frozen=True, kw_only=True)
class Sending:
    """How a text came: when its form was opened, None if it did not say, and from where.

    With the rules by which it was cleaned, if it was, so that it is judged by the same ones.
    """

    opened_at: datetime | None
    address: str = field(default_factory=audit.origin.get)
    rules: Rules | None = None


@dataclass(frozen=True, kw_only=True)
class Submission:
    """A text that somebody wants to publish. html is what it looks like."""

    kind: str
    title: str = ""
    source: str
    html: str
    language: str
    sending: Sending
    # What the post said before, if this is an edit, and which post that is.
    before: str = ""
    post_id: int | None = None

    @cached_property
    def plain(self) -> str:
        """The text without its markup."""
        return plain_text(self.html)

    @cached_property
    def everything(self) -> str:
        """The title and the text."""
        return f"{self.title}\n{self.plain}".strip()

    @cached_property
    def fingerprint(self) -> Fingerprint:
        """What it has in common with texts that say the same: compared first, then remembered."""
        return fingerprint(self.everything)


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A check or a watched word hit, with what it found."""

    check: str
    mode: Mode
    evidence: Evidence = field(default_factory=dict)
    word_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What all checks together say. Nothing was found where there are no hits."""

    hits: tuple[Hit, ...] = ()
    tags: tuple[str, ...] = ()
    is_flagged: bool = False

    @property
    def mode(self) -> Mode | None:
        """Return the strictest thing that a hit asks for."""
        modes = {hit.mode for hit in self.hits}
        return max(modes, key=STRICTNESS.index, default=None)

    @property
    def holds(self) -> bool:
        return self.mode == Mode.HOLD
