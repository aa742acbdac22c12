"""What pages tell machines in their heads. Only guests get all of it: no robot logs in.

Each follows from what its page shows and from nothing else, so that pages can be kept whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape

from flask import g, render_template, request

from community.core import brand
from community.core.i18n import _
from community.core.mail import link
from community.core.paging import Page
from community.core.slots import fills
from community.core.text import plain_text
from community.core.web import page_number
from community.members.login import viewer
from community.members.models import Member
from community.posts.models import Post
from community.questions.models import Answer, Comment, Question
from community.questions.queries import lists
from community.seo import policy
from community.seo.cards import face_of, name_of
from community.seo.jsonld import pages, people, threads
from community.seo.jsonld.pages import Step
from community.seo.jsonld.threads import Shown
from community.seo.jsonld.writing import Thing, script_of
from community.seo.policies import may_link_translations
from community.seo.queries import profiles, translations

NO_INDEX = '<meta name="robots" content="noindex">'


@fills("base.robots")
def robots_of_page() -> str:
    """Ask search engines not to keep a page that is not worth finding."""
    return "" if policy.is_listed() or policy.is_judged_by_content() else NO_INDEX


@fills("base.head")
def head_of_page(title: str, description: str) -> str:
    """Tell of a list or another page that everybody sees; titles come as HTML."""
    if not policy.is_listed():
        return ""
    address = policy.canonical(page_number())
    words = unescape(title) or brand.NAME.get()
    things = [pages.website()] if request.endpoint == "site.home" else [_way_here(words, address)]
    return _head(
        title=words,
        description=unescape(description),
        address=address,
        canonical=address,
        feeds=_feeds_here(words),
        things=things,
    )


@fills("questions.head")
def head_of_thread(
    question: Question, page: Page[Answer], comments: dict[int, list[Comment]]
) -> str:
    """Tell of a thread: who asked and answered what, where it belongs."""
    robots = "" if policy.is_worth_finding(question) else NO_INDEX
    if viewer().id is not None:
        return robots
    shown = Shown(question, page, comments)
    steps: list[Step] = [
        (question.product.name, link("products.show", slug=question.product.slug)),
        (question.title, shown.own_address),
    ]
    return robots + _head(
        kind="article",
        title=question.title,
        description=question.body,
        address=shown.own_address,
        card=link("seo.card", question_id=question.id, name=name_of(face_of(question))),
        alternates=_alternates(question) if page.number == 1 else [],
        feeds=[(question.title, link("seo.feed_of_question", question_id=question.id))],
        things=[threads.thread(shown), pages.trail(steps)],
    )


def _alternates(question: Question) -> list[tuple[str, str]]:
    """Return where else the text stands, by language, itself included, as search engines ask."""
    return [
        (each.lang, link("questions.show", question_id=each.id, slug=each.slug))
        for each in _translations(question)
    ]


def _translations(question: Question) -> Sequence[Question]:
    """Return the translations, read once for a page."""
    if question.translations_id is None:
        return []
    if g.get("translations_of") != question.id:
        g.translations_of, g.translations = question.id, translations.of(question)
    found: Sequence[Question] = g.translations
    return found


@fills("questions.show", order=5)
def also_in(question: Question) -> str:
    """Lead readers to the same text in their language."""
    others = [each for each in _translations(question) if each.id != question.id]
    return render_template("seo/_also_in.html", others=others) if others else ""


@fills("posts.menu", order=90)
def translations_in_menu(post: Post) -> str:
    """Offer staff to link translations."""
    if not isinstance(post, Question) or not may_link_translations(viewer()):
        return ""
    return render_template("seo/_menu.html", question=post)


@fills("members.head")
def head_of_profile(member: Member) -> str:
    """Tell of a member."""
    robots = "" if policy.is_worth_finding(member) else NO_INDEX
    if viewer().id is not None:
        return robots
    about, address = plain_text(member.about_html), people.address_of(member)
    counts = lists.counts_of(member)
    described = people.profile(
        member, about, counts.questions + counts.answers, profiles.echo_of(member)
    )
    return robots + _head(
        kind="profile",
        title=member.name,
        description=about,
        address=address,
        canonical="" if robots else address,
        feeds=[(member.name, link("seo.feed_of_member", member_id=member.id))],
        things=[described, pages.trail([(member.name, address)])],
    )


def _feeds_here(title: str) -> list[tuple[str, str]]:
    """Return the feeds that follow what a list shows, with their names."""
    slug = (request.view_args or {}).get("slug", "")
    if request.endpoint == "products.show":
        return [(title, link("seo.feed_of_product", slug=slug))]
    if request.endpoint == "products.tag":
        return [(title, link("seo.feed_of_tag", slug=slug))]
    return [
        (str(_("All questions")), link("seo.feed_of_questions")),
        (str(_("Unanswered questions")), link("seo.feed_of_unanswered")),
    ]


def _way_here(title: str, address: str) -> Thing:
    steps: list[Step] = [(title, address)]
    if request.endpoint == "products.tag":
        steps.insert(0, (str(_("Tags")), link("products.tags")))
    return pages.trail(steps)


def _head(**told: object) -> str:
    """Write the head; members get the canonical address and no more."""
    things: list[Thing] = told.pop("things")  # type: ignore[assignment]
    if viewer().id is not None:
        things = []
    return render_template("seo/_head.html", script=script_of(*things), **told)
