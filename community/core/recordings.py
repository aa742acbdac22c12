"""What the page that is being made depends on, as it is found out while it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session

from community.core import changes
from community.core.changes import Topic

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

V = TypeVar("V", bound=Callable[..., Any])
Visit = Callable[["WSGIEnvironment"], None]


def kept_for_guests(view: V) -> V:
    """Mark a view whose answer is the same for all guests of one language.

    It is made anew after any change of what guests see, unless it says with depends_on() what
    alone its page shows.
    """
    view.is_kept_for_guests = True  # type: ignore[attr-defined]
    return view


def is_kept(view: Callable[..., Any] | None) -> bool:
    """Tell whether a view only shows what is kept for guests, and so changes nothing."""
    return hasattr(view, "is_kept_for_guests")


@dataclass
class Recording:
    """What one rendering depends on, as it is found out."""

    topics: set[Topic] = field(default_factory=set)
    is_narrow: bool = False
    visits: list[Visit] = field(default_factory=list)


current: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def into(recording: Recording) -> Iterator[None]:
    """Note in this recording what is loaded meanwhile."""
    token = current.set(recording)
    try:
        yield
    finally:
        current.reset(token)


def include(part: Recording) -> None:
    """Note that what is being made contains a part, and so depends on all that the part does."""
    recording = current.get()
    if recording is not None:
        recording.topics |= part.topics


def depends_on(*topics: Topic) -> None:
    """Say what the page of this request shows, beside the rows that are loaded for it."""
    recording = current.get()
    if recording is not None:
        recording.is_narrow = True
        recording.topics.update(topics)


def shows(*topics: Topic) -> None:
    """Say what is shown that was read as plain columns: of rows that are loaded it is known."""
    recording = current.get()
    if recording is not None:
        recording.topics.update(topics)


def on_each_visit(visit: Visit) -> None:
    """Do this for every later guest who gets the page that is being made."""
    recording = current.get()
    if recording is not None:
        recording.visits.append(visit)


@event.listens_for(Session, "loaded_as_persistent")
def _note_loaded(_session: Session, row: Any) -> None:  # noqa: ANN401
    recording = current.get()
    if recording is not None:
        topic = changes.topic_of(row)
        if topic is not None:
            recording.topics.add(topic)
