"""Prepared replies: writing them, and putting them into an answer."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import select, update

from community.core import brand
from community.core.audit import record
from community.core.clock import now
from community.core.db import db, lock, save, transaction
from community.core.errors import Invalid
from community.core.i18n import LANGUAGES, _, _l
from community.core.mail import link
from community.core.policy import require, unguarded
from community.members.models import Member
from community.panel import board
from community.panel.models import CannedReply, CannedUse
from community.panel.policies import may_prepare_replies, may_use_replies
from community.questions.models import Question

PLACES = ("member", "product", "link", "me", "brand")
PLACE = re.compile(r"\{([^{}\s]*)\}")
LONGEST_TITLE = 80
LONGEST_BODY = 10_000
# An answer that is sent within this time after a reply was put into it has used it.
A_DAY = timedelta(days=1)


@transaction
def prepare_reply(actor: Member, title: str, body: str, language: str) -> CannedReply:
    """Prepare a reply. Raises Invalid for a place that nobody can fill in."""
    require(may_prepare_replies(actor))
    reply = CannedReply()
    _write(reply, title, body, language)
    save(reply)
    board.REPLIES.change()
    record(actor.id, "prepare-reply", f"canned-replies:{reply.id}", after=reply.title)
    return reply


@transaction
def change_reply(actor: Member, reply: CannedReply, title: str, body: str, language: str) -> None:
    """Change a prepared reply; what was counted stays."""
    require(may_prepare_replies(actor))
    before = lock(reply).body
    _write(reply, title, body, language)
    board.REPLIES.change()
    facts = {"before": before, "after": reply.body}
    record(actor.id, "change-reply", f"canned-replies:{reply.id}", **facts)


@transaction
def retire_reply(actor: Member, reply: CannedReply) -> None:
    """Offer a prepared reply no longer."""
    require(may_prepare_replies(actor))
    reply.retired_at = lock(reply).retired_at or now()
    board.REPLIES.change()
    record(actor.id, "retire-reply", f"canned-replies:{reply.id}")


@transaction
def use_reply(actor: Member, reply: CannedReply, question: Question, asker: Member) -> str:
    """Return a prepared reply for this question, and note that it was put into an answer.

    question: with its product.
    """
    require(may_use_replies(actor))
    save(CannedUse(reply_id=reply.id, member_id=actor.id, question_id=question.id))
    filled = {
        "member": asker.name,
        "product": question.product.name,
        "link": link("questions.show", question_id=question.id, slug=question.slug),
        "me": actor.name,
        "brand": brand.NAME.get(),
    }
    return PLACE.sub(lambda place: filled.get(place[1], place[0]), reply.body)


@transaction
@unguarded("hears that an answer was given")
def count_use(question_id: int, answer_id: int, author_id: int) -> None:
    """Note which prepared replies went into an answer that was sent."""
    unsent = select(CannedUse.id).where(
        CannedUse.question_id == question_id,
        CannedUse.member_id == author_id,
        CannedUse.answer_id.is_(None),
        CannedUse.used_at > now() - A_DAY,
    )
    db.session.execute(
        update(CannedUse).where(CannedUse.id.in_(unsent)).values(answer_id=answer_id)
    )


def _write(reply: CannedReply, title: str, body: str, language: str) -> None:
    title = " ".join(title.split())
    if not 1 <= len(title) <= LONGEST_TITLE:
        raise Invalid(_l("A title has 1 to 80 characters."), field="title")
    if not 1 <= len(body.strip()) <= LONGEST_BODY:
        raise Invalid(_l("Write the reply, in at most 10,000 characters."), field="body")
    if language not in LANGUAGES:
        raise Invalid(_l("The forum does not speak this language yet."), field="language")
    for place in PLACE.findall(body):
        if place not in PLACES:
            there_are = ", ".join(f"{{{name}}}" for name in PLACES)
            said = _(
                "Nobody can fill in {%(place)s}. There are: %(there_are)s.",
                place=place,
                there_are=there_are,
            )
            raise Invalid(said, field="body")
    reply.title, reply.body, reply.language = title, body.strip(), language
    reply.changed_at = now()
