"""Settling: what the rows add up to, once they are all here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import (
    Table,
    and_,
    bindparam,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)

from community.core.clock import now
from community.core.db import db, transaction
from community.core.policy import unguarded
from community.imports.services.keeping import BY_COMMAND
from community.imports.texts import Ready
from community.members.models import Member
from community.posts.models import Revision
from community.products.models import Tag
from community.questions.indexability import Facts, is_indexable
from community.questions.models import MeToo, Question, taggings
from community.questions.states import Utterance, derive
from community.votes.models import Vote

PORTION = 1000
LONGEST_CHAIN = 5
posts: Table = Question.__table__  # type: ignore[assignment]
others = posts.alias("others")
votes: Table = Vote.__table__  # type: ignore[assignment]
me_toos: Table = MeToo.__table__  # type: ignore[assignment]
revisions: Table = Revision.__table__  # type: ignore[assignment]
members: Table = Member.__table__  # type: ignore[assignment]
tags: Table = Tag.__table__  # type: ignore[assignment]
_visible = and_(
    others.c.question_id == posts.c.id,
    others.c.deleted_at.is_(None),
    others.c.hidden_at.is_(None),
)


@transaction
@unguarded(BY_COMMAND)
def count_up(source: str) -> None:
    """Set the counts that lists show to what the rows say. Duplicates lead to the end at once."""
    _shorten_leads()
    mine = posts.c.imported_from == source
    cast = select(func.coalesce(func.sum(votes.c.value), 0)).where(votes.c.post_id == posts.c.id)
    _set(update(posts).where(mine, posts.c.kind != "comment").values(score=cast.scalar_subquery()))
    same = select(func.count()).where(me_toos.c.question_id == posts.c.id)
    solved_at = select(others.c.created_at).where(others.c.id == posts.c.solution_id)
    _set(
        update(posts)
        .where(mine, posts.c.kind == "question")
        .values(
            me_too_count=same.scalar_subquery(),
            solved_at=func.coalesce(posts.c.solved_at, solved_at.scalar_subquery()),
        )
    )
    used = select(func.count()).where(taggings.c.tag_id == tags.c.id)
    _set(update(tags).values(question_count=used.scalar_subquery()))


@transaction
@unguarded(BY_COMMAND)
def date_members(source: str) -> None:
    """Let members have joined when they first wrote. For sources that do not know better."""
    first = select(func.min(posts.c.created_at)).where(posts.c.author_id == members.c.id)
    wrote_at = first.scalar_subquery()
    mine = members.c.imported_from == source
    _set(update(members).where(mine, members.c.joined_at > wrote_at).values(joined_at=wrote_at))


@transaction
@unguarded(BY_COMMAND)
def restore_sources(texts: Mapping[int, Ready]) -> None:
    """Give posts back the Markdown that their authors typed, and its HTML."""
    rows = [
        {"post": id_, "source": text.source, "html": text.html, "rendered_by": text.version}
        for id_, text in texts.items()
    ]
    change = update(posts).where(posts.c.id == bindparam("post"))
    values: dict[Any, Any] = {
        posts.c.body: bindparam("source"),
        posts.c.body_html: bindparam("html"),
        posts.c.render_version: bindparam("rendered_by"),
    }
    if rows:
        db.session.execute(change.values(values), rows)


@transaction
@unguarded(BY_COMMAND)
def complete_history(source: str) -> None:
    """End every post's history with what it says now; without a history, that is its first."""
    mine = posts.c.imported_from == source
    bare = ~exists().where(revisions.c.post_id == posts.c.id)
    carried = (
        select(func.coalesce(func.aggregate_strings(tags.c.slug, " "), ""))
        .join(taggings, taggings.c.tag_id == tags.c.id)
        .where(taggings.c.question_id == posts.c.id)
    )
    first = select(
        posts.c.id, literal(1), posts.c.author_id, func.coalesce(posts.c.title, ""),
        func.substr(carried.scalar_subquery(), 1, 250),
        posts.c.body, literal(""), posts.c.created_at,
    ).where(mine, bare)  # fmt: skip
    columns = ["post_id", "number", "editor_id", "title", "tags", "body", "reason", "created_at"]
    _set(insert(revisions).from_select(columns, first))
    newest = select(func.max(revisions.c.number)).where(revisions.c.post_id == posts.c.id)
    number = newest.scalar_subquery()
    _set(update(posts).where(mine, number != posts.c.version).values(version=number))
    says = select(posts.c.body).where(
        posts.c.id == revisions.c.post_id, posts.c.version == revisions.c.number, mine
    )
    last = exists(says.with_only_columns(posts.c.id))
    _set(update(revisions).where(last).values(body=says.scalar_subquery()))


@transaction
@unguarded(BY_COMMAND)
def derive_states(source: str) -> None:
    """Work out where each imported question stands, by the same rule as for any other."""
    change = (
        update(posts)
        .where(posts.c.id == bindparam("question"))
        .values(
            state=bindparam("new_state", type_=posts.c.state.type),
            answer_count=bindparam("answers"),
            active_at=bindparam("active", type_=posts.c.active_at.type),
            content_changed_at=bindparam("changed", type_=posts.c.active_at.type),
            indexable_since=bindparam("indexable", type_=posts.c.active_at.type),
        )
    )
    for questions in _portions(source):
        db.session.execute(change, [_standing(*each) for each in _with_replies(questions)])


def _shorten_leads() -> None:
    """Where a duplicate leads to another duplicate, let it lead to where that one leads."""
    ends = select(others.c.duplicate_of_id).where(
        others.c.id == posts.c.duplicate_of_id,
        others.c.duplicate_of_id.is_not(None),
        others.c.duplicate_of_id != posts.c.id,
    )
    for _ in range(LONGEST_CHAIN):
        shorter = update(posts).where(posts.c.duplicate_of_id.is_not(None), ends.exists())
        _set(shorter.values(duplicate_of_id=ends.scalar_subquery()))


def _set(statement: Any) -> None:  # noqa: ANN401
    db.session.execute(statement, execution_options={"synchronize_session": False})


def _portions(source: str) -> Iterator[Sequence[Any]]:
    last = 0
    columns = (posts.c.id, posts.c.author_id, posts.c.created_at, posts.c.edited_at)
    facts = (posts.c.closed_at, posts.c.solution_id, posts.c.me_too_count)
    mine = select(*columns, *facts).where(
        posts.c.imported_from == source, posts.c.kind == "question"
    )
    while found := db.session.execute(
        mine.where(posts.c.id > last).order_by(posts.c.id).limit(PORTION)
    ).all():
        yield found
        last = found[-1].id


def _with_replies(
    questions: Sequence[Any],
) -> Iterator[tuple[Any, Sequence[Any]]]:
    """Yield each question with what was visibly said, oldest first."""
    said = (
        select(
            others.c.question_id,
            others.c.kind,
            others.c.author_id,
            others.c.created_at,
            others.c.edited_at,
            others.c.score,
            func.length(others.c.body).label("characters"),
        )
        .join(posts, _visible)
        .where(posts.c.id.in_([question.id for question in questions]))
        .order_by(others.c.question_id, others.c.created_at, others.c.id)
    )
    groups = groupby(db.session.execute(said), key=lambda reply: reply.question_id)
    by_question = {question_id: list(group) for question_id, group in groups}
    for question in questions:
        yield question, by_question.get(question.id, [])


def _standing(question: Any, said: Sequence[Any]) -> dict[str, object]:  # noqa: ANN401
    utterances = [
        Utterance(by_asker=reply.author_id == question.author_id, is_answer=reply.kind == "answer")
        for reply in said
    ]
    answers = [reply for reply in said if reply.kind == "answer"]
    moments = [each.edited_at or each.created_at for each in (question, *said)]
    return {
        "question": question.id,
        "new_state": derive(
            closed=question.closed_at is not None,
            solved=question.solution_id is not None,
            said=utterances,
        ),
        "answers": len(answers),
        "active": max([question.created_at, *(reply.created_at for reply in said)]),
        "changed": max(moments),
        "indexable": now() if _is_indexable(question, answers) else None,
    }


def _is_indexable(question: Any, answers: Sequence[Any]) -> bool:  # noqa: ANN401
    return is_indexable(
        Facts(
            solved=question.solution_id is not None,
            best_score=max((answer.score for answer in answers), default=0),
            characters=sum(answer.characters for answer in answers),
            me_too=question.me_too_count,
        )
    )
