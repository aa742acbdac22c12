"""What checks ask the database about a text and its author; each answer is read when needed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import cache, cached_property
from ipaddress import IPv6Address, ip_address
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select

from community.core.clock import now
from community.core.db import connection, db
from community.core.keyed import keyed_hash
from community.core.text import plain_text
from community.members.models import Member
from community.moderation import scoring
from community.moderation.checks.facts import Facts, Reports, Verdict
from community.moderation.checks.texts import are_nearly_the_same
from community.moderation.models.checks import AddressTrace, HostTrace, TextTrace
from community.moderation.queries import bulk, flags, learning
from community.moderation.spam.features import Letter, circumstances_of
from community.moderation.spam.judging import judge
from community.moderation.submissions import Submission
from community.posts.models import Post

DAY = timedelta(days=1)
# Short texts are often alike by themselves: of other members only long ones count as the same.
WORDS_OF_OTHERS = 20
WORDS_OF_NEARLY = 12
MOST_ALIKE = 20
# The four parts of a mark; texts that are nearly the same have at least one in common.
BANDS = ("first", "second", "third", "fourth")
IPV6_NETWORK = 64


def address_key(address: str) -> str:
    """Return the keyed hash of an internet address; of IPv6 the network, which a household has."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address):
        parsed = IPv6Address(int(parsed) >> IPV6_NETWORK << IPV6_NETWORK)
    return keyed_hash("address", str(parsed))


@cache
def _traces(*any_of: str, of_anybody: bool) -> Select[Any]:
    """Return the statement that finds posts of which one of these marks is the same.

    It tells whether that is the exact one; those come first, then the latest. Put together once
    for each way of asking: that takes longer than the database needs to answer.
    """
    traces = TextTrace.__table__.c
    same = or_(*(traces[mark] == bindparam(mark) for mark in any_of))
    recent = (traces.left_at > bindparam("since"), traces.post_id != bindparam("own_post"))
    of_one = () if of_anybody else (traces.member_id == bindparam("member_id"),)
    is_exact = (traces.exact == bindparam("exact")).label("is_exact")
    found = select(traces.post_id, is_exact).where(*recent, same, *of_one)
    return found.order_by(is_exact.desc(), traces.id.desc()).limit(MOST_ALIKE)


class StoredFacts(Facts):
    """Facts about what a member sends."""

    def __init__(self, actor: Member, submission: Submission, own_host: str) -> None:
        super().__init__(submission, own_host)
        self.actor = actor

    @cached_property
    def _public_posts(self) -> int:
        public = (Post.deleted_at.is_(None), Post.hidden_at.is_(None))
        mine = select(func.count()).select_from(Post).where(Post.author_id == self.actor.id)
        return db.session.scalar(mine.where(*public)) or 0

    def posts_before(self) -> int:
        return self._public_posts

    def questions_in_a_day(self) -> int:
        mine = select(func.count()).select_from(Post).where(
            Post.author_id == self.actor.id, Post.kind == "question", Post.created_at > now() - DAY
        )  # fmt: skip
        return db.session.scalar(mine) or 0

    def repeated_post(self, days: int) -> int | None:
        mark, of_anybody = self.fingerprint, self.fingerprint.words >= WORDS_OF_OTHERS
        asked = {"since": now() - timedelta(days=days), "own_post": self._own_post}
        asked |= {} if of_anybody else {"member_id": self.actor.id}
        bands = () if mark.words < WORDS_OF_NEARLY else BANDS
        asked |= {"exact": mark.exact} | dict(zip(bands, mark.bands, strict=False))
        traces = _traces("exact", *bands, of_anybody=of_anybody)
        found = connection().execute(traces, asked).all()
        if found and found[0].is_exact:
            return int(found[0].post_id)
        return self._nearly_same(each.post_id for each in found)

    @property
    def _own_post(self) -> int:
        return self.submission.post_id or 0

    def _nearly_same(self, post_ids: Iterable[int]) -> int | None:
        wanted = list(post_ids)
        if not wanted:
            return None
        posts = select(Post.id, Post.body_html).where(Post.id.in_(wanted))
        for post_id, html in db.session.execute(posts):
            if are_nearly_the_same(self.plain, plain_text(html)):
                return int(post_id)
        return None

    def newcomers_links(self, days: int) -> tuple[str, int]:
        counted = (
            select(HostTrace.host, func.count())
            .where(
                HostTrace.host.in_(set(self.hosts)),
                HostTrace.is_newcomer,
                HostTrace.left_at > now() - timedelta(days=days),
                HostTrace.post_id != self._own_post,
            )
            .group_by(HostTrace.host)
        )
        found = {host: int(posts) for host, posts in db.session.execute(counted)}
        site = max(self.hosts, key=lambda host: found.get(host, 0))
        return site, found.get(site, 0)

    def accounts_at_address(self, days: int) -> int:
        key = address_key(self.submission.sending.address)
        others = (
            select(func.count(AddressTrace.member_id))
            .join(Member, Member.id == AddressTrace.member_id)
            .where(
                AddressTrace.address_key == key,
                AddressTrace.ends_at > now(),
                Member.joined_at > now() - timedelta(days=days),
                Member.id != self.actor.id,
            )
        )
        return 1 + (db.session.scalar(others) or 0) if key else 1

    def reports(self, days: int) -> Reports:
        score, members = flags.against(self.actor.id, now() - timedelta(days=days))
        threshold = scoring.holding_threshold()
        return Reports(score, members, threshold, scoring.HOLDING_FLAGGERS.get())

    def blocked_sites(self) -> list[str]:
        blocked = bulk.blocked_among(self.hosts)
        return [host for host in self.hosts if host in blocked]

    def spam(self) -> Verdict | None:
        known = learning.weights()
        if known is None:
            return None
        return Verdict(judge(known.weights, self._letter()), known.threshold)

    def _letter(self) -> Letter:
        reply = self.submission.kind != "question"
        return Letter(
            title=self.submission.title,
            text=self.plain,
            hosts=self.hosts,
            circumstances=circumstances_of(
                is_reply=reply,
                earlier_posts=self.posts_before(),
                has_new_site=self._has_new_site(),
            ),
        )

    def _has_new_site(self) -> bool:
        wanted = set(self.hosts)
        if not wanted:
            return False
        known = select(HostTrace.host).where(
            HostTrace.host.in_(wanted), HostTrace.post_id != self._own_post
        )
        return bool(wanted - set(db.session.scalars(known.distinct())))
