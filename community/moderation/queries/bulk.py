"""What an account did and who is like it, and what is done to many at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, union
from sqlalchemy.orm import joinedload

from community.core import mail
from community.core.db import db
from community.core.errors import existing
from community.core.i18n import _l
from community.core.paging import Page, page_of
from community.members.models import Member, Session
from community.moderation.checks.texts import hosts_in
from community.moderation.deeds import KINDS
from community.moderation.models.bulk import BlockedHost, BulkAct, BulkPart
from community.moderation.models.checks import AddressTrace, HostTrace
from community.moderation.models.flags import Flag
from community.moderation.models.items import ItemState
from community.moderation.models.measures import Measure, MeasureAct
from community.posts.models import Post
from community.posts.places import Place, places_of

SHOWN = 60
ALIKE_SHOWN = 50


@dataclass(frozen=True)
class Site:
    """A site that was linked to, in how many posts, and whether established members do, too."""

    host: str
    posts: int
    is_usual: bool
    is_blocked: bool


@dataclass(frozen=True)
class Alike:
    """Another account that may be the same person, why, and how much it wrote."""

    member: Member
    posts: int
    by_address: bool
    by_site: bool

    @property
    def is_likely(self) -> bool:
        """Whether it is proposed: an address is shared by households, a new site by spammers."""
        return self.by_site


@dataclass(frozen=True, kw_only=True)
class Doings:
    """Everything that an account did."""

    posts: Sequence[Post]
    total: int
    places: Mapping[int, Place]
    sites: Sequence[Site]
    flags: int
    deeds: Sequence[tuple[str, int]]
    alike: Sequence[Alike]


def doings_of(member: Member) -> Doings:
    """Return everything that an account did, and other accounts that may be the same person."""
    ids = posts_of([member.id])
    shown = db.session.scalars(
        select(Post).where(Post.id.in_(ids[-SHOWN:])).order_by(Post.id.desc())
    ).all()
    sites = _sites(member, ids)
    fresh = {site.host for site in sites if not site.is_usual}
    return Doings(
        posts=shown,
        total=len(ids),
        places=places_of(post.id for post in shown),
        sites=sites,
        flags=_flags(member.id),
        deeds=[(str(kind.label), len(kind.of(member.id))) for kind in KINDS.values()],
        alike=_alike(member, fresh),
    )


def posts_of(member_ids: Collection[int]) -> list[int]:
    """Return the posts of accounts that no measure has removed and nobody deleted."""
    removed = select(Measure.post_id).where(
        Measure.act == MeasureAct.REMOVE, Measure.lifted_at.is_(None), Measure.post_id.is_not(None)
    )
    rows = select(Post.id).where(
        Post.author_id.in_(member_ids), Post.deleted_at.is_(None), Post.id.not_in(removed)
    )
    return list(db.session.scalars(rows.order_by(Post.id)))


def _sites(member: Member, post_ids: Sequence[int]) -> list[Site]:
    texts = select(Post.body_html, Post.body).where(Post.id.in_(post_ids))
    own, counts = mail.own_host(), Counter[str]()
    for html, source in db.session.execute(texts):
        counts.update(set(hosts_in(html, source, own)))
    usual = select(HostTrace.host).where(
        HostTrace.host.in_(counts), HostTrace.member_id != member.id, ~HostTrace.is_newcomer
    )
    known, blocked = set(db.session.scalars(usual.distinct())), blocked_among(counts)
    return [Site(host, n, host in known, host in blocked) for host, n in counts.most_common()]


def blocked_among(hosts: Collection[str]) -> set[str]:
    """Return those of these sites that are blocked, by their own name or by one above it."""
    names = {host: _with_names_above(host) for host in hosts}
    every = {name for chain in names.values() for name in chain}
    if not every:
        return set()
    rows = select(BlockedHost.host).where(BlockedHost.host.in_(every))
    blocked = set(db.session.scalars(rows))
    return {host for host, chain in names.items() if blocked & set(chain)}


def _with_names_above(host: str) -> list[str]:
    parts = host.split(".")
    return [".".join(parts[start:]) for start in range(max(1, len(parts) - 1))]


def _flags(member_id: int) -> int:
    mine = select(func.count(Flag.id)).where(
        Flag.member_id == member_id, Flag.state == ItemState.PENDING
    )
    return db.session.scalar(mine) or 0


def _alike(member: Member, hosts: Collection[str]) -> list[Alike]:
    """Return accounts with an address in common, and newcomers who link to the same sites."""
    by_address, by_site = _same_address(member.id), _same_site(member.id, hosts)
    rows = (
        select(Member, func.count(Post.id))
        .outerjoin(Post, (Post.author_id == Member.id) & Post.deleted_at.is_(None))
        .where(Member.id.in_(by_address | by_site), Member.deleted_at.is_(None))
        .group_by(Member.id)
        .order_by(Member.id.desc())
        .limit(ALIKE_SHOWN)
    )
    return [
        Alike(other, posts, other.id in by_address, other.id in by_site)
        for other, posts in db.session.execute(rows)
        if not (other.is_staff or other.is_moderator)
    ]


def _same_address(member_id: int) -> set[int]:
    keys = select(AddressTrace.address_key).where(AddressTrace.member_id == member_id)
    origins = select(Session.origin).where(Session.member_id == member_id, Session.origin != "")
    found: Any = union(
        select(AddressTrace.member_id).where(AddressTrace.address_key.in_(keys)),
        select(Session.member_id).where(
            Session.origin.in_(origins), Session.member_id.is_not(None)
        ),
    )
    return set(db.session.scalars(found)) - {member_id}


def _same_site(member_id: int, hosts: Collection[str]) -> set[int]:
    rows = select(HostTrace.member_id).where(HostTrace.host.in_(hosts), HostTrace.is_newcomer)
    return set(db.session.scalars(rows.distinct())) - {member_id} if hosts else set()


def by_id(bulk_act_id: int) -> BulkAct:
    """Return what was done to many. Raises NotFound."""
    loaded = [joinedload(BulkAct.actor), joinedload(BulkAct.member)]
    found = db.session.get(BulkAct, bulk_act_id, options=loaded)
    return existing(found, _l("There is no such page."))


def page_of_all(number: int, size: int) -> Page[BulkAct]:
    """Return a page of what was done to many, the latest first."""
    rows = select(BulkAct).options(joinedload(BulkAct.actor), joinedload(BulkAct.member))
    return page_of(rows.order_by(BulkAct.id.desc()), number, size)


def number_of_parts(bulk_act_id: int) -> int:
    """Count what there is to undo."""
    mine = select(func.count(BulkPart.id)).where(BulkPart.bulk_act_id == bulk_act_id)
    return db.session.scalar(mine) or 0


def parts_left(bulk_act_id: int, limit: int) -> Sequence[BulkPart]:
    """Return what is still to be undone, the last one first."""
    left = select(BulkPart).where(BulkPart.bulk_act_id == bulk_act_id, BulkPart.undone_at.is_(None))
    return db.session.scalars(left.order_by(BulkPart.id.desc()).limit(limit)).all()
