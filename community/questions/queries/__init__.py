"""Finding questions, answers and comments: single ones here, lists and threads beside."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, ScalarSelect, bindparam, exists, func, select, update
from sqlalchemy.orm import defer, joinedload, selectinload, with_polymorphic
from sqlalchemy.sql.base import ExecutableOption

from community.core import looking
from community.core.db import db
from community.core.errors import existing
from community.core.i18n import _l
from community.members.models import Actor, Member
from community.posts.models import Post
from community.products.models import Tag
from community.questions.models import Answer, Comment, Draft, Question, taggings

Content = Question | Answer | Comment
# With the columns of all kinds, so that those of the kind that it is need no second statement.
_AnyKind = with_polymorphic(Post, [Question, Answer, Comment])
_POST_BY_ID = (
    select(_AnyKind).where(_AnyKind.id == bindparam("post_id")).options(joinedload(_AnyKind.author))
)


def by_id(question_id: int) -> Question:
    """Return a bare question, whatever its visibility."""
    return existing(db.session.get(Question, question_id), _l("This question does not exist."))


def answer_by_id(answer_id: int) -> Answer:
    """Return a bare answer, whatever its visibility."""
    return existing(db.session.get(Answer, answer_id), _l("This answer does not exist."))


def post_by_id(post_id: int) -> Content:
    """Return a question, answer or comment with its author, whatever its visibility."""
    found = db.session.scalar(_POST_BY_ID, {"post_id": post_id})
    post = existing(found, _l("This post does not exist."))
    assert isinstance(post, Question | Answer | Comment)
    return post


def question_id_of(post: Content) -> int:
    """Return the number of the question that a post belongs to, or is."""
    return post.id if isinstance(post, Question) else post.question_id


def question_of(post: Content) -> Question:
    """Return the question that a post belongs to, or is."""
    return post if isinstance(post, Question) else by_id(post.question_id)


def kind_of(post_id: int) -> str | None:
    """Return whether a post is a question, an answer or a comment; None if there is none."""
    return db.session.scalar(select(Post.kind).where(Post.id == post_id))


def is_public() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which everybody may see a post at an address of its own."""
    merged_into_id = Question.__table__.c.merged_into_id
    return (Post.deleted_at.is_(None), Post.hidden_at.is_(None), merged_into_id.is_(None))


def for_rows() -> tuple[ExecutableOption, ...]:
    """Return what is loaded with each question of a list."""
    return (
        joinedload(Question.author),
        joinedload(Question.product),
        selectinload(Question.tags),
        *without_text(),
    )


def without_text() -> tuple[ExecutableOption, ...]:
    """Leave the texts unread: a row shows none, and they are most of what a question weighs."""
    return (defer(Post.body, raiseload=True), defer(Post.body_html, raiseload=True))


def tags_of(question: Question) -> Sequence[Tag]:
    """Return the tags of a question."""
    carried = select(Tag).join(taggings, taggings.c.tag_id == Tag.id)
    return db.session.scalars(carried.where(taggings.c.question_id == question.id)).all()


def number_tagged() -> ScalarSelect[int]:
    """Return, for a statement about tags, how many public questions carry each."""
    carried = (
        select(func.count())
        .select_from(taggings)
        .join(Question.__table__, Question.__table__.c.id == taggings.c.question_id)
    )
    posts = Question.__table__.c
    gone = (posts.deleted_at, posts.hidden_at, posts.merged_into_id)
    public = [column.is_(None) for column in gone]
    return carried.where(taggings.c.tag_id == Tag.id, *public).correlate(Tag).scalar_subquery()


def load_tags(question: Question) -> None:
    """Load the tags, so that they can be replaced."""
    db.session.refresh(question, ["tags"])


def is_answered_by_others(post: Content) -> bool:
    """Tell whether this is a question with an answer by anybody but the asker.

    What is hidden does not count: the asker would not even know why the question has to stay.
    """
    if not isinstance(post, Question):
        return False
    others = exists().where(
        Answer.question_id == post.id,
        Answer.author_id != post.author_id,
        Answer.deleted_at.is_(None),
        Answer.hidden_at.is_(None),
        Answer.kind == "answer",
    )
    return bool(db.session.scalar(select(others)))


def lead_duplicates(old: Question, new: Question) -> None:
    """Let the duplicates of one question be duplicates of another."""
    leading = update(Question).where(Question.duplicate_of_id == old.id)
    db.session.execute(leading.values(duplicate_of_id=new.id))


def draft_of(member: Member, place: str) -> Draft | None:
    """Return what a member is writing at a place."""
    return db.session.scalar(
        select(Draft).where(Draft.member_id == member.id, Draft.place == place)
    )


def fields_of_draft(viewer: Actor, place: str) -> dict[str, str]:
    """Return the fields of what the viewer is writing at a place; none if nothing."""
    # What somebody has not sent yet is nobody else's to read.
    has_none = looking.is_on() or not isinstance(viewer, Member)
    draft = None if has_none else draft_of(viewer, place)
    return json.loads(draft.fields) if draft else {}


def number_of_drafts(member: Member) -> int:
    """Count the drafts of a member."""
    return db.session.scalar(select(func.count()).where(Draft.member_id == member.id)) or 0


def every_id() -> Iterator[int]:
    """Yield the numbers of all public questions, for rebuilding an index."""
    yield from db.session.scalars(
        select(Question.id).where(*is_public()).order_by(Question.id)
    ).all()


def belongs_to(question_id: int) -> ColumnElement[bool]:
    """Return the condition that a post hangs on a question."""
    hangs: ColumnElement[bool] = Question.__table__.c.question_id == question_id
    return hangs
