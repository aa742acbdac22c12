"""Statements of reasons and what follows them: there and on their way with the measure itself.

These are witnesses, not reactions: they write the notice and the mail in the transaction that
restricts. So nobody is ever restricted who has not been told.
"""

from __future__ import annotations

from datetime import timedelta

from community.core import mail
from community.core.clock import now
from community.core.db import db
from community.core.events import witnesses
from community.core.jobs import enqueue, job
from community.members.models import Member
from community.moderation.events import AppealDecided, MeasureLifted, MeasureTaken
from community.moderation.models.measures import Measure, MeasureAct
from community.moderation.queries import appeals, measures
from community.notifications.models import Kind
from community.notifications.services import MAIL_AFTER, Notice, tell_at_once
from community.questions import queries as question_queries

# A flood of spam is told of in one mail, with the way to all that belongs to it.
FLOOD = timedelta(hours=24)


@witnesses(MeasureTaken)
def tell_of_measure(event: MeasureTaken) -> None:
    """Send the statement of reasons. What is only held may be decided before the mail is due."""
    measure = _noted(Kind.MEASURE, event.measure_id)
    if measure.act == MeasureAct.HOLD:
        enqueue("notifications.mail_statement", delay=MAIL_AFTER.get(), measure_id=measure.id)
    elif not measures.is_told_already(measure, FLOOD):
        _send(measure, "measure", everything=mail.link("moderation.mine"))


@witnesses(MeasureLifted)
def tell_of_end(event: MeasureLifted) -> None:
    """Tell that a measure is over; of a hold, only if the post can be seen now."""
    measure = measures.by_id(event.measure_id)
    if measure.act == MeasureAct.HOLD:
        _tell_of_release(measure)
        return
    measure = _noted(Kind.MEASURE_LIFTED, event.measure_id)
    if not measures.is_told_already(measure, FLOOD):
        _send(measure, "measure_lifted", everything=mail.link("moderation.mine"))


def _tell_of_release(measure: Measure) -> None:
    """Tell that a post is online, with a mail if the hold was long enough for one."""
    post = question_queries.post_by_id(measure.post_id or 0)
    if not post.is_visible:
        return
    notice = Notice(
        kind=Kind.PUBLISHED,
        key=f"{Kind.PUBLISHED}:{measure.id}",
        question_id=question_queries.question_id_of(post),
        post_id=post.id,
        facts={"kind": f"{post.kind}s"},
    )
    tell_at_once(notice, measure.member_id)
    if measure.taken_at < now() - timedelta(seconds=MAIL_AFTER.get()):
        _send(measure, "measure_lifted")


@witnesses(AppealDecided)
def tell_of_outcome(event: AppealDecided) -> None:
    """Tell how an objection was decided, with the reasons."""
    made = appeals.by_measure(event.measure_id)
    _send(_noted(Kind.APPEAL_DECIDED, event.measure_id), "appeal_decided", appeal=made)


@job("notifications.mail_statement")
def mail_statement(measure_id: int) -> None:
    """Send the statement about what is still held."""
    measure = measures.by_id(measure_id)
    letter = _letter(measure, "measure")
    if letter is not None and measure.lifted_at is None:
        mail.deliver(letter)


def _noted(kind: Kind, measure_id: int) -> Measure:
    measure = measures.by_id(measure_id)
    facts = {"measure_id": measure.id, "act": measure.act.value}
    tell_at_once(Notice(kind=kind, key=f"{kind}:{measure.id}", facts=facts), measure.member_id)
    return measure


def _send(measure: Measure, name: str, **values: object) -> None:
    letter = _letter(measure, name, **values)
    if letter is not None:
        mail.post(letter)


def _letter(measure: Measure, name: str, **values: object) -> mail.Letter | None:
    """Write to the confirmed address; who has none is told on the site alone."""
    member = db.session.get_one(Member, measure.member_id)
    if not (member.email and member.email_confirmed_at) or member.deleted_at:
        return None
    return mail.written(
        member.email,
        f"notifications/{name}",
        member.language,
        member=member,
        measure=measure,
        address=mail.link("moderation.statement", measure_id=measure.id),
        **values,
    )
