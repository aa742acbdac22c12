"""Asking: the product, the topic, and the question itself, each at its own address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core import unsent
from community.core.access import everyone, members_only
from community.core.errors import Invalid, NotFound, TooMany
from community.core.i18n import _, current_language
from community.core.limits import WRITING, limited
from community.core.once import once
from community.members.login import current_member, viewer
from community.posts.contents import check_contents
from community.products import queries as product_queries
from community.products.models import Product, Topic
from community.questions import queries
from community.questions.forms.asking import KINDS, QuestionForm
from community.questions.forms.sending import made_ready
from community.questions.queries import alike
from community.questions.queries.alike import Alike
from community.questions.services import asking, drafting, pacing
from community.questions.views import blueprint
from community.questions.views.thread import WAITS

PLACE = "questions.new"
NO_TOPIC = "none"


@dataclass(frozen=True)
class About:
    """What a question is about: the steps that were taken so far."""

    product: Product | None = None
    topic: Topic | None = None
    has_topic: bool = False


@blueprint.get("/new")
@blueprint.get("/new/<product>")
@blueprint.get("/new/<product>/<topic>")
@everyone
@limited()
def new(product: str = "", topic: str = "") -> ResponseReturnValue:
    """Show the next step of asking: products, then topics, then the form.

    Guests may write, too; when they send they log in first, and find their text again.
    """
    about = _about(product, topic or request.args.get("topic", ""))
    if about.product is None:
        return _choose_product(about)
    if not about.has_topic:
        return _page("topic", about, topics=_in_two_levels(about.product), draft=_draft_title())
    form, is_restored = _form_to_write()
    return _page("write", about, form=form, is_restored=is_restored)


@blueprint.post("/new/<product>")
@blueprint.post("/new/<product>/<topic>")
@members_only
@limited(WRITING)
def ask(product: str, topic: str = NO_TOPIC) -> ResponseReturnValue:
    """Do what the pressed button says: post the question, show it first, keep or discard it."""
    about = _about(product, topic)
    form = QuestionForm(viewer())
    act = request.form.get("act", "post")
    if act in {"save", "discard"}:
        return _keep_or_forget(form, act)
    if not form.validate():
        return _page("write", about, form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    if act == "preview":
        shown = made_ready(form.body.data, form.lang.data).rendered.html
        return _page("write", about, form=form, preview=shown)
    found = _similar_to(form)
    if found:
        return _page("similar", about, form=form, similar=found)
    return _post(form, about)


def _about(product: str, topic: str) -> About:
    """Return what the address says. Raises NotFound for what does not exist any more."""
    if not product:
        return About()
    chosen = product_queries.by_slug(product)
    wanted = "" if topic == NO_TOPIC else topic
    is_here = not wanted or any(each.slug == wanted for each in chosen.topics)
    if chosen.merged_into_id is not None or not is_here:
        # What is being written about the old one is posted about what that became.
        led = product_queries.elsewhere(chosen, wanted)
        if led is not None:
            chosen, topic = product_queries.by_slug(led[0]), led[1] or (topic and NO_TOPIC)
    if chosen.archived_at is not None:
        raise NotFound(_("This product takes no new questions."))
    if topic in {"", NO_TOPIC}:
        return About(chosen, has_topic=bool(topic) or not chosen.topics)
    return About(chosen, product_queries.topic_of(chosen, topic), has_topic=True)


def _choose_product(about: About) -> ResponseReturnValue:
    """Show the products; where there is only one, go on."""
    products = product_queries.current()
    if len(products) == 1:
        return redirect(url_for(".new", product=products[0].slug, kind=_kind()))
    return _page("product", about, products=products, draft=_draft_title())


def _draft_title() -> str:
    return queries.fields_of_draft(viewer(), PLACE).get("title", "")


def _form_to_write() -> tuple[QuestionForm, bool]:
    """Return the form with what the visitor wrote before; tell whether it is a draft."""
    draft = queries.fields_of_draft(viewer(), PLACE)
    preset = {"kind": "question", "lang": current_language()} | draft
    form = QuestionForm(viewer(), formdata=None, data=preset | _kind_of_address())
    if unsent.put_back(form):
        return form, False
    return form, bool(draft)


def _kind() -> str | None:
    """Return the kind of post that the address asks for."""
    asked = request.args.get("kind")
    return asked if asked in set(KINDS) else None


def _kind_of_address() -> dict[str, str]:
    kind = _kind()
    return {"kind": kind} if kind else {}


def _page(step: str, about: About, **context: Any) -> str:  # noqa: ANN401
    """Show a step of asking."""
    return render_template(
        "questions/new.html",
        step=step,
        product=about.product,
        topic=about.topic,
        kind=_kind(),
        place=PLACE,
        has_seen=step == "similar" or "seen_similar" in request.form,
        **context,
    )


def _in_two_levels(product: Product) -> list[tuple[Topic, list[Topic]]]:
    """Return the topics of a product, each with those that lie below it."""
    highest = [topic for topic in product.topics if topic.parent_id is None]
    return [
        (topic, [each for each in product.topics if each.parent_id == topic.id])
        for topic in highest
    ]


def _keep_or_forget(form: QuestionForm, act: str) -> ResponseReturnValue:
    """Keep the form as a draft, or forget it, and show it again."""
    if act == "discard":
        drafting.forget_draft(current_member(), PLACE)
        flash(_("Your draft is gone."))
    else:
        texts = {name: str(form[name].data or "") for name in ("title", "body", "tags")}
        choices = {"kind": form.kind.data, "lang": form.lang.data} if any(texts.values()) else {}
        drafting.keep_draft(current_member(), PLACE, texts | choices)
        flash(_("Your draft is kept. You can go on whenever you like."))
    return redirect(request.full_path.rstrip("?"), HTTPStatus.SEE_OTHER)


def _similar_to(form: QuestionForm) -> Sequence[Alike]:
    """Return what to look at before posting; nothing for who has looked."""
    if "seen_similar" in request.form:
        return []
    return alike.similar(form.title.data or "", form.body.data or "")


def _post(form: QuestionForm, about: About) -> ResponseReturnValue:
    """Put the question online, once however often it is sent, and lead to it."""
    assert about.product is not None
    member, draft = current_member(), form.draft(about.product, about.topic)

    def work() -> int:
        pacing.take_turn(member, "question")
        check_contents(member, draft.text.rendered.html)
        drafting.forget_draft(member, PLACE)
        return asking.ask(member, draft).id

    try:
        question_id = once(member.id, request.form.get("submission_key"), work)
    except (TooMany, Invalid) as error:
        form.form_errors.append(str(error))
        headers = {"Retry-After": str(error.seconds)} if isinstance(error, TooMany) else {}
        return _page("write", about, form=form), error.status, headers
    question = queries.by_id(question_id)
    if question.is_held:
        flash(str(WAITS))
    else:
        flash(_("Your question is online. You will hear when somebody answers."))
    address = url_for(".show", question_id=question.id, slug=question.slug)
    return redirect(address, HTTPStatus.SEE_OTHER)
