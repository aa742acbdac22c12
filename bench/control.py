"""The control of every comparison: a bare Flask that does next to nothing."""

from __future__ import annotations

from flask import Flask, request

from community.core import admission

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 6 * 1024 * 1024
TWENTY_KILOBYTES = "<!doctype html><title>Control</title><p>" + "x" * 20_000


@app.get("/")
def page() -> str:
    """Return 20 KB from memory."""
    return TWENTY_KILOBYTES


@app.post("/form")
def form() -> str:
    """Read a whole form."""
    return str(len(request.form))


guarded = Flask("guarded")
guarded.config.update(THREADS=4, TRUSTED_PROXIES=0, MAX_CONTENT_LENGTH=6 * 1024 * 1024)
guarded.add_url_rule("/", view_func=page)
guarded.add_url_rule("/form", view_func=form, methods=["POST"])
admission.init_app(guarded)
