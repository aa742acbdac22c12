"""A whole thread, ready to show: question, answers of a page, comments, and what hangs on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Select,
    bindparam,
    case,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import joinedload, selectinload

from community.core.db import db, session_of_its_own
from community.core.errors import Gone, NotFound, existing
from community.core.i18n import _l
from community.core.paging import Page
from community.members.models import Actor, Guest
from community.posts.models import Post
from community.questions.errors import Merged
from community.questions.models import (
    Answer,
    Comment,
    Question,
    Reply,
    related_questions,
)
from community.questions.policies import may_see_deleted
from community.questions.queries import is_public, without_text
from community.questions.queries.stakes import Stake, stake_of

ANSWERS_A_PAGE = 20


@dataclass(frozen=True)
class Thread:
    """Everything that the page of a question shows."""

    question: Question
    answers: Page[Answer]
    comments: dict[int, list[Comment]]
    related: Sequence[Question]
    stake: Stake = field(default_factory=Stake)
    # Whether it is what every guest sees, too; and who wrote something in it that is not public.
    is_public: bool = False
    unseen_authors: frozenset[int] = frozenset()

    @property
    def authors(self) -> frozenset[int]:
        """The ids of those who wrote what is on this page."""
        said = [comment for each in self.comments.values() for comment in each]
        return frozenset(post.author_id for post in [*self.posts, *said])

    @property
    def posts(self) -> list[Post]:
        """Return what can be voted on."""
        return [self.question, *self.answers.items]

    def comments_on(self, post: Post) -> list[Comment]:
        return self.comments.get(post.id, [])


def thread(question_id: int, page: int, viewer: Actor) -> Thread:
    """Return a thread as the viewer may see it; five statements for a guest, six for a member.

    Raises NotFound, or Gone for what was deleted.
    """
    question = _question(question_id, viewer)
    answers = _answers(question, page, viewer)
    comments = _comments([question, *answers.items], viewer)
    stake = stake_of(question, answers.items, viewer)
    return Thread(question, answers, comments, _related(question), stake)


def public_thread(question_id: int, page: int) -> Thread:
    """Return a thread as guests see it, in rows of a session of its own that many may read."""
    with session_of_its_own():
        seen = thread(question_id, page, Guest())
        unseen = select(Reply.author_id).where(
            Reply.question_id == question_id,
            or_(Reply.deleted_at.is_not(None), Reply.hidden_at.is_not(None)),
        )
        authors = frozenset(db.session.scalars(unseen))
    return replace(seen, is_public=True, unseen_authors=authors)


def with_stake(public: Thread, viewer: Actor) -> Thread:
    """Return a thread with what a viewer has to do with it; one statement."""
    stake = stake_of(public.question, public.answers.items, viewer)
    return replace(public, stake=stake)


def _question(question_id: int, viewer: Actor) -> Question:
    wanted = select(Question).where(Question.id == question_id)
    found = db.session.scalars(
        wanted.options(
            joinedload(Question.merged).joinedload(Question.author),
            joinedload(Question.author),
            joinedload(Question.editor),
            joinedload(Question.product),
            joinedload(Question.topic),
            joinedload(Question.duplicate_of),
            joinedload(Question.likely_original),
            selectinload(Question.tags),
        )
    ).unique()
    question = existing(found.one_or_none(), _l("This question does not exist."))
    refuse_unseen(question, viewer)
    return question


def refuse_unseen(post: Post, viewer: Actor) -> None:
    """Stop here if the viewer may not see the post: Gone if deleted, NotFound if hidden.

    Raises Merged for a question that is a part of another one now, whoever looks.
    """
    if isinstance(post, Question) and post.merged_into_id is not None:
        raise Merged(post.merged_into_id)
    if post.is_visible or may_see_deleted(viewer, post):
        return
    if post.hidden_at is not None:
        raise NotFound(_l("This question does not exist."))
    raise Gone(_l("This was deleted by its author or a moderator."))


def _seen_by(viewer: Actor, product_id: int | None) -> ColumnElement[bool]:
    """Return the condition under which the viewer sees a reply in a thread of this product."""
    public = Post.deleted_at.is_(None) & Post.hidden_at.is_(None)
    if viewer.moderates(product_id):
        return or_(public, Post.id > 0)
    if viewer.id is None:
        return public
    return or_(public, Post.author_id == viewer.id)


def _answers(question: Question, page: int, viewer: Actor) -> Page[Answer]:
    """Return a page of answers: the solution, official ones, then by score and age."""
    rows = db.session.execute(
        select(Answer, func.count().over())
        .where(Answer.question_id == question.id, _seen_by(viewer, question.product_id))
        .options(joinedload(Answer.author), joinedload(Answer.editor))
        .order_by(*_order(question.solution_id))
        .limit(ANSWERS_A_PAGE)
        .offset((page - 1) * ANSWERS_A_PAGE)
    ).all()
    if page > 1 and not rows:
        raise NotFound(_l("There is no such page."))
    total = rows[0][1] if rows else 0
    return Page([row[0] for row in rows], page, ANSWERS_A_PAGE, total)


def _order(solution_id: Any) -> tuple[Any, ...]:  # noqa: ANN401
    first = case((Answer.id == solution_id, 0), (Answer.official_at.is_not(None), 1))
    return (
        func.coalesce(first, 2),
        Answer.demoted_at.is_not(None),
        Answer.score.desc(),
        Answer.created_at,
        Answer.id,
    )


def page_of_answer(answer: Answer, question: Question, viewer: Actor) -> int:
    """Return the page of the thread on which an answer stands."""
    asked = {"answer_id": answer.id, "question_id": question.id, "viewer_id": viewer.id}
    asked |= {
        "solution_id": question.solution_id,
        "sees_all": viewer.moderates(question.product_id),
    }
    place: int | None = db.session.scalar(_PLACE, asked)
    return (existing(place, _l("This answer does not exist.")) - 1) // ANSWERS_A_PAGE + 1


def _select_place() -> Select[Any]:
    order = _order(bindparam("solution_id", type_=Integer))
    seen = or_(
        Post.deleted_at.is_(None) & Post.hidden_at.is_(None),
        Post.author_id == bindparam("viewer_id", type_=Integer),
        bindparam("sees_all", type_=Boolean) == true(),
    )
    ranked = select(Answer.id, func.row_number().over(order_by=order).label("place"))
    places = ranked.where(Answer.question_id == bindparam("question_id"), seen).subquery()
    return select(places.c.place).where(places.c.id == bindparam("answer_id"))


# Put together once: that takes longer than the database needs to answer.
_PLACE = _select_place()


def _comments(posts: Sequence[Post], viewer: Actor) -> dict[int, list[Comment]]:
    seen = _seen_by(viewer, posts[0].product_id)
    said = (
        select(Comment)
        .where(Comment.parent_id.in_([post.id for post in posts]), seen)
        .options(joinedload(Comment.author))
        .order_by(Comment.created_at, Comment.id)
    )
    by_post: dict[int, list[Comment]] = defaultdict(list)
    for comment in db.session.scalars(said):
        by_post[comment.parent_id].append(comment)
    return by_post


def _related(question: Question) -> Sequence[Question]:
    others = (
        select(Question)
        .join(related_questions, related_questions.c.related_id == Question.id)
        .where(related_questions.c.question_id == question.id, *is_public())
        .order_by(related_questions.c.rank)
    )
    return db.session.scalars(others.options(*without_text())).all()
