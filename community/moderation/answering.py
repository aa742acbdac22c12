"""What those who told of unlawful content hear: the receipt, and the decision with its reasons."""

from __future__ import annotations

from sqlalchemy import select

from community.core import brand, mail
from community.core.clock import now
from community.core.db import db
from community.core.i18n import _, _l, force_locale
from community.moderation import rulings
from community.moderation.models.items import LEADS_TO, Item, ItemState
from community.moderation.models.measures import Measure, MeasureAct
from community.moderation.models.notices import Notice

DONE = {
    MeasureAct.HIDE: _l("The content was hidden."),
    MeasureAct.REMOVE: _l("The content was removed."),
    MeasureAct.LOCK: _l("The content was locked."),
    MeasureAct.DEMOTE: _l("The content is shown less prominently."),
    MeasureAct.SLOW: _l("The thread of the content was slowed down."),
    MeasureAct.SUSPEND: _l("The account behind the content was suspended."),
    MeasureAct.END_ACCOUNT: _l("The account behind the content was closed for good."),
    MeasureAct.MUTE: _l("The account behind the content cannot write for a while."),
    MeasureAct.WARN: _l("The author of the content was warned."),
}
FOUND_NOTHING = _l(
    "We looked at the content and do not find that it breaks the law or our rules. "
    "It stays where it is."
)
CLOSED = _l(
    "We looked at your notice and close it without a measure. The content stays where it is."
)


def acknowledge(notice: Notice) -> None:
    """Send the receipt (Digital Services Act, Art. 16 (4)), in the present transaction."""
    _post(notice, "moderation/notice_received")


def answer_notices(item: Item, ruling: rulings.Ruling, measure: Measure | None) -> None:
    """Tell everybody who sent a notice what was decided, and how to object (Art. 16 (5))."""
    waiting = select(Notice).where(Notice.item_id == item.id, Notice.state == ItemState.PENDING)
    for notice in db.session.scalars(waiting):
        notice.state, notice.decided_at = LEADS_TO[ruling.decision], now()
        with force_locale(notice.language):
            notice.outcome = _outcome(notice.state, measure)
        _post(notice, "moderation/notice_decided")


def _outcome(state: ItemState, measure: Measure | None) -> str:
    """Say what was decided and why, in the language that is spoken now."""
    if state == ItemState.AGREED:
        done = DONE.get(measure.act) if measure else None
        return str(done or _("The content is not public any more."))
    if state == ItemState.DISAGREED:
        return str(FOUND_NOTHING)
    return str(CLOSED)


def _post(notice: Notice, template: str) -> None:
    if not notice.email:
        return
    address = mail.link("moderation.track", secret=notice.secret)
    name = brand.NAME.get()
    mail.post(
        mail.written(
            notice.email,
            template,
            notice.language,
            notice=notice,
            address=address,
            brand_name=name,
        )
    )
