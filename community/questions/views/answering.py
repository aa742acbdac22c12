"""Answering a question, and commenting on it and on its answers."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from community.core.access import everyone, members_only
from community.core.errors import CommunityError, Gone, Invalid, NotFound, TooMany
from community.core.i18n import _
from community.core.limits import WRITING, limited
from community.core.once import once
from community.members.login import current_member, viewer
from community.members.models import Member
from community.posts.contents import check_contents
from community.questions import queries
from community.questions.forms.replying import AnswerForm, CommentForm
from community.questions.models import Answer, Comment, Question
from community.questions.queries import threads
from community.questions.services import answering, drafting, pacing
from community.questions.views import on_thread
from community.questions.views.thread import (
    WAITS,
    Replies,
    address_of,
    found,
    page,
    question_seen,
)


@on_thread.get("/questions/<int:question_id>/answers")
@everyone
@limited()
def answers(question_id: int) -> ResponseReturnValue:
    """Lead to the page of the question: here one arrives after a log-in while answering."""
    return redirect(url_for("questions.short", question_id=question_id))


@on_thread.post("/questions/<int:question_id>/answers")
@members_only
@limited(WRITING)
def answer(question_id: int) -> ResponseReturnValue:
    """Answer a question. What cannot be sent stays in the form, with the reason."""
    form = AnswerForm()
    error: CommunityError = Invalid("")
    if form.validate_on_submit():
        try:
            question = question_seen(question_id)
            made = _give_answer(question, form)
        except CommunityError as reason:
            error = _note(form, reason)
        else:
            return _thank(made)
    return _again(question_id, Replies(form, CommentForm(formdata=None)), error)


class Made(NamedTuple):
    """What was posted, and where it stands."""

    post: queries.Content
    address: str


def _give_answer(question: Question, form: AnswerForm) -> Made:
    member, draft = current_member(), form.draft(question.lang)

    def give() -> Answer:
        pacing.take_turn(member, "answer")
        check_contents(member, draft.text.rendered.html)
        reply = answering.answer(member, question, draft)
        drafting.forget_draft(member, f"answer:{question.id}")
        return reply

    return _made_once(member, give)


def _made_once(member: Member, make: Callable[[], queries.Content]) -> Made:
    """Return what is made now, or what the same form made before: that has to be found again."""
    made: list[Made] = []

    def work() -> int:
        # Its place is asked for while the transaction goes on, which spares one of its own.
        made.append(_with_address(make()))
        return made[0].post.id

    number = once(member.id, request.form.get("submission_key"), work)
    return made[0] if made else _with_address(queries.post_by_id(number))


def _with_address(post: queries.Content) -> Made:
    return Made(post, address_of(post))


@on_thread.post("/questions/<int:post_id>/comments", defaults={"kind": "questions"})
@on_thread.post("/answers/<int:post_id>/comments", defaults={"kind": "answers"})
@members_only
@limited(WRITING)
def comment(kind: str, post_id: int) -> ResponseReturnValue:
    """Comment on a question or an answer. What cannot be sent stays in the form."""
    form = CommentForm()
    form.on.data = str(post_id)
    error: CommunityError = Invalid("")
    if form.validate_on_submit():
        try:
            made = _make_comment(kind, post_id, form)
        except CommunityError as reason:
            error = _note(form, reason)
        else:
            return _thank(made)
    return _again(post_id, Replies(AnswerForm(formdata=None), form), error)


def _make_comment(kind: str, post_id: int, form: CommentForm) -> Made:
    member, post = current_member(), found(kind, post_id)
    assert not isinstance(post, Comment)
    question = queries.question_of(post)
    draft = form.draft(question.lang)

    def make() -> Comment:
        pacing.take_turn(member, "comment")
        check_contents(member, draft.text.rendered.html)
        return answering.comment(member, question, post, draft)

    return _made_once(member, make)


def _thank(made: Made) -> ResponseReturnValue:
    """Lead to a new reply, and say if it waits for review."""
    if made.post.is_held:
        flash(str(WAITS))
    elif isinstance(made.post, Answer):
        flash(_("Your answer is online. Thank you for helping."), "success")
    return redirect(made.address, HTTPStatus.SEE_OTHER)


def _note(form: FlaskForm, error: CommunityError) -> CommunityError:
    form.form_errors.append(str(error))
    return error


def _point_to(replies: Replies, question: Question) -> None:
    """Let what was written for a thread that was merged be sent to the one it is a part of."""
    said = _("Moderators made this thread a part of another one. Look, and send your text here.")
    for form in (replies.answer, replies.comment):
        if form is not None and form.form_errors:
            form.form_errors[:] = [said]
    if replies.comment is not None and replies.comment.comment.data:
        replies.comment.on.data = str(question.id)


def _again(post_id: int, replies: Replies, error: CommunityError) -> ResponseReturnValue:
    """Show the page with the forms as they were sent; if it is gone, at least the text."""
    headers = {"Retry-After": str(error.seconds)} if isinstance(error, TooMany) else {}
    try:
        post = queries.post_by_id(post_id)
        question = queries.question_of(post)
        if question.merged_into_id is not None:
            post = question = queries.by_id(question.merged_into_id)
            _point_to(replies, question)
        number = 1
        if isinstance(post, Answer):
            number = threads.page_of_answer(post, question, viewer())
        return page(threads.thread(question.id, number, viewer()), replies), error.status, headers
    except (Gone, NotFound) as gone:
        written = [replies.answer and replies.answer.body.data]
        written += [replies.comment and replies.comment.comment.data]
        shown = render_template("questions/_not_sent.html", reason=gone, written=written)
        return shown, gone.status, headers
