"""Every text that a post has had, and what each edit changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from community.core.access import everyone
from community.core.limits import limited
from community.core.web import page_number
from community.posts import queries as post_queries
from community.posts.differences import Piece, compared, words
from community.posts.models import Revision
from community.questions import queries
from community.questions.views import on_thread
from community.questions.views.thread import address_of, seen

REVISIONS_A_PAGE = 10


@dataclass(frozen=True)
class Change:
    """One text of a post beside the one before; the first text has nothing to compare with."""

    revision: Revision
    is_first: bool
    title: tuple[Piece, ...] = ()
    tags: tuple[Piece, ...] = ()
    body: tuple[Piece, ...] = ()


@on_thread.get("/posts/<int:post_id>/history")
@everyone
@limited("60 per minute")
def history(post_id: int) -> ResponseReturnValue:
    """Show what was changed, when, by whom and why, the latest first."""
    post = seen(queries.post_by_id(post_id))
    page = post_queries.page_of_revisions(post, page_number(), REVISIONS_A_PAGE)
    return render_template(
        "questions/history.html",
        post=post,
        question=queries.question_of(post),
        page=page,
        changes=list(_changes(page.items)),
        back=address_of(post),
    )


def _changes(revisions: Sequence[Revision]) -> Iterator[Change]:
    """Pair each revision with the one before it, which follows it in the list."""
    shown = revisions[:REVISIONS_A_PAGE]
    for place, revision in enumerate(shown):
        if place + 1 == len(revisions):
            yield Change(revision, is_first=True)
            continue
        before = revisions[place + 1]
        yield Change(
            revision,
            is_first=False,
            title=words(before.title, revision.title) if before.title != revision.title else (),
            tags=_changed_tags(before.tags, revision.tags),
            body=compared(before.body, revision.body) if before.body != revision.body else (),
        )


def _changed_tags(before: str, after: str) -> tuple[Piece, ...]:
    """Compare tags as they are: a set, whose order says nothing."""
    old, new = (" ".join(sorted(tags.split())) for tags in (before, after))
    return words(old, new) if old != new else ()
