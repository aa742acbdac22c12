"""How the checks are set, what they hit, and which posts wait for review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from community.core.db import db
from community.members.models import Member
from community.members.trust import Level
from community.moderation.checks.table import RULES, Rule
from community.moderation.models.checks import Check, CheckHit, Mode
from community.moderation.submissions import Hit
from community.posts.models import HiddenAs, Post


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A check and how it is set now."""

    key: str
    rule: Rule
    is_on: bool
    mode: Mode
    up_to_level: Level
    numbers: Mapping[str, int]
    hits: int = 0
    overturned: int = 0

    def concerns(self, actor: Member, *, is_edit: bool) -> bool:
        """Tell whether it looks at what this member writes; never at what staff write."""
        if not self.is_on or (is_edit and not self.rule.on_edits):
            return False
        # Of most members hardly any check is left here, and none asks for their roles.
        if actor.trust_level > self.up_to_level:
            return False
        return not (actor.is_staff or actor.is_moderator)


# The columns, and not the rows: they are read for every text that is sent.
_SETTINGS = select(*Check.__table__.c)


def settings() -> dict[str, Setting]:
    """Return all checks in the order of the table; one statement."""
    rows = {row.key: row for row in db.session.execute(_SETTINGS)}
    return {key: _setting(key, rule, rows.get(key)) for key, rule in RULES.items()}


def _setting(key: str, rule: Rule, row: Row[Any] | None) -> Setting:
    defaults = {name: number.default for name, number in rule.numbers.items()}
    if row is None:
        return Setting(
            key=key, rule=rule, is_on=rule.is_on, mode=rule.mode,
            up_to_level=rule.up_to_level, numbers=defaults,
        )  # fmt: skip
    known = {name: int(value) for name, value in row.parameters.items() if name in defaults}
    return Setting(
        key=key, rule=rule, is_on=row.is_on, mode=row.mode, up_to_level=Level(row.up_to_level),
        numbers=defaults | known, hits=row.hits, overturned=row.overturned,
    )  # fmt: skip


def hits_of(post_id: int) -> list[Hit]:
    """Return what the checks found in a post, in the order in which they looked."""
    found = select(CheckHit).where(CheckHit.post_id == post_id).order_by(CheckHit.id)
    return [
        Hit(check=hit.check_key, mode=hit.mode, evidence=hit.evidence, word_id=hit.word_id)
        for hit in db.session.scalars(found)
        if hit.check_key in RULES
    ]


def latest_hits(key: str, limit: int = 20) -> Sequence[CheckHit]:
    """Return what a check hit lately, the latest first."""
    found = select(CheckHit).where(CheckHit.check_key == key)
    return db.session.scalars(found.order_by(CheckHit.id.desc()).limit(limit)).all()


@dataclass(frozen=True)
class Waiting:
    """A post that waits for review, for its author."""

    post_id: int
    kind: str
    body: str
    written_at: datetime


def waiting_posts(member: Member, limit: int = 50) -> list[Waiting]:
    """Return which posts of a member wait for review, the latest first."""
    held = select(Post.id, Post.kind, Post.body, Post.created_at).where(
        Post.author_id == member.id,
        Post.hidden_as == HiddenAs.HELD,
        Post.hidden_at.is_not(None),
        Post.deleted_at.is_(None),
    )
    rows = db.session.execute(held.order_by(Post.id.desc()).limit(limit))
    return [Waiting(*row) for row in rows]
