"""The form of a banner. Its times are those of its writer's time zone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateTimeLocalField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from community.core.i18n import LANGUAGES, _, _l
from community.panel.forms import MUST, chosen_from
from community.panel.models import Audience, Banner, Tone
from community.panel.services.banners import BannerDraft
from community.products.models import Product

AUDIENCES = {
    Audience.ALL.value: _l("Everybody"),
    Audience.GUESTS.value: _l("Guests"),
    Audience.MEMBERS.value: _l("Members"),
    Audience.STAFF.value: _l("Staff and moderators"),
}
# As browsers send it, and as they are told.
FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
TONES = {Tone.NEWS.value: _l("News"), Tone.WARNING.value: _l("Warning")}


class BannerForm(FlaskForm):
    """What a banner says, to whom, where and when."""

    words = TextAreaField(_l("Words"), [MUST, Length(max=300)])
    link = StringField(_l("Link"), [Length(max=300)])
    link_words = StringField(_l("Words on the link"), [Length(max=60)])
    tone = SelectField(_l("Kind"), choices=chosen_from(TONES))
    audience = SelectField(_l("For whom"), choices=chosen_from(AUDIENCES))
    product = SelectField(_l("On pages of"))
    language = SelectField(_l("Readers of"))
    starts_at = DateTimeLocalField(_l("From"), [Optional()], format=FORMATS)
    ends_at = DateTimeLocalField(_l("Until"), [Optional()], format=FORMATS)
    is_dismissible = BooleanField(_l("Readers may put it away"), default=True)

    def offer_products(self, products: Sequence[Product]) -> None:
        """Let one of these be chosen, or none."""
        names = {str(each.id): each.name for each in products}
        self.product.choices = chosen_from({"": _("All products"), **names})
        self.language.choices = chosen_from({"": _("All languages"), **LANGUAGES})

    def fill(self, banner: Banner, zone: ZoneInfo) -> None:
        """Show what the banner says."""
        for name in ("words", "link", "link_words", "tone", "audience", "language"):
            self[name].process_data(getattr(banner, name))
        self.product.process_data(str(banner.product_id or ""))
        self.is_dismissible.process_data(banner.is_dismissible)
        self.starts_at.process_data(_local(banner.starts_at, zone))
        self.ends_at.process_data(_local(banner.ends_at, zone))

    def draft(self, zone: ZoneInfo) -> BannerDraft:
        """Return what was filled in."""
        return BannerDraft(
            words=" ".join((self.words.data or "").split()),
            link=(self.link.data or "").strip(),
            link_words=(self.link_words.data or "").strip(),
            tone=Tone(self.tone.data),
            audience=Audience(self.audience.data),
            product_id=int(self.product.data) if self.product.data else None,
            language=self.language.data or "",
            starts_at=_in_utc(self.starts_at.data, zone),
            ends_at=_in_utc(self.ends_at.data, zone),
            is_dismissible=self.is_dismissible.data,
        )


def _local(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment.astimezone(zone).replace(tzinfo=None) if moment else None


def _in_utc(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment.replace(tzinfo=zone).astimezone(UTC) if moment else None
