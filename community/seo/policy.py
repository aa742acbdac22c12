"""Which addresses search engines are invited to keep, and under which one of their names.

A page that is not listed here is not for them. Filters, orders and searches show in another way
what stands elsewhere already; they may be followed, but not kept.
"""

from __future__ import annotations

from flask import request

from community.core.mail import link
from community.members.models import Member
from community.members.trust import Level
from community.questions.models import Question

# The lists and pages that are worth finding, as they are without any choice.
LISTED = frozenset(
    {
        "site.home",
        "questions.index",
        "products.show",
        "products.tags",
        "products.tag",
        "badges.index",
        "badges.show",
        "reputation.levels",
    }
)
# Pages that say for themselves whether they are.
JUDGED_BY_CONTENT = frozenset({"questions.show", "members.show"})
# What changes which rows a page shows, or in which order. Other words in an address, such as
# those that tell where a visitor came from, change nothing; the canonical address is without them.
CHOICES = frozenset(
    {"state", "product", "topic", "tag", "kind", "lang", "sort", "q", "tab", "period", "since"}
)


def is_listed() -> bool:
    """Tell whether the page that is asked for is one of those worth finding."""
    return request.endpoint in LISTED and not _has_choices()


def is_judged_by_content() -> bool:
    """Tell whether the page says for itself if it is worth finding."""
    return request.endpoint in JUDGED_BY_CONTENT


def is_worth_finding(thing: Question | Member) -> bool:
    """Tell whether the page of a question or a member is: new members are not shown around."""
    if isinstance(thing, Question):
        return thing.indexable_since is not None and thing.is_visible
    return bool(not _has_choices() and (thing.is_staff or thing.trust_level > Level.NEW))


def canonical(number: int = 1) -> str:
    """Return the one true address of a list, with the number of its page."""
    assert request.endpoint is not None
    values = dict(request.view_args or {})
    return link(request.endpoint, **values, page=number if number > 1 else None)


def _has_choices() -> bool:
    return any(request.args.get(name) for name in CHOICES)
