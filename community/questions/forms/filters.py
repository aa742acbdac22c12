"""The filters that the address of a list carries: ?state=solved&product=kettle&sort=votes."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from flask import request

from community.core.errors import NotFound
from community.core.i18n import _l
from community.products.models import Product
from community.questions.models import QuestionKind, State
from community.questions.queries import lists
from community.questions.queries.lists import Filters

LANGS = ("en", "es", "other")
NAMES = ("state", "product", "topic", "tag", "kind", "lang", "sort")
T = TypeVar("T")
Word = TypeVar("Word", bound=StrEnum)


def chosen() -> dict[str, str]:
    """Return the filters of the address as they were typed."""
    return {name: request.args.get(name, "").strip() for name in NAMES}


def filters_of_address(products: Sequence[Product]) -> Filters:
    """Return what the address asks for. Raises NotFound for what there cannot be."""
    wish = chosen()
    product = _one_of({each.slug: each for each in products}, wish["product"])
    return Filters(
        state=_word(State, wish["state"]),
        product_id=product.id if product else None,
        topic=wish["topic"],
        tag=wish["tag"],
        kind=_word(QuestionKind, wish["kind"]),
        lang=_one_of({lang: lang for lang in LANGS}, wish["lang"]) or "",
        sort=_one_of({sort: sort for sort in lists.SORTS}, wish["sort"]) or "active",
    )


def _word(kind: type[Word], wish: str) -> Word | None:
    return _one_of({word.value: word for word in kind}, wish)


def _one_of(options: dict[str, T], wish: str) -> T | None:
    if wish and wish not in options:
        raise NotFound(_l("There is no such list of questions."))
    return options.get(wish)


def state_of_address() -> State | None:
    """Return the state that the address asks for. Raises NotFound for what is none."""
    return _word(State, request.args.get("state", ""))
