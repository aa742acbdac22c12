"""What a check found, in a sentence: for moderators in full, for the author what helps them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import format_decimal

from community.core.i18n import _, _n
from community.moderation.checks.table import RULES, SPAM, WORDS
from community.moderation.submissions import Evidence, Hit

# What gettext gives is text, though it does not say so.
Words = Any


def why(hit: Hit) -> str:
    """Say what was found, for moderators."""
    return str(SENTENCES[hit.check](hit.evidence))


def told(hit: Hit) -> str:
    """Say what was found, for the author: of watched words and of the filter not which."""
    if hit.check == WORDS:
        return str(_("it contains words that moderators look at first"))
    if hit.check == "reported":
        return str(_("several members reported earlier posts of yours"))
    if hit.check == SPAM:
        return str(_("an automatic filter took it for advertising"))
    return why(hit)


def _first_posts(evidence: Evidence) -> Words:
    return _("it is post number %(number)s of this member", **evidence)


def _links(evidence: Evidence) -> Words:
    return _n("it has %(num)s link to another site", "it has %(num)s links to other sites",
              evidence["found"])  # fmt: skip


def _images(evidence: Evidence) -> Words:
    return _n("it has %(num)s picture", "it has %(num)s pictures", evidence["found"])


def _mentions(evidence: Evidence) -> Words:
    return _n("it mentions %(num)s member", "it mentions %(num)s members", evidence["found"])


def _too_fast(evidence: Evidence) -> Words:
    if evidence["seconds"] < 0:
        return _("it was sent without opening the form")
    return _("it was sent %(seconds)s seconds after the form was opened", **evidence)


def _same_text(_evidence: Evidence) -> Words:
    return _("the same was written before")


def _same_site(evidence: Evidence) -> Words:
    return _("new members led to %(site)s in %(posts)s posts", **evidence)


def _reported(evidence: Evidence) -> Words:
    return _n(
        "%(num)s member reported posts of this newcomer, together worth %(score)s, threshold "
        "%(threshold)s",
        "%(num)s members reported posts of this newcomer, together worth %(score)s, threshold "
        "%(threshold)s",
        evidence["members"],
        score=format_decimal(evidence["score"], "0.0"),
        threshold=format_decimal(evidence["threshold"], "0.0"),
    )


def _blocked_site(evidence: Evidence) -> Words:
    return _("it links to %(site)s, which is blocked here", **evidence)


def _words(evidence: Evidence) -> Words:
    return _("it contains the watched word “%(word)s”", **evidence)


def _capitals(evidence: Evidence) -> Words:
    return _("%(percent)s %% of its letters are capitals", **evidence)


def _phones(evidence: Evidence) -> Words:
    numbers = evidence["numbers"]
    return _n("it contains a telephone number: %(found)s",
              "it contains telephone numbers: %(found)s", len(numbers),
              found=", ".join(numbers))  # fmt: skip


def _one_address(evidence: Evidence) -> Words:
    return _("%(accounts)s new accounts wrote from the same internet address", **evidence)


def _questions_a_day(evidence: Evidence) -> Words:
    return _("it is question number %(asked)s of this member in 24 hours", **evidence)


def _spam(evidence: Evidence) -> Words:
    reasons = ", ".join(f"{name} {part:+.1f}" for name, part in evidence["reasons"])
    sure = evidence["percent"]
    return _("the spam filter is %(percent)s %% sure: %(reasons)s", percent=sure, reasons=reasons)


SENTENCES: dict[str, Callable[[Evidence], Words]] = {
    "first-posts": _first_posts,
    "links": _links,
    "images": _images,
    "mentions": _mentions,
    "too-fast": _too_fast,
    "same-text": _same_text,
    "same-site": _same_site,
    "reported": _reported,
    "blocked-site": _blocked_site,
    WORDS: _words,
    "capitals": _capitals,
    "phones": _phones,
    "one-address": _one_address,
    "questions-a-day": _questions_a_day,
    SPAM: _spam,
}
assert SENTENCES.keys() == RULES.keys()
