"""Feeds: every list that changes, for readers of Atom."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core import brand
from community.core.access import everyone
from community.core.errors import Gone, existing
from community.core.i18n import _l, force_locale
from community.core.limits import limited
from community.core.mail import link
from community.members import queries as member_queries
from community.members.models import Guest
from community.products import queries as product_queries
from community.questions import queries as question_queries
from community.questions.models import Question
from community.questions.queries import threads
from community.questions.queries.lists import Filters
from community.seo.jsonld.people import site
from community.seo.queries import feeds
from community.seo.queries.feeds import Item
from community.seo.views import blueprint

KIND = "application/atom+xml"
# Kept by caches on the way, but asked about each time: what is hidden is gone at once.
ASKED_EACH_TIME = "public, no-cache"
# What XML cannot say, even escaped.
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@blueprint.get("/feeds/questions.atom")
@everyone
@limited(by_address=True)
def feed_of_questions() -> Response:
    """Send the latest questions."""
    return _sent(_l("All questions"), link("questions.index"), feeds.questions(Filters()))


@blueprint.get("/feeds/unanswered.atom")
@everyone
@limited(by_address=True)
def feed_of_unanswered() -> Response:
    """Send the latest questions that nobody has answered."""
    page = link("questions.index", state="needs-attention")
    return _sent(_l("Unanswered questions"), page, feeds.unanswered())


@blueprint.get("/feeds/products/<slug>.atom")
@everyone
@limited(by_address=True)
def feed_of_product(slug: str) -> ResponseReturnValue:
    """Send the latest questions about a product, or lead to the one that it became a part of."""
    product = existing(product_queries.anywhere(slug), _l("There is no such product."))
    if led := product_queries.elsewhere(product):
        return redirect(url_for(".feed_of_product", slug=led[0]), HTTPStatus.MOVED_PERMANENTLY)
    items = feeds.questions(Filters(product_id=product.id))
    return _sent(product.name, link("products.show", slug=slug), items)


@blueprint.get("/feeds/tags/<slug>.atom")
@everyone
@limited(by_address=True)
def feed_of_tag(slug: str) -> Response:
    """Send the latest questions that carry a tag."""
    tag = product_queries.tag_by_slug(slug)
    items = feeds.questions(Filters(tag=tag.slug))
    return _sent(tag.name, link("products.tag", slug=slug), items)


@blueprint.get("/feeds/members/<int:member_id>.atom")
@everyone
@limited(by_address=True)
def feed_of_member(member_id: int) -> Response:
    """Send what a member asked and answered last."""
    member = existing(member_queries.by_id(member_id), _l("There is no such member."))
    if member.deleted_at:
        raise Gone(_l("This member has left the community."))
    page = link("members.show", member_id=member.id, handle=member.handle)
    return _sent(member.name, page, feeds.by_member(member))


@blueprint.get("/feeds/questions/<int:question_id>.atom")
@everyone
@limited(by_address=True)
def feed_of_question(question_id: int) -> Response:
    """Send a question and the latest answers to it."""
    question = question_queries.post_by_id(question_id)
    question = existing(
        question if isinstance(question, Question) else None, _l("This question does not exist.")
    )
    threads.refuse_unseen(question, Guest())
    page = link("questions.show", question_id=question.id, slug=question.slug)
    return _sent(question.title, page, feeds.in_thread(question))


def _sent(title: object, page: str, items: Sequence[Item]) -> Response:
    """Send a feed in the language of the brand, or say that it is as it was."""
    updated_at = max((item.updated_at for item in items), default=LONG_AGO)
    with force_locale(brand.LANGUAGE.get()):
        text = render_template(
            "seo/feed.xml",
            title=str(title),
            page=page,
            own=site() + request.path,
            site=site(),
            items=items,
            updated_at=updated_at,
        )
    answer = Response(_UNSAYABLE.sub("", text), mimetype=KIND)
    answer.headers["Cache-Control"] = ASKED_EACH_TIME
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.set_etag(hashlib.sha256(answer.get_data()).hexdigest()[:24], weak=True)
    answer.last_modified = updated_at
    # Never by the date: it goes back when the newest entry is taken away, which is a change.
    if request.if_none_match.contains_weak(answer.get_etag()[0] or ""):
        answer.status_code = HTTPStatus.NOT_MODIFIED
        answer.set_data(b"")
    return answer
