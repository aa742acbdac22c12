"""Seeing the forum as somebody else sees it: while it lasts, nothing at all is written.

Whoever looks is an admin; who is looked as, and whether that still may be, `members` decides. Here
stands what every floor has to know: that this request only looks. docs/decisions/0099.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from flask import Flask, Response

from community.core.errors import Forbidden
from community.core.i18n import _l

V = TypeVar("V", bound=Callable[..., Any])


@dataclass(frozen=True)
class Look:
    """One look: who looks, in which language they are spoken to, as whom, and until when."""

    by: int
    language: str
    zone: str
    name: str
    member_id: int | None
    until: datetime


present: ContextVar[Look | None] = ContextVar("look", default=None)


# When a look ends by the clock, a form that comes from its pages is not sent as oneself.
just_over: ContextVar[bool] = ContextVar("look_is_over", default=False)


def is_on() -> bool:
    """Tell whether this request sees the forum as somebody else, and so writes nothing."""
    return present.get() is not None


def refuse_to_write() -> None:
    """Stop what would change anything. Raises Forbidden while somebody only looks."""
    if is_on():
        raise Forbidden(
            _l(
                "You only look at the forum as somebody else, so nothing can be sent or changed. "
                "Leave first."
            )
        )


def refuse_to_send() -> None:
    """Stop a form from a page that was seen as somebody else. Raises Forbidden."""
    refuse_to_write()
    if just_over.get():
        raise Forbidden(
            _l(
                "The time of looking as somebody else is over, so this was not sent. You see the "
                "forum as yourself again."
            )
        )


def private(view: V) -> V:
    """Mark a page that shows nobody but the member: sessions, address, password."""
    view.is_private = True  # type: ignore[attr-defined]
    return view


def own(view: V) -> V:
    """Mark a view that whoever looks uses as themselves: the one that ends the look."""
    view.is_own = True  # type: ignore[attr-defined]
    return view


def refuse_private(view: Any) -> None:  # noqa: ANN401
    """Keep what is private from whoever only looks. Raises Forbidden."""
    if getattr(view, "is_private", False) and is_on():
        raise Forbidden(_l("This page is private: nobody but the member sees it."))


def init_app(app: Flask) -> None:
    """Begin every request as nobody but the visitor, and let no look be stored anywhere."""
    app.before_request(forget)
    app.teardown_request(forget)
    app.after_request(_keep_from_stores)


def forget(_error: BaseException | None = None) -> None:
    """Look no longer, until the session says so again."""
    present.set(None)
    just_over.set(False)


def _keep_from_stores(response: Response) -> Response:
    """Let no browser keep what was seen as somebody else."""
    if is_on():
        response.headers["Cache-Control"] = "no-store"
    return response
