"""Taking measures and taking them back: the pages of moderators."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.core import unsent
from community.core.access import moderators_of_anything, moderators_only
from community.core.errors import CommunityError, Invalid, NotFound, existing
from community.core.i18n import _
from community.core.limits import WRITING, limited
from community.core.policy import require
from community.core.web import page_number
from community.members import queries as member_queries
from community.members.login import current_member
from community.members.models import Member
from community.moderation import ladder, statements
from community.moderation.forms.measuring import WORDS, MeasureForm
from community.moderation.models.items import Decision
from community.moderation.models.measures import MeasureAct
from community.moderation.policies.measures import may_open_dialog
from community.moderation.queries import appeals, measures
from community.moderation.queries import rules as rule_queries
from community.moderation.rulings import Ruling
from community.moderation.services import appealing, measuring, queueing
from community.moderation.views import blueprint
from community.posts import queries as post_queries
from community.posts.models import Post
from community.posts.places import places_of

A_PAGE = 50


@blueprint.get("/moderation/measures")
@moderators_only
@limited()
def taken() -> str:
    """List all measures, the latest first."""
    asked = request.args.get("act", "")
    act = MeasureAct(asked) if asked in set(MeasureAct) else None
    page = measures.page_of_all(page_number(), A_PAGE, act)
    return render_template("moderation/taken.html", page=page, words=WORDS, act=act)


@blueprint.route("/moderation/measure", methods=["GET", "POST"])
@moderators_of_anything
@limited(WRITING)
def measure() -> ResponseReturnValue:
    """Show the dialog for a post or a member, filled in for a rule; then take the measure."""
    post, member = _subject()
    require(may_open_dialog(current_member(), post))
    on_thread = post is not None and post.kind == "question"
    form = MeasureForm(on_member=post is None, on_thread=on_thread)
    if not form.is_submitted():
        if not unsent.put_back(form):
            _suggest(form, member, on_member=post is None)
        return _dialog(form, post, member)
    if not form.validate():
        return _dialog(form, post, member), HTTPStatus.UNPROCESSABLE_ENTITY
    subject = {"post_id": post.id} if post else {"member_id": member.id}
    draft = form.draft(**subject)
    try:
        if item_id := request.args.get("item", 0, type=int):
            return _decide(item_id, draft)
        made = measuring.take(current_member(), draft)
    except CommunityError as error:
        _blame(form, error)
        return _dialog(form, *_subject()), error.status
    flash(_("Done. The member has the statement of reasons."), "success")
    return redirect(url_for(".statement", measure_id=made.id), HTTPStatus.SEE_OTHER)


def _decide(item_id: int, draft: measuring.MeasureDraft) -> ResponseReturnValue:
    """Take the measure by deciding the item of the queue that led here."""
    ruling = Ruling(
        item_id=item_id,
        version=request.args.get("version", 0, type=int),
        decision=Decision.AGREE,
        measure=draft,
        post_version=request.args.get("post_version", 0, type=int),
    )
    queueing.decide(current_member(), ruling)
    flash(_("Decided. The member has the statement of reasons."), "success")
    return redirect(url_for(".queue"), HTTPStatus.SEE_OTHER)


@blueprint.post("/measures/<int:measure_id>/lifting")
@moderators_of_anything
@limited(WRITING)
def lift(measure_id: int) -> ResponseReturnValue:
    """Take a measure back."""
    measuring.lift(current_member(), measure_id, request.form.get("reason", "")[:500])
    flash(_("It is taken back, and the member is told."), "success")
    return redirect(url_for(".statement", measure_id=measure_id), HTTPStatus.SEE_OTHER)


@blueprint.post("/measures/<int:measure_id>/appeal/decision")
@moderators_of_anything
@limited(WRITING)
def decide_appeal(measure_id: int) -> ResponseReturnValue:
    """Decide about an objection."""
    made = appeals.by_measure(measure_id)
    outcome = request.form.get("outcome", "")[:5000]
    appealing.decide_in_queue(
        current_member(), made, is_upheld=request.form.get("upheld") == "yes", outcome=outcome
    )
    flash(_("Decided. The member reads your reasons."), "success")
    return redirect(url_for(".statement", measure_id=measure_id), HTTPStatus.SEE_OTHER)


def _subject() -> tuple[Post | None, Member]:
    """Return the post and the member that the address is about. Raises NotFound."""
    post_id, member_id = (request.args.get(name, 0, type=int) for name in ("post", "member"))
    if post_id:
        post = existing(post_queries.with_author(post_id), _("This post does not exist."))
        return post, post.author
    if not member_id:
        raise NotFound(_("Say which post or which member it is about."))
    return None, existing(member_queries.by_id(member_id), _("There is no such member."))


def _subject_of_address() -> dict[str, str]:
    """Return what the address says: what it is about, and which item of the queue led here."""
    kept = ("post", "member", "item", "version", "post_version")
    return {name: request.args[name] for name in kept if name in request.args}


def _suggest(form: MeasureForm, member: Member, *, on_member: bool) -> None:
    step = ladder.next_step(measures.of_member(member.id)) if on_member else None
    form.suggest(request.args.get("rule", ""), step)
    form.suggest_act(request.args.get("act", ""))


def _blame(form: MeasureForm, error: CommunityError) -> None:
    field = error.field if isinstance(error, Invalid) else ""
    if field in form:
        form[field].errors = [*form[field].errors, str(error)]
    else:
        form.form_errors.append(str(error))


def _dialog(form: MeasureForm, post: Post | None, member: Member) -> str:
    before = measures.of_member(member.id)
    return render_template(
        "moderation/measure.html",
        form=form,
        post=post,
        member=member,
        before=before,
        words=WORDS,
        next_step=ladder.next_step(before),
        presets=rule_queries.presets(on_member=post is None),
        place=places_of([post.id]).get(post.id) if post else None,
        subject=_subject_of_address(),
        team=statements.team(),
    )
