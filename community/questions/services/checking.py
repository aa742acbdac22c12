"""Letting moderation look at what is sent, before anybody else sees it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from community.core.db import transaction
from community.core.policy import unguarded
from community.members.models import Member
from community.moderation.services import holding
from community.moderation.submissions import Outcome, Sending, Submission
from community.posts.models import Post
from community.posts.texts import Text

NOTHING_FOUND = Outcome()


@dataclass(frozen=True)
class Sent:
    """A text on its way to being published; sending is None for what programs bring along."""

    kind: str
    text: Text
    lang: str
    sending: Sending | None
    title: str = ""
    post_id: int | None = None
    before: str = ""

    @cached_property
    def submission(self) -> Submission | None:
        """What the checks look at; None for what is not checked."""
        if self.sending is None:
            return None
        return Submission(
            kind=self.kind,
            title=self.title,
            source=self.text.source,
            html=self.text.rendered.html,
            language=self.lang,
            sending=self.sending,
            before=self.before,
            post_id=self.post_id,
        )


@transaction
@unguarded("judges a text; the service that publishes it requires its policy")
def examine(actor: Member, sent: Sent) -> Outcome:
    """Return what the checks of moderation say. Raises Refused if one of them refuses."""
    return holding.examine(actor, sent.submission) if sent.submission else NOTHING_FOUND


@transaction
@unguarded("follows upon what a guarded service has just saved")
def has_to_wait(actor: Member, post: Post, sent: Sent, outcome: Outcome) -> bool:
    """Write down what the checks found; tell whether the post waits for review."""
    return holding.keep(actor, post, sent.submission, outcome) if sent.submission else False
