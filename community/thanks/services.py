"""Saying thank you, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from community.core.clock import now
from community.core.db import (
    db,
    insert_once,
    save,
    stand_in_line,
    transaction,
    was_inserted,
)
from community.core.errors import Invalid, TooMany
from community.core.events import emit
from community.core.i18n import _l
from community.core.policy import require, unguarded
from community.core.settings import Setting
from community.members.models import Member
from community.posts.models import Post
from community.thanks import queries
from community.thanks.events import ThanksSaid, ThanksTakenBack
from community.thanks.models import LONGEST_WORDS, Thank
from community.thanks.policies import may_thank

A_DAY = Setting("thanks_a_day", 30, "Thank-yous that a member may say in 24 hours.")
DAY = timedelta(days=1)


@transaction
def thank(actor: Member, post: Post, words: str = "") -> int:
    """Thank the author of a post; return how many have. Twice is once, with the later words.

    Raises Invalid for too many words, TooMany over the limit of a day.
    """
    require(may_thank(actor, post))
    words = " ".join(words.split())
    if len(words) > LONGEST_WORDS:
        raise Invalid(_l("Please keep it under 200 characters."), field="words")
    # Two taps of one member come one after the other.
    stand_in_line(actor)
    said = queries.of(actor, post)
    if said is None:
        _keep_within_limits(actor)
        save(Thank(member_id=actor.id, post_id=post.id, author_id=post.author_id, words=words))
        _count(post, 1)
    elif not words or words == said.words:
        return post.thank_count
    else:
        said.words = words
    emit(ThanksSaid(post_id=post.id, member_id=actor.id, author_id=post.author_id))
    return post.thank_count


@transaction
def take_back(actor: Member, post: Post) -> int:
    """Take a thank-you back; return how many are left. Twice is once."""
    require(may_thank(actor, post))
    stand_in_line(actor)
    said = queries.of(actor, post)
    if said is not None:
        db.session.delete(said)
        _count(post, -1)
        emit(ThanksTakenBack(post_id=post.id, member_id=actor.id, author_id=post.author_id))
    return post.thank_count


@transaction
@unguarded("part of removing a spammer, which has its policy")
def take_out(thank_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Take thank-yous back in the name of whoever said them; return what puts them back."""
    found = select(Thank).where(Thank.id.in_(thank_ids)).order_by(Thank.id).with_for_update()
    kept = []
    for said in db.session.scalars(found).all():
        columns = {column.key: getattr(said, column.key) for column in Thank.__table__.c}
        kept.append(columns | {"said_at": said.said_at.isoformat()})
        db.session.delete(said)
        _count(db.session.get_one(Post, said.post_id), -1)
        emit(
            ThanksTakenBack(
                post_id=said.post_id, member_id=said.member_id, author_id=said.author_id
            )
        )
    return kept


@transaction
@unguarded("part of undoing, which has its policy")
def put_back(kept: Sequence[dict[str, Any]]) -> None:
    """Let thank-yous stand again that were taken out. Twice is once."""
    for each in kept:
        said_at = datetime.fromisoformat(each["said_at"])
        if was_inserted(insert_once(Thank, **each | {"said_at": said_at})):
            _count(db.session.get_one(Post, each["post_id"]), 1)
            concerned = {key: each[key] for key in ("post_id", "member_id", "author_id")}
            emit(ThanksSaid(**concerned))


def _keep_within_limits(actor: Member) -> None:
    if queries.said_since(actor, now() - DAY) >= A_DAY.get():
        raise TooMany(_l("You have thanked many people today. Please go on tomorrow."))


def _count(post: Post, change: int) -> None:
    """Add up in the database, so that two at the same moment both count."""
    db.session.flush()
    adding = update(Post).where(Post.id == post.id)
    adding = adding.values(thank_count=Post.thank_count + change)
    db.session.execute(adding.execution_options(synchronize_session=False))
    db.session.refresh(post, ["thank_count"])
