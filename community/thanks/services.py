"""Saying thank you, and taking it back."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from community.core.clock import now
from community.core.db import db, lock, save, transaction
from community.core.errors import Invalid, TooMany
from community.core.events import emit
from community.core.i18n import _l
from community.core.policy import require
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
    # The member's row is the gate: two taps of one member come one after the other.
    lock(actor)
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
    lock(actor)
    said = queries.of(actor, post)
    if said is not None:
        db.session.delete(said)
        _count(post, -1)
        emit(ThanksTakenBack(post_id=post.id, member_id=actor.id, author_id=post.author_id))
    return post.thank_count


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
