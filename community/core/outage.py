"""The page for when the database is away: it asks nobody anything and speaks each language."""

from __future__ import annotations

import logging
from collections.abc import Callable

from flask import Response
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

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
