"""The control of every comparison: a bare Flask that does next to nothing."""

from __future__ import annotations

from flask import Flask, render_template, request
from jinja2 import DictLoader

from community.core import admission

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 6 * 1024 * 1024
TWENTY_KILOBYTES = "<!doctype html><title>Control</title><p>" + "x" * 20_000


@app.get("/")
def page() -> str:
    """Return 20 KB from memory."""
    return TWENTY_KILOBYTES


POSTS = [
    {"id": number, "author": f"Member {number}", "score": number, "body": "<p>It leaks. " * 40}
    for number in range(20)
]
PAGE = """<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>
{% for post in posts %}<article id="answer-{{ post.id }}"><a href="/members/{{ post.id }}">
{{ post.author }}</a> <span>{{ post.score }}</span><div>{{ post.body|safe }}</div></article>
{% endfor %}"""
# From a loader, as an application has it: render_template_string would compile it in each request.
app.jinja_loader = DictLoader({"posts.html": PAGE})


@app.get("/posts")
def posts() -> str:
    """Render twenty posts that lie in memory."""
    return render_template("posts.html", title="How do I clean the filter?", posts=POSTS)


@app.post("/form")
def form() -> str:
    """Read a whole form."""
    return str(len(request.form))


guarded = Flask("guarded")
guarded.config.update(THREADS=4, TRUSTED_PROXIES=0, MAX_CONTENT_LENGTH=6 * 1024 * 1024)
guarded.add_url_rule("/", view_func=page)
guarded.add_url_rule("/form", view_func=form, methods=["POST"])
admission.init_app(guarded)
