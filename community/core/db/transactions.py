"""The one way to change data: a service is a transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import current_app, has_request_context
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError, InvalidRequestError, OperationalError
from sqlalchemy.orm import Session as SqlSession

from community.core import looking
from community.core.db.base import CONNECTION, db
from community.core.db.held import HELD
from community.core.errors import Conflict
from community.core.i18n import _l

P = ParamSpec("P")
R = TypeVar("R")
AfterCommit = Callable[[], None]

DEADLOCK = "40P01"  # What PostgreSQL calls it.
log = logging.getLogger(__name__)


def transaction(function: Callable[P, R]) -> Callable[P, R]:
    """Run a service as one unit of work: all of it is saved, or none of it.

    Services that call each other share the outermost transaction. What the database gave up
    because two waited for each other is done once more. Raises Conflict when a constraint of the
    database refuses the change.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if db.session.info.get("in_transaction"):
            return function(*args, **kwargs)

        def work() -> R:
            return function(*args, **kwargs)

        try:
            return _as_a_whole(work)
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != DEADLOCK:
                raise
            log.warning("%s waited in a circle and is done once more", function.__qualname__)
            return _once_more(work, error)

    run.is_transaction = True  # type: ignore[attr-defined]
    return run


def _as_a_whole(function: Callable[[], R]) -> R:
    state: dict[Any, Any] = db.session.info
    try:
        _begin_to_write(state)
        result = function()
        _do_last_things(state)
        db.session.commit()
    except IntegrityError as error:
        _undo(state)
        raise Conflict(_l("Somebody was faster. Please look again.")) from error
    except BaseException:
        _undo(state)
        raise
    for work in _end(state)[0]:
        work()
    return result


def _once_more(work: Callable[[], R], error: OperationalError) -> R:
    """Do the work again; raise the first error where it needs what the rollback made it forget."""
    try:
        return _as_a_whole(work)
    except InvalidRequestError:
        raise error from None


def before_commit(name: str, work: AfterCommit) -> None:
    """Do this last in the present transaction, once for each name, in the order of the names.

    For a row that many want to write at the same moment: whoever waits for it then holds no row
    that others wait for, or all of them in one order, so that nobody waits in a circle.
    """
    state = db.session.info
    if not state.get("in_transaction"):
        work()
        return
    state.setdefault("before_commit", {}).setdefault(name, work)


def before_commit_together(work: Callable[[list[Any]], None], thing: object) -> None:
    """Do this last in the present transaction, once for all the things that are named until then.

    For rows that one statement writes together.
    """
    state = db.session.info
    if not state.get("in_transaction"):
        work([thing])
        return
    gathered = state.setdefault("gathered", {})
    gathered.setdefault(work, []).append(thing)
    before_commit(work.__qualname__, lambda: work(gathered.pop(work)))


def _do_last_things(state: dict[Any, Any]) -> None:
    """Do what was left for the end, and what that leaves for the end in turn."""
    while last := state.pop("before_commit", {}):
        for name in sorted(last):
            last[name]()


@contextmanager
def session_of_its_own() -> Iterator[None]:
    """Read rows that outlive this request: nothing else is in their session, and it ends here."""
    with current_app.app_context():
        yield


def after_commit(work: AfterCommit) -> None:
    """Do this once the present transaction is safely stored; never if it is not."""
    db.session.info.setdefault("after_commit", []).append(work)


def after_rollback(work: AfterCommit) -> None:
    """Do this if the present transaction fails, such as to count what was refused."""
    db.session.info.setdefault("after_rollback", []).append(work)


def _end(state: dict[Any, Any]) -> tuple[list[AfterCommit], list[AfterCommit]]:
    """Forget the transaction; return what is to be done after its success, and its failure."""
    state.pop("in_transaction", None)
    state.pop(CONNECTION, None)
    state.pop("before_commit", None)
    state.pop(HELD, None)
    state.pop("gathered", None)
    return state.pop("after_commit", []), state.pop("after_rollback", [])


def _undo(state: dict[Any, Any]) -> None:
    db.session.rollback()
    for work in _end(state)[1]:
        try:
            work()
        except Exception:
            # The visitor hears of the first failure, not of this one.
            log.exception("Work after a rollback failed")


def _begin_to_write(state: dict[Any, Any]) -> None:
    """End the reading so far and start a transaction that may write.

    SQLite refuses to turn a transaction that has read into one that writes while somebody else
    writes, however long we would wait; one that begins with writing waits its turn.
    """
    looking.refuse_to_write()
    db.session.commit()
    state["in_transaction"] = True
    state[CONNECTION] = db.session.connection(execution_options={"begin_immediate": True})


@event.listens_for(SqlSession, "before_flush")
def _write_in_services_only(session: SqlSession, *_rest: object) -> None:
    """Refuse a change that a view made to a row: the next service would save it unasked."""
    if has_request_context() and not session.info.get("in_transaction"):
        message = "Rows are changed by services, inside a @transaction."
        raise RuntimeError(message)
