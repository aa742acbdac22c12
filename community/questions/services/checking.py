"""Letting moderation look at what is sent, before anybody else sees it."""

from __future__ import annotations

from typing import NamedTuple

from community.core.db import transaction
from community.core.policy import unguarded
from community.members.models import Member
from community.moderation.services import holding
from community.moderation.submissions import Outcome, Sending, Submission
from community.posts.models import Post
from community.posts.texts import Text

NOTHING_FOUND = Outcome()


class Sent(NamedTuple):
    """A text on its way to being published; sending is None for what programs bring along."""

    kind: str
    text: Text
    lang: str
    sending: Sending | None
    title: str = ""
    post_id: int | None = None
    before: str = ""


@transaction
@unguarded("judges a text; the service that publishes it requires its policy")
def examine(actor: Member, sent: Sent) -> Outcome:
    """Return what the checks of moderation say. Raises Refused if one of them refuses."""
    submission = _submission(sent)
    return holding.examine(actor, submission) if submission else NOTHING_FOUND


@transaction
@unguarded("follows upon what a guarded service has just saved")
def has_to_wait(actor: Member, post: Post, sent: Sent, outcome: Outcome) -> bool:
    """Write down what the checks found; tell whether the post waits for review."""
    submission = _submission(sent)
    return holding.keep(actor, post, submission, outcome) if submission else False


def _submission(sent: Sent) -> Submission | None:
    if sent.sending is None:
        return None
    return Submission(
        kind=sent.kind,
        title=sent.title,
        source=sent.text.source,
        html=sent.text.rendered.html,
        language=sent.lang,
        sending=sent.sending,
        before=sent.before,
        post_id=sent.post_id,
    )
