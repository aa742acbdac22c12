"""What enough flags do by themselves, until a moderator has looked: hide a post, hold a newcomer's.

It only ever hides, says so to the author with the reasons, and touches nobody of the staff.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from community.core.db import db
from community.core.i18n import _, _n, force_locale
from community.members.models import Member
from community.moderation import rulings, scoring
from community.moderation.models.flags import Flag, FlagReason
from community.moderation.models.items import ItemKind, StepKind
from community.moderation.models.measures import Means, MeasureAct
from community.moderation.queries import flags as flag_queries
from community.moderation.services import measuring, queueing
from community.posts.models import Post

HELD_AT_ONCE = 200


def heed(raised: Flag) -> None:
    """Do what a flag leads to together with those before it, in the present transaction."""
    author = db.session.get(Member, raised.about_id)
    if author is None or author.is_staff or author.moderates_something:
        return
    if raised.post_id is not None:
        _hide(raised, author)
    if author.trust_level == 0:
        _hold_all(author)


def _hide(raised: Flag, author: Member) -> None:
    flags = flag_queries.of_items([raised.item_id])
    score, threshold = flag_queries.weight_of_item(raised.item_id), scoring.hiding_threshold()
    post = db.session.get(Post, raised.post_id)
    if score < threshold or post is None or not post.is_visible:
        return
    with force_locale(author.language):
        facts = _n(
            "%(num)s member reported this post. It is hidden until a moderator has looked at it.",
            "%(num)s members reported this post. It is hidden until a moderator has looked at it.",
            len({each.member_id for each in flags}),
        )
    _restrict(MeasureAct.HIDE, post, facts, main_reason(flags))
    told = {"flags": len(flags), "score": score, "threshold": threshold}
    rulings.note_step(raised.item_id, StepKind.HIDDEN, None, facts=told)


def _hold_all(author: Member) -> None:
    """Hold what a newcomer wrote once several members together say that something is wrong."""
    score, flaggers = flag_queries.against(author.id)
    threshold = scoring.holding_threshold()
    if score < threshold or flaggers < scoring.HOLDING_FLAGGERS.get():
        return
    told = {"flaggers": flaggers, "score": score, "threshold": threshold}
    with force_locale(author.language):
        facts = _("Several members reported posts of this new account.")
    reason = main_reason(flag_queries.about(author.id))
    for post in _visible_posts(author):
        _restrict(MeasureAct.HOLD, post, facts, reason)
        item = queueing.open_item(ItemKind.FLAG, post_id=post.id)
        rulings.note_step(item.id, StepKind.HELD, None, facts=told)


def _visible_posts(author: Member) -> Sequence[Post]:
    shown = select(Post).where(
        Post.author_id == author.id, Post.deleted_at.is_(None), Post.hidden_at.is_(None)
    )
    return db.session.scalars(shown.order_by(Post.id).limit(HELD_AT_ONCE)).all()


def _restrict(act: MeasureAct, post: Post, facts: str, reason: FlagReason) -> None:
    measuring.take(
        None,
        measuring.MeasureDraft(
            act=act,
            post_id=post.id,
            facts=facts,
            rule=reason.value,
            found_by=Means.FLAG,
            decided_by_automation=True,
        ),
    )


def main_reason(flags: Sequence[Flag]) -> FlagReason:
    """Return the reason that weighs most among flags; FlagReason names the rules."""
    weighed: Counter[FlagReason] = Counter()
    for each in flags:
        weighed[each.reason] += each.weight  # type: ignore[assignment]  # A float counts, too.
    return weighed.most_common(1)[0][0] if weighed else FlagReason.OTHER
