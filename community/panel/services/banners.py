"""Hanging up banners, taking them down, putting them away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from community.core.audit import record
from community.core.clock import now
from community.core.db import db, lock, save, transaction
from community.core.errors import Invalid
from community.core.i18n import LANGUAGES, _l
from community.core.jobs import periodic
from community.core.policy import require, unguarded
from community.core.settings import Setting
from community.core.web import is_local
from community.members.models import Member
from community.panel import board
from community.panel.models import Audience, Banner, Tone
from community.panel.policies import may_dismiss_banners, may_hang_banners
from community.panel.queries import banners as queries

# So many that somebody put away are remembered, the last ones.
MOST_DISMISSED = 50
# Until when starts and ends of banners have been told to pages that are kept.
TURNED = Setting("banners_turned", "", "When banners were looked after.", for_people=False)


@dataclass(frozen=True, kw_only=True)
class BannerDraft:
    """A banner as it was written."""

    words: str
    link: str = ""
    link_words: str = ""
    tone: Tone = Tone.NEWS
    audience: Audience = Audience.ALL
    product_id: int | None = None
    language: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    is_dismissible: bool = True


@transaction
def hang(actor: Member, draft: BannerDraft) -> Banner:
    """Hang up a banner."""
    require(may_hang_banners(actor))
    banner = Banner(words="")
    _write(banner, draft)
    save(banner)
    board.BANNERS.change()
    record(actor.id, "hang-banner", f"banners:{banner.id}", after=draft.words)
    return banner


@transaction
def change(actor: Member, banner: Banner, draft: BannerDraft) -> None:
    """Change a banner. Who has put it away does not see it again."""
    require(may_hang_banners(actor))
    before = lock(banner).words
    _write(banner, draft)
    board.BANNERS.change()
    record(actor.id, "change-banner", f"banners:{banner.id}", before=before, after=draft.words)


@transaction
def take_down(actor: Member, banner: Banner) -> None:
    """Take a banner down now."""
    require(may_hang_banners(actor))
    ends_at = lock(banner).ends_at
    if ends_at is not None and ends_at <= now():
        return
    banner.ends_at = now()
    board.BANNERS.change()
    record(actor.id, "take-down-banner", f"banners:{banner.id}", before=banner.words)


@transaction
def dismiss(actor: Member, banner: Banner) -> None:
    """Put a banner away, on every device of the member."""
    require(may_dismiss_banners(actor))
    if not banner.is_dismissible:
        raise Invalid(_l("This banner stays until it is taken down."))
    away = [each for each in lock(actor).dismissed_banners or () if each != banner.id]
    actor.dismissed_banners = [*away, banner.id][-MOST_DISMISSED:]


@transaction
@unguarded("part of merging products, which is guarded")
def follow_product(product_id: int, into_id: int) -> None:
    """Hang what hung on a product's pages on those of another one."""
    mine = update(Banner).where(Banner.product_id == product_id)
    db.session.execute(mine.values(product_id=into_id))
    board.BANNERS.change()


@periodic("turn_banners", minute="*")
@transaction
@unguarded("the clock begins and ends them")
def turn() -> None:
    """Let pages that are kept for guests know that a banner has begun or ended meanwhile."""
    since = datetime.fromisoformat(TURNED.get()) if TURNED.get() else None
    if queries.turned_since(since):
        TURNED.put(now().isoformat())
        board.BANNERS.change()


def _write(banner: Banner, draft: BannerDraft) -> None:
    """Set what was written. Raises Invalid for what cannot be shown."""
    if draft.link and not (draft.link.startswith(("https://", "http://")) or is_local(draft.link)):
        raise Invalid(
            _l("A link begins with https:// or, within this forum, with a slash."), field="link"
        )
    if draft.link and not draft.link_words:
        raise Invalid(_l("Say what stands on the link."), field="link_words")
    if draft.language and draft.language not in LANGUAGES:
        raise Invalid(_l("The forum does not speak this language yet."), field="language")
    starts_at = draft.starts_at or banner.starts_at or now()
    if draft.ends_at is not None and draft.ends_at <= starts_at:
        raise Invalid(_l("It has to end after it begins."), field="ends_at")
    for name in BannerDraft.__dataclass_fields__:
        setattr(banner, name, getattr(draft, name))
    banner.starts_at = starts_at
