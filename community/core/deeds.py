"""What the visitor of a request did with what its page shows, such as a vote: see core.holes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from flask import g


def did(done: Mapping[str, Hashable]) -> None:
    """Say what the visitor of this request did, and how: {what: value}."""
    g.done = done


def done() -> Mapping[str, Hashable]:
    """Return what the visitor did, as far as the view has said it."""
    found: Mapping[str, Hashable] = g.get("done", {}) if g else {}
    return found
