"""A small site of its own, made of the real macros, styles and scripts, in a real browser."""

from __future__ import annotations

from threading import Thread

import pytest
from flask import Flask, jsonify, request
from werkzeug.serving import make_server
from wtforms import Form, StringField, TextAreaField

from community.core import assets, brand
from community.core.headers import POLICY

FRAME = """<!DOCTYPE html><html lang="en"><head><title>Test</title>
<link rel="stylesheet" href="{{ asset_url('style.css') }}">
<script src="{{ asset_url('theme.js') }}"></script>
<script type="module" src="{{ asset_url('community.js') }}"></script></head>
<body>{% import "macros/composer.html" as composer %}{% import "macros/forms.html" as forms %}
{% import "macros/posts.html" as posts %}{% import "macros/icons.html" as icons %}"""


class Fields(Form):
    """What the pages of these tests let one fill in."""

    title = StringField("Title")
    body = TextAreaField("Body")
    tags = StringField("Tags")
    password = StringField("Password")


class Bench:
    """The server: pages by path, and what was sent to it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.pages: dict[str, str] = {}
        self.sent: list[tuple[str, dict]] = []
        self.server = Flask("bench")
        assets.init_app(self.server)
        self.server.add_url_rule("/<path:path>", "page", self.page, methods=["GET", "POST"])
        self.server.after_request(self.guard)
        self.socket = make_server("127.0.0.1", 0, self.server, threaded=True)
        self.address = f"http://127.0.0.1:{self.socket.server_port}"

    def show(self, path: str, source: str, **values) -> str:
        """Put a page at a path; return its whole address."""
        with self.app.test_request_context("/bench"):
            template = self.app.jinja_env.from_string(FRAME + source)
            self.pages[path] = template.render(form=Fields(), brand=brand.look(), **values)
        return f"{self.address}/{path}"

    def page(self, path: str):
        if request.method == "POST":
            return self.take(path)
        if path == "members":
            return jsonify(members=self.completions(request.args["q"]))
        if path == "complete":
            return jsonify(self.completions(request.args["q"]))
        if path == "similar":
            words = request.args["title"]
            return f'<ul><li><a href="/q">{words}?</a><script>window.ran = 1</script></li></ul>'
        return self.pages.get(path, ""), 200 if path in self.pages else 404

    def take(self, path: str):
        body = request.json if request.is_json else request.form.to_dict()
        names = {name: each.filename for name, each in request.files.items()}
        self.sent.append((path, body | names))
        answers = {
            "preview": {"html": "<p><em>seen</em></p>"},
            "uploads": {"url": "/u.webp", "markdown": f"![{body.get('alt')}](/u.webp)"},
            "vote": {"score": 1, "own": 1, "said": "vote"},
            "drafts": {},
        }
        if path == "refused":
            return jsonify(error="TooMany", message="No votes left today."), 429
        return jsonify(answers[path]) if path in answers else FRAME_OF_SUCCESS

    def completions(self, start: str) -> list[dict]:
        names = ["battery", "batch", "ben.okafor"]
        return [
            {"slug": each, "name": each, "handle": each, "questions": 3}
            for each in names
            if each.startswith(start)
        ]

    def guard(self, response):
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


FRAME_OF_SUCCESS = "<!DOCTYPE html><title>Sent</title>"


@pytest.fixture
def bench(app):
    """A site of one's own: bench.show("path", "{{ … }}") and bench.sent."""
    bench = Bench(app)
    thread = Thread(target=bench.socket.serve_forever, daemon=True)
    thread.start()
    yield bench
    bench.socket.shutdown()
    bench.socket.server_close()
    thread.join()


@pytest.fixture
def visit(browser, bench):
    """Open a page made of a template's source; every problem in the console fails the test."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    problems: list[str] = []

    def _visit(source: str, path: str = "page", *, page=None, **values):
        page = page or context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(bench.show(path, source, **values))
        page.wait_for_selector("html[data-awake]", state="attached")
        return page

    yield _visit
    context.close()
    assert problems == []
