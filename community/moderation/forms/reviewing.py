"""What the address of the review queue asks for: ?kind=held&product=kettle&hours=48."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request

from community.core.errors import NotFound
from community.core.i18n import _l
from community.moderation.models.items import ItemKind
from community.moderation.queries.queue import Filters
from community.products.models import Product

NAMES = ("state", "kind", "product", "lang", "hours", "person")
LANGS = ("en", "es", "other")
AGES = (24, 48, 168)


def chosen() -> dict[str, Any]:
    """Return the filters of the address as they were typed, without the empty ones."""
    found = {name: request.args.get(name, "").strip() for name in NAMES}
    return {name: value for name, value in found.items() if value}


def filters_of_address(products: Sequence[Product]) -> Filters:
    """Return what the address asks for. Raises NotFound for what there cannot be."""
    wish = chosen()
    slugs = {each.slug: each.id for each in products}
    _known("product", wish, slugs)
    _known("kind", wish, list(ItemKind))
    _known("lang", wish, LANGS)
    _known("hours", wish, [str(age) for age in AGES])
    _known("state", wish, ["decided"])
    return Filters(
        kind=ItemKind(wish["kind"]) if "kind" in wish else None,
        product_id=slugs.get(wish.get("product", "")),
        lang=wish.get("lang", ""),
        hours=int(wish.get("hours", "0")),
        person=wish.get("person", "").removeprefix("@")[:30],
        decided="state" in wish,
    )


def _known(name: str, wish: dict[str, Any], allowed: object) -> None:
    if name in wish and wish[name] not in allowed:  # type: ignore[operator]
        raise NotFound(_l("There is no such list."))
