"""What many members' pages have in common: made once in a process, kept until it changes.

The page of a member is the member's own, so it is never kept whole. But the rows of a thread, and
most of the HTML that shows them, are the same for everybody who may do the same; those parts are
kept here, under a key that names all that they depend on beside the rows. What core.changes tells
makes them anew. Where a part differs for each visitor it has holes, see core.holes.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Hashable
from hashlib import blake2b
from html import escape
from typing import Any, TypeVar, cast

from flask import Flask, current_app, has_request_context, render_template, request
from sqlalchemy.exc import SQLAlchemyError

from community.core import form_holes, holes, lasting, recordings
from community.core.bounded import Bounded
from community.core.change_log import NEVER, Log
from community.core.change_reader import Place, Sight, glance_within
from community.core.db import db, reads_replica, speaks_postgresql
from community.core.holes import Holed
from community.core.i18n import language_and_zone
from community.core.kept_part import Part
from community.core.recordings import Recording, depends_on
from community.core.stand_ins import with_number
from community.core.text import trusted

T = TypeVar("T")
log = logging.getLogger(__name__)

MOST_BYTES = 64 * 1024 * 1024
# Pages that are one reader's own are kept apart: they shall not push out what all need.
MOST_BYTES_OF_ONE = 8 * 1024 * 1024
LONGEST_ASKED = 200  # characters of what is searched for
# Where a request brings the count of changes that its data is known to hold.
KNOWN = "community.known_changes"
PARTS = "community.shared_parts"


class SharedParts:
    """The parts that one process keeps, the ones used last."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self._parts: Bounded[Hashable, Part] = Bounded(MOST_BYTES)
        self._of_one: Bounded[Hashable, Part] = Bounded(MOST_BYTES_OF_ONE)

    def look(self, *, is_new: bool = False) -> int:
        """Learn what changed up to now; return the count of this moment. See Log.look."""
        try:
            return self.log.look(now=True, is_new=is_new)
        except SQLAlchemyError:
            # While the database is away nothing changes, and the page that says so has a frame.
            log.exception("What has changed cannot be read; kept parts go on being shown")
            return self.log.count

    def get(self, key: Hashable, make: Callable[[], T], *, of_one: bool = False) -> T:
        """Return what is kept under a key, or have it made and keep it. of_one: for one reader."""
        kept = self._of_one if of_one else self._parts
        part = kept.get(key)
        if part is None or not part.is_right(self.log):
            if reads_replica():  # Right for this page; what others know may be newer already.
                return make()
            part = self._made(make)
            if part.since != NEVER:
                kept.put(key, part)
        recordings.include(part.recording)
        lasting.lasts(part.ends_at - time.monotonic())
        return cast(T, part.value)

    def _made(self, make: Callable[[], Any]) -> Part:
        since = request.environ.get(KNOWN) if has_request_context() else None
        since = self.look() if since is None else since
        recording = Recording()
        began = time.monotonic()
        with recordings.into(recording), holes.sealed(), lasting.noted() as span:
            value = make()
        return Part(value, recording, since, began + span.seconds)


def are_kept() -> bool:
    """Tell whether parts are kept at all; most tests do without."""
    return bool(current_app.config["KEPT_PAGES"])


def shared(key: Hashable, make: Callable[[], T], *, of_one: bool = False) -> T:
    """Return a part that is the same for all who ask with this key; see SharedParts.get."""
    if parts := _parts_of_request():
        return parts.get(key, make, of_one=of_one)
    # What a part says of itself must not be taken for what the whole page says.
    recording = Recording()
    with recordings.into(recording):
        value = make()
    recordings.include(recording)
    return value


def _parts_of_request() -> SharedParts | None:
    """Return what keeps parts, if they are kept: found out once, for a page has many."""
    if not has_request_context():
        return None
    environ = request.environ
    if PARTS not in environ:
        environ[PARTS] = _parts() if are_kept() else None
        if environ[PARTS] and KNOWN not in environ:
            environ[KNOWN] = _known_midway(environ[PARTS])
    return cast("SharedParts | None", environ[PARTS])


def place() -> Place:
    """Return from where to glance at what changed, in the first statement of a request."""
    return _parts().log.place


def begin(place: Place, sight: Sight, asked_at: float) -> None:
    """Go on from what that statement saw; only if it is new, look what changed.

    asked_at: when it was asked, by the monotonic clock.
    """
    if not (has_request_context() and are_kept()):
        return
    parts = _parts()
    known = parts.log.knows(place, sight, asked_at)
    if known is None:
        if db.session.info.get("in_transaction"):
            return
        # What is read from now on must not be older than the changes that are known.
        db.session.commit()
        known = parts.look(is_new=True)
    request.environ.setdefault(KNOWN, known)


def _known_midway(parts: SharedParts) -> int:
    """Return the count of changes that all contains what is read from now on.

    SQLite shows a request that has read something already all as it was then. If others know of
    something later, what is made of that is right for this page alone: NEVER.
    """
    known = parts.look()
    if speaks_postgresql() or not db.session().in_transaction():
        return known
    place = parts.log.place
    seen = parts.log.knows(place, glance_within(place))
    return NEVER if seen is None else seen


def _parts() -> SharedParts:
    return cast(SharedParts, current_app.extensions["shared_parts"])


def same_for_all(render: Callable[[], str]) -> str:
    """Return the HTML of this address that everybody sees alike; made anew after any change."""
    return shared((request.full_path, *language_and_zone()), render)


def page(render: Callable[[], str], *depends: Hashable, reader: int | None = None) -> str | bytes:
    """Return the whole page of this address as a member sees it, frame and all.

    It is the same for all for whom `depends` is, or for one reader with this number.
    """
    if not are_kept():
        return render()
    key = ("page", request.full_path, *language_and_zone(), *depends, reader)
    made = shared(key, lambda: _with_holes(render).as_page(), of_one=reader is not None)
    return made.filled()


def piece(template: str, **context: Hashable) -> str:
    """Return a piece of the frame of pages, such as the footer, that is the same for a context.

    It may show what changes make everything anew, and nothing else: settings, products, the rules.
    Holes in it are the address of the page, HERE, and what is searched for, ASKED.
    """

    def make() -> str:
        here, asked = trusted(holes.leave(_here)), trusted(holes.leave(_asked))
        return render_template(template, **context, HERE=here, ASKED=asked)

    key = (template, *context.items(), *language_and_zone())
    return trusted(_holed(key, make).filled())


def _here() -> str:
    return str(escape(request.full_path.rstrip("?")))


def _asked() -> str:
    return str(escape(request.args.get("q", "")[:LONGEST_ASKED].strip()))


def of_facts(facts: object, render: Callable[[], str], **given: str) -> str:
    """Return HTML that follows from facts alone, beside what changes everything; with holes.

    facts: values that say in their repr all that they are; only a digest of them is kept, for there
    are whole texts among them. What is given is no fact, but fills the places of holes.given().
    """
    return trusted(_of_facts(facts, render).filled(**given))


def of_facts_and_number(facts: object, number: int, render: Callable[[], str], **given: str) -> str:
    """Return the same with a number wherever a STAND_IN was rendered: it is no fact either."""
    return trusted(with_number(_of_facts(facts, render), number).filled(**given))


def _of_facts(facts: object, render: Callable[[], str]) -> Holed:
    return _holed(blake2b(repr(facts).encode()).digest(), render)


def _holed(key: Hashable, render: Callable[[], str]) -> Holed:
    """Return HTML with holes that is made anew after what changes everything."""

    def make() -> Holed:
        depends_on()
        return _with_holes(render)

    return shared(key, make)


def _with_holes(render: Callable[[], str]) -> Holed:
    """Return HTML with holes. Raises RuntimeError if a visitor's own token stands in it."""
    html = holes.with_holes(render)
    token = form_holes.known_token()
    if token and any(token in text for text in html.texts):
        message = "A form takes its token past token_of_form; this HTML cannot be shared."
        raise RuntimeError(message)
    return html


def init_app(app: Flask, log: Log) -> None:
    """Keep parts."""
    app.extensions["shared_parts"] = SharedParts(log)


def offer_holes(app: Flask) -> None:
    """Let forms leave holes, instead of what Flask-WTF offers to templates."""
    forms = {"csrf_token": form_holes.token_of_form, "submission_key": form_holes.key_of_form}
    app.jinja_env.globals.update(forms, piece=piece, own=holes.own, mine=holes.mine)
    app.context_processor(lambda: forms)
