"""What measures do: the one place that restricts posts and accounts, and undoes it.

How a post or an account stands follows from the measures in force, and is worked out anew after
each change. So two measures on one post cannot undo each other's work.
"""

from __future__ import annotations

from typing import Any

from community.core import subjects
from community.core.db import db, transaction
from community.core.policy import unguarded
from community.members.models import Member
from community.members.services import restricting
from community.moderation.models.measures import Measure, MeasureAct
from community.moderation.queries import measures as measure_queries
from community.posts.models import HiddenAs, Post
from community.posts.services import hiding

# The first that is in force tells how the post is hidden.
HIDES = (
    (MeasureAct.REMOVE, HiddenAs.REMOVED),
    (MeasureAct.HIDE, HiddenAs.HIDDEN),
    (MeasureAct.HOLD, HiddenAs.HELD),
)


@transaction
@unguarded("part of taking and lifting measures")
def settle_post(post: Post, remembered: dict[str, Any]) -> dict[str, Any]:
    """Let a locked post stand as the measures in force say, and its thread follow.

    What the thread needs to undo it is returned, and given back when the post is restored.
    """
    measures = measure_queries.on_post(post.id)
    acts = {each.act for each in measures}
    slow = [each for each in measures if each.act == MeasureAct.SLOW]
    before = (post.is_visible, post.demoted_at is not None)
    hidden_as = next((shown_as for act, shown_as in HIDES if act in acts), None)
    standing = hiding.Standing(
        hidden_as=hidden_as,
        is_locked=MeasureAct.LOCK in acts,
        is_demoted=MeasureAct.DEMOTE in acts,
        slow_seconds=max((each.seconds for each in slow if each.seconds), default=None),
        slow_until=max((each.ends_at for each in slow if each.ends_at), default=None),
    )
    hiding.stand(post, standing)
    if before == (post.is_visible, post.demoted_at is not None):
        return {}
    return subjects.settle(post.kind, post.id, remembered)


@transaction
@unguarded("part of taking and lifting measures")
def settle_account(member: Member) -> None:
    """Let a locked account stand as the measures in force say."""
    measures = measure_queries.on_account(member.id)
    shuts_out = [m for m in measures if m.act in {MeasureAct.SUSPEND, MeasureAct.END_ACCOUNT}]
    ends = [each.ends_at for each in shuts_out]
    mutes = [each.ends_at for each in measures if each.act == MeasureAct.MUTE and each.ends_at]
    standing = restricting.Standing(
        is_suspended=bool(shuts_out),
        suspended_until=max((end for end in ends if end), default=None) if all(ends) else None,
        muted_until=max(mutes, default=None),
        is_ended=any(each.act == MeasureAct.END_ACCOUNT for each in shuts_out),
    )
    restricting.stand(member, standing)


@transaction
@unguarded("part of taking measures")
def put_in_force(measure: Measure, post: Post | None, member: Member) -> None:
    """Do what a measure says that has just been written."""
    if measure.act == MeasureAct.REFUSE_NAME:
        measure.before = restricting.refuse_name(member)
    elif measure.act == MeasureAct.REFUSE_AVATAR:
        measure.before = restricting.show_avatar(member, "")
    elif post is not None:
        measure.before = settle_post(post, {})
    else:
        settle_account(member)
    db.session.flush()


@transaction
@unguarded("part of lifting measures")
def put_out_of_force(measure: Measure, post: Post | None, member: Member) -> None:
    """Undo what a measure did that has just been lifted, exactly, as far as no other one holds."""
    if measure.act == MeasureAct.REFUSE_NAME:
        restricting.give_name_back(member, measure.before)
    elif measure.act == MeasureAct.REFUSE_AVATAR:
        restricting.show_avatar(member, member.avatar or measure.before["avatar"])
    elif post is not None:
        settle_post(post, measure_queries.remembered(post.id))
        if post.hidden_at is None:
            forget_remembered(post)
    else:
        settle_account(member)
    db.session.flush()


@transaction
@unguarded("part of lifting measures")
def forget_remembered(post: Post) -> None:
    """Forget what was noted to undo measures: it is undone."""
    for measure in measure_queries.with_memory(post.id):
        measure.before = {}
