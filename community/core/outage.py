"""When the database is away, or its disk is full: what is said, and what was typed is shown.

The plain page asks nobody anything and speaks each language.
"""

from __future__ import annotations

import errno
import logging
import sqlite3
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, g
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from community.core import again, unsent
from community.core.db import db
from community.core.errors import Busy, CommunityError, Full
from community.core.i18n import _l

# Shows an error: the status, its name for programs, and our words for it.
Show = Callable[[int, str, str], Any]

# No answer, no connection, a server that was the first one and now only follows.
AWAY = (OperationalError, InterfaceError, InternalError, NoConnectionLeft)
DISK_FULL = "53100"  # What PostgreSQL calls it.
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
log = logging.getLogger(__name__)
SECONDS = 30
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>We will be right back · Volvemos enseguida</title>
<h1>We will be right back</h1>
<p>The community does not answer at the moment. Please try again in a minute.</p>
<div lang="es">
<h1>Volvemos enseguida</h1>
<p>La comunidad no responde en este momento. Inténtalo de nuevo en un minuto.</p>
</div>
</html>
"""


def or_plainly(answer: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """Return the answer, or the plain page if not even that can be had without the database."""
    try:
        return answer()
    except SQLAlchemyError as error:
        log.error("Not even the error page can be shown: %s", type(error).__name__)
        headers = {"Retry-After": str(SECONDS)}
        return Response(PAGE, 503, headers, mimetype="text/html")


def init_app(app: Flask, show: Show) -> None:
    """Answer for what the database, or the disk, refuses."""

    def answer(error: CommunityError) -> ResponseReturnValue:
        db.session.rollback()
        # A session lies in the database, too, so what was typed cannot wait there.
        g.typed = unsent.typed()
        headers = {"Retry-After": str(error.seconds)} if isinstance(error, Busy) else {}
        return show(error.status, type(error).__name__, str(error)), error.status, headers

    def answer_for_database(error: SQLAlchemyError) -> ResponseReturnValue:
        log.error("The database does not answer", exc_info=error)
        again.note_if_lost(error)
        return or_plainly(lambda: answer(_full() if is_full(error) else _busy()))

    def answer_for_disk(error: OSError) -> ResponseReturnValue:
        if error.errno not in NO_ROOM:
            raise error
        log.error("The disk is full", exc_info=error)
        return or_plainly(lambda: answer(_full()))

    for kind in AWAY:
        app.register_error_handler(kind, answer_for_database)
    app.register_error_handler(OSError, answer_for_disk)
    app.teardown_appcontext(let_go)


def let_go(_error: BaseException | None = None) -> None:
    """End the session before the extension does: a server that dies just then breaks no answer."""
    if not db.session.registry.has():
        return
    try:
        db.session.close()
    except SQLAlchemyError as error:
        log.error("The database went away at the end of a request: %s", type(error).__name__)
        db.session().invalidate()


def is_full(error: SQLAlchemyError) -> bool:
    """Tell whether the database has no room left."""
    cause = getattr(error, "orig", None)
    code = getattr(cause, "sqlite_errorcode", None)
    return code == sqlite3.SQLITE_FULL or getattr(cause, "sqlstate", None) == DISK_FULL


def _full() -> Full:
    return Full(
        _l(
            "There is no room left to save anything. You can go on reading; please try again when"
            " the team has made room."
        )
    )


def _busy() -> Busy:
    return Busy(_l("Many people are writing right now. Please go back and send it again."), 5)
