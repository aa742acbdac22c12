"""Where questions show up on the pages of others: products, tags and members."""

from __future__ import annotations

from flask import render_template, request

from community.core.paging import Page
from community.core.slots import fills
from community.core.web import page_number, page_size
from community.members.login import viewer
from community.members.models import Member
from community.posts.models import Post
from community.products.models import Product, Tag, Topic
from community.questions.forms.filters import state_of_address
from community.questions.models import Answer, Question
from community.questions.queries import lists
from community.questions.queries.lists import Filters, Given


@fills("products.show")
def questions_about_product(product: Product, topic: Topic | None) -> str:
    """List the questions about a product, or about one of its topics."""
    slug = topic.slug if topic else ""
    return _listing(Filters(state=state_of_address(), product_id=product.id, topic=slug))


@fills("products.tag")
def questions_with_tag(tag: Tag) -> str:
    """List the questions that carry a tag."""
    return _listing(Filters(state=state_of_address(), tag=tag.slug))


def _listing(filters: Filters) -> str:
    pinned, page = lists.with_pinned(filters, page_number(), page_size())
    return render_template("questions/_listing.html", pinned=pinned, page=page, state=filters.state)


@fills("members.show", order=20)
def posts_of_member(member: Member) -> str:
    """Show what a member asked and answered, one of them at a time."""
    tab = "answers" if request.args.get("tab") == "answers" else "questions"
    page = _posts_of(member, tab, page_number())
    counts = lists.counts_of(member)
    return render_template(
        "questions/_of_member.html", member=member, page=page, tab=tab, counts=counts
    )


@fills("members.card", order=10)
def help_in_card(member: Member) -> str:
    """Show how many questions of others a member solved, and for how many people."""
    return render_template("questions/_card.html", counts=lists.counts_of(member))


def _posts_of(member: Member, tab: str, number: int) -> Page[Given] | Page[Question]:
    if tab == "answers":
        return lists.answers_by(member, number, page_size())
    return lists.listed(Filters(author_id=member.id, sort="newest"), number, page_size())


@fills("posts.menu", order=60)
def way_to_kind(post: Post) -> str:
    """Lead moderators to making a comment of an answer."""
    if not isinstance(post, Answer) or not viewer().moderates(post.product_id):
        return ""
    return render_template("questions/_kind_menu.html", post=post)
