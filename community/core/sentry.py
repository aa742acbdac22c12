"""Errors to Sentry, where a setting names one; without anything about people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from community.core import tracing
from community.core.masking import masked

if TYPE_CHECKING:
    from flask import Flask

# Of a request, these two tell what was asked for; headers, cookies and forms tell who asked.
OF_REQUEST = ("method", "url")


def init_app(app: Flask, **more: Any) -> None:  # noqa: ANN401
    """Send errors, if SENTRY_DSN says where to."""
    if not app.config["SENTRY_DSN"]:
        return
    import sentry_sdk  # noqa: PLC0415, only where it is wanted

    sentry_sdk.init(
        app.config["SENTRY_DSN"],
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        server_name="",
        before_send=cleaned,
        **more,
    )


def cleaned(event: Any, _hint: Any) -> Any:  # noqa: ANN401
    """Return what is sent of an error: where it was and what it was, not for whom."""
    asked = event.pop("request", None) or {}
    kept = {name: asked[name].split("?")[0] for name in OF_REQUEST if name in asked}
    for name in ("user", "breadcrumbs", "extra"):
        event.pop(name, None)
    tags = {"request_id": tracing.name(), "route": tracing.route()}
    clean: dict[str, Any] = _without_secrets(event | {"request": kept})
    return clean | {"tags": {name: value for name, value in tags.items() if value}}


def _without_secrets(thing: Any) -> Any:  # noqa: ANN401
    if isinstance(thing, str):
        return masked(thing)
    if isinstance(thing, dict):
        return {name: _without_secrets(value) for name, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [_without_secrets(value) for value in thing]
    return thing
