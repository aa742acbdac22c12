"""The pieces of a thread's page, each kept as HTML under all the facts that it shows.

A thread changes with every vote and every answer, and then its page is made anew. Most of what
stands on it is as it was: only what looks different now is rendered again. What the reader did
here, such as votes, is no fact of a piece, but a place that is left open: see core.holes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, cached_property, partial
from typing import Any

from flask import current_app, request
from sqlalchemy import inspect

from community.core.holes import given
from community.core.i18n import language_and_zone
from community.core.shared_parts import are_kept, of_facts
from community.core.slots import slot
from community.core.text import trusted
from community.core.text.tight import tightened
from community.members.login import viewer
from community.posts.models import Post
from community.questions.models import Answer, Question
from community.questions.queries.threads import Thread
from community.questions.views.likeness import Likeness, shared_by_likes
from community.questions.views.offers import Offers

# What the templates use; importing them for each piece takes longer than most of what they do.
MACROS = ("addresses", "composer", "forms", "icons", "people", "posts")
# What stands beside a name, and what follows from it.
OF_MEMBERS = (
    *("id", "name", "handle", "avatar", "role", "staff_title", "trust_level", "deleted_at"),
    "chosen_badge",
)
# What changes with every reply and is not shown with the text of a question.
OF_REPLIES = frozenset({"active_at", "answer_count", "content_changed_at", "views"})
OF_VOTES = frozenset({"score"})
Facts = tuple[object, ...]


class Pieces:
    """The pieces of one page for the reader who asks: for each a method that returns its HTML."""

    def __init__(
        self,
        thread: Thread,
        may: Mapping[int, Offers],
        context: Callable[[], dict[str, Any]],
        typed_on: str | None = None,
    ) -> None:
        """Say how to get at what the templates need, which is asked only if one is rendered.

        typed_on: the number of the post below which a comment was typed, or "" if an answer was;
        None if the forms are empty. What was typed is nobody else's.
        """
        self._thread, self._may, self._typed_on = thread, may, typed_on
        self._shown = context
        self._is_kept, self._reader = are_kept(), viewer()
        self._around = _around(thread.question) if self._is_kept else ()
        self._numbers: dict[tuple[str, int], str] = {}

    def head(self) -> str:
        """Return where the question belongs, its title and its state."""
        question, page = self._thread.question, self._thread.answers
        facts = (
            _called(question.product),
            _called(question.topic),
            (question.title, question.purpose, question.state, question.solution_id),
            (bool(page.total), page.number > 1, bool(question.views)),
        )
        answers, views = page.total, question.views
        return self._piece("_head_of_question", facts, answers=answers, views=views)

    def text(self) -> str:
        """Return what the question says, with its comments and what one may do with it."""
        question = self._thread.question
        originals = [question.duplicate_of, question.likely_original]
        facts = (
            self._of_post(question, but=OF_REPLIES | OF_VOTES),
            tuple(map(_called, question.tags)),
            tuple(map(self._of_post, question.merged)),
            tuple((_led_to(each), each.is_visible) if each else None for each in originals),
            question.is_slow,
            *self._of_comments(question),
        )
        is_typed = self._is_typed_on(question)
        return self._piece(
            "_text_of_question", facts, question, is_own=is_typed, score=question.score
        )

    def answer(self, post: Answer) -> str:
        """Return an answer with its comments."""
        is_solution = post.id == self._thread.question.solution_id
        facts = (is_solution, self._of_post(post, but=OF_VOTES), *self._of_comments(post))
        is_typed = self._is_typed_on(post)
        return self._piece("_answer", facts, post, is_own=is_typed, score=post.score)

    def _actions(self, post: Answer, score: str) -> str:
        """Return what may be done with an answer."""
        question, reader = self._thread.question, self._reader
        offers, solves = self._may.get(post.id, {}), post.id == question.solution_id

        def render(post: Answer | Likeness, said: Mapping[str, str]) -> str:
            template = current_app.jinja_env.get_template("questions/_actions_of_answer.html")
            about = {"post": post, "solves": solves, "verdicts": offers, "may": {post.id: offers}}
            return trusted(tightened(template.render(self._context, **about, **said)))

        menu = trusted(slot("posts.menu", post=post)) if reader.is_authenticated else ""
        said = {"score": score, "menu": menu}
        if not self._is_kept or self._is_typed_on(post):
            return render(post, said)
        # Where the question is named: who may choose the solution does so at its address.
        here = bool(offers.get("solve")) and question.id
        may = _offered(offers), _said(self._may, post.id, "vote")
        facts = ("actions", self._around[:-1], here, question.is_visible, solves, may)
        return shared_by_likes(post, facts, render, said)

    def reply(self) -> str:
        """Return where one answers."""
        question, reader = self._thread.question, self._reader
        facts = (_said(self._may, question.id, "answer"), question.is_open, question.product.slug)
        # Who works here chooses among replies that change unnoticed.
        is_own = self._typed_on is not None or reader.is_staff or reader.moderates_something
        return self._piece("_reply", facts, is_own=is_own)

    def aside(self) -> str:
        """Return what stands beside the thread."""
        related = tuple(map(tuple, self._thread.related))
        return self._piece("_aside", (related, self._thread.question.product.slug))

    def _piece(
        self,
        name: str,
        facts: Facts,
        post: Post | None = None,
        *,
        is_own: bool = False,
        **numbers: int,
    ) -> str:
        """Return what a template says, kept if it is nobody's own.

        numbers: what changes more often than all else that it shows, such as votes.
        """

        def render(said: Mapping[str, str]) -> str:
            template = current_app.jinja_env.get_template(f"questions/{name}.html")
            about: dict[str, Any] = {"post": post}
            if isinstance(post, Answer):
                about["actions"] = partial(self._actions, post)
            return trusted(tightened(template.render(self._context, **about, **said)))

        said = {each: self._number(each, number) for each, number in numbers.items()}
        if is_own or not self._is_kept:
            return render(said)

        def left_open() -> str:
            return render({each: given(each) for each in said})

        return of_facts((name, self._around, facts), left_open, **said)

    def _number(self, name: str, number: int) -> str:
        """Return the HTML of a number by the macro of its name."""

        def render() -> str:
            return trusted(getattr(self._context["posts"], name)(number))

        if (name, number) not in self._numbers:
            facts = (name, self._around[:1], number)
            self._numbers[name, number] = of_facts(facts, render) if self._is_kept else render()
        return self._numbers[name, number]

    @cached_property
    def _context(self) -> dict[str, Any]:
        """What a template is given, found out once for all pieces; macros by their files."""
        context = self._shown()
        current_app.update_template_context(context)
        for name in MACROS:
            context[name] = current_app.jinja_env.get_template(f"macros/{name}.html").module
        return context

    def _is_typed_on(self, post: Post) -> bool:
        return self._typed_on == str(post.id)

    def _of_comments(self, post: Post) -> Facts:
        return tuple(map(self._of_post, self._thread.comments_on(post)))

    def _of_post(self, post: Post, but: frozenset[str] = frozenset()) -> Facts:
        columns = tuple(map(vars(post).get, _columns(type(post), but)))
        face = tuple(map(vars(post.author).get, OF_MEMBERS))
        offered = _offered(self._may.get(post.id, {}))
        refusal = _said(self._may, post.id, "vote")
        return columns, face, offered, refusal, post.author_id == self._reader.id


def _around(question: Question) -> Facts:
    """Name what every piece of a page shows of the page and of who reads it."""
    reader = viewer()
    return (
        *language_and_zone(),
        # Guests are led back here after the log-in.
        reader.is_authenticated or request.full_path,
        reader.is_authenticated and (reader.is_staff, reader.moderates(question.product_id)),
        reader.id == question.author_id,
        (question.id, question.slug, question.lang, question.product_id, question.is_visible),
    )


def _called(thing: Any) -> Facts | None:  # noqa: ANN401
    """Return how a product, a topic or a tag is called and found."""
    return (thing.slug, thing.name) if thing else None


def _led_to(question: Question) -> Facts:
    """Return what is shown of a question that this one leads to."""
    return question.id, question.slug, question.lang, question.title


def _offered(offers: Offers) -> tuple[str, ...]:
    return tuple(verb for verb, verdict in offers.items() if verdict)


def _said(may: Mapping[int, Offers], post_id: int, verb: str) -> str | None:
    """Return why somebody may not do something; "" if they may."""
    verdict = may.get(post_id, {}).get(verb)
    return None if verdict is None else str(verdict.refusal)


@cache
def _columns(kind: type[Post], but: frozenset[str]) -> tuple[str, ...]:
    """Return the names of what the table holds of a kind of post."""
    return tuple(each.key for each in inspect(kind).column_attrs if each.key not in but)
