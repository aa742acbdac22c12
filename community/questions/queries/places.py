"""Where posts stand in their threads, for those who judge single posts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased, joinedload

from community.core.db import db
from community.posts.models import Post
from community.posts.places import Around, Place
from community.questions.models import Answer, Comment, Question

NEIGHBOURS = 2
ANCHOR = re.compile(r"(?:answer|comment)-([0-9]{1,9})")


def places(post_ids: list[int]) -> dict[int, Place]:
    """Return the threads of many posts in one statement."""
    thread = aliased(Question)
    # The mapped columns of the kinds live on the one table of all posts.
    above = func.coalesce(Answer.__table__.c.question_id, Post.id)
    rows = db.session.execute(
        select(Post.id, Post.kind, thread.id, thread.title, thread.slug, thread.lang)
        .add_columns(thread.product_id)
        .join(thread, thread.id == above)
        .where(Post.id.in_(post_ids))
    )
    return {row[0]: _place(*row) for row in rows}


def _place(*row: Any) -> Place:  # noqa: ANN401
    post_id, kind, thread_id, title, slug, lang, product_id = row
    endpoint, values = "thread.permalink", {"kind": f"{kind}s", "post_id": post_id}
    if kind == "question":
        endpoint, values = "questions.show", {"question_id": thread_id, "slug": slug}
    return Place(
        thread_id=thread_id,
        title=title,
        lang=lang,
        product_id=product_id,
        endpoint=endpoint,
        values=values,
    )


def around(post_id: int) -> Around:
    """Return what a post answers and its nearest neighbours, in four statements at most."""
    post = db.session.get(Post, post_id)
    if not isinstance(post, Answer | Comment):
        first = _nearest(Answer.question_id == post_id, Answer.id > post_id)
        return Around(above=[], before=[], after=first)
    wanted = select(Post).where(Post.id.in_(post.hangs_on)).options(joinedload(Post.author))
    above = sorted(db.session.scalars(wanted), key=lambda each: each.id)
    siblings = Answer.question_id == post.question_id
    if isinstance(post, Comment):
        siblings = Comment.parent_id == post.parent_id
    return Around(
        above=above,
        before=_nearest(siblings, _kind(post), Post.id < post_id, latest=True)[::-1],
        after=_nearest(siblings, _kind(post), Post.id > post_id),
    )


def _kind(post: Post) -> ColumnElement[bool]:
    return Post.kind == post.kind


def _nearest(*conditions: ColumnElement[bool], latest: bool = False) -> list[Post]:
    order = Post.id.desc() if latest else Post.id
    rows = select(Post).where(*conditions).options(joinedload(Post.author))
    return list(db.session.scalars(rows.order_by(order).limit(NEIGHBOURS)))


def find(endpoint: str, values: Mapping[str, Any], fragment: str) -> int | None:
    """Return the post that an address of the forum leads to: a question, or a reply of it."""
    if endpoint not in {"questions.show", "questions.short", "thread.permalink"}:
        return None
    number = values.get("post_id") or values.get("question_id")
    anchor = ANCHOR.fullmatch(fragment)
    if anchor and endpoint != "thread.permalink":
        reply_id = int(anchor[1])
        belongs = Answer.__table__.c.question_id == number
        if db.session.scalar(select(Post.id).where(Post.id == reply_id, belongs)):
            return reply_id
    return db.session.scalar(select(Post.id).where(Post.id == number))
