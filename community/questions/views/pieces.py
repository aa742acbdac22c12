"""The answers of a thread, each kept as HTML under all the facts that it shows.

A thread changes with every vote and every answer, and then its page is made anew. Most of what
stands on it is as it was: only the answers that look different now are rendered again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from flask import current_app, request
from sqlalchemy import inspect

from community.core.i18n import language_and_zone
from community.core.shared_parts import are_kept, of_facts
from community.core.text import trusted
from community.members.login import viewer
from community.posts.models import Post
from community.questions.models import Answer, Comment, Question
from community.questions.views.offers import Offers

# What _answer.html uses; importing them for each answer takes longer than most of what they do.
MACROS = ("addresses", "composer", "forms", "icons", "people", "posts")
# What stands beside a name, and what follows from it.
OF_MEMBERS = (
    *("id", "name", "handle", "avatar", "role", "staff_title", "trust_level", "deleted_at"),
    "chosen_badge",
)


def of_answers(shown: Mapping[str, Any]) -> Callable[[Answer], str]:
    """Return what renders an answer of the page for which this is shown, or takes what is kept."""
    template = current_app.jinja_env.get_template("questions/_answer.html")
    context = _with_macros(shown)

    def render(post: Answer) -> str:
        return trusted(template.render(context, post=post))

    # A form that shows what was typed is nobody else's.
    if not are_kept() or shown["is_typed"]:
        return render
    around = _around(shown["question"])
    return lambda post: of_facts((around, _of_answer(post, shown)), lambda: render(post))


def _with_macros(shown: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a template is given, found out once for all answers; macros by their files."""
    context = dict(shown)
    current_app.update_template_context(context)
    for name in MACROS:
        context[name] = current_app.jinja_env.get_template(f"macros/{name}.html").module
    return context


def _around(question: Question) -> tuple[object, ...]:
    """Name what every answer of a page shows of the page and of who reads it."""
    reader = viewer()
    return (
        "answer",
        *language_and_zone(),
        # Guests are led back here after the log-in.
        reader.is_authenticated or request.full_path,
        reader.is_authenticated and reader.moderates(question.product_id),
        reader.id == question.author_id,
        (question.id, question.slug, question.lang, question.product_id, question.is_visible),
    )


def _of_answer(post: Answer, shown: Mapping[str, Any]) -> tuple[object, ...]:
    said: list[Comment] = shown["comments"].get(post.id, [])
    may = shown["may"]
    return (
        post.id == shown["question"].solution_id,
        _of_post(post, may),
        *(_of_post(comment, may) for comment in said),
    )


def _of_post(post: Post, may: Mapping[int, Offers]) -> tuple[object, ...]:
    columns = tuple(map(vars(post).get, _columns(type(post))))
    author = vars(post.author)
    face = tuple(map(author.get, OF_MEMBERS))
    verdicts = may[post.id].items()
    offered = tuple(verb for verb, verdict in verdicts if verdict)
    refusals = tuple(str(verdict.refusal) for verb, verdict in verdicts if verb == "vote")
    return columns, face, offered, refusals, post.author_id == viewer().id


@cache
def _columns(kind: type[Post]) -> tuple[str, ...]:
    """Return the names of what the table holds of a kind of post."""
    return tuple(each.key for each in inspect(kind).column_attrs)
