"""How often a member may write: a few times on the first day, more later, and never in a burst.

Views that put posts online call `take_turn` first, in the same transaction. What a program
brings along, such as an import, has no pace.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from community.core.clock import now
from community.core.db import stand_in_line, transaction
from community.core.errors import TooMany
from community.core.i18n import _l, exact, in_words
from community.core.policy import unguarded
from community.core.settings import Setting
from community.members.models import Member
from community.questions.models import Question
from community.questions.queries import pace

DAY = timedelta(days=1)
A_DAY = {
    "question": Setting("questions_a_day", 20, "Questions that a member may ask in 24 hours."),
    "answer": Setting("answers_a_day", 60, "Answers that a member may give in 24 hours."),
    "comment": Setting("comments_a_day", 200, "Comments that a member may make in 24 hours."),
}
FIRST_DAY = {
    "question": Setting(
        "questions_first_day", 3, "Questions that a member may ask on the first day."
    ),
    "answer": Setting("answers_first_day", 10, "Answers that a member may give on the first day."),
    "comment": Setting(
        "comments_first_day", 20, "Comments that a member may make on the first day."
    ),
}
EDITS = Setting("edits_a_day", 30, "Edits that a member may make in 24 hours.")
FIRST_EDITS = Setting("edits_first_day", 10, "Edits that a member may make on the first day.")
GAP = Setting("seconds_between_posts", 5, "Seconds between two posts of one member.")
FIRST_GAP = Setting(
    "seconds_between_first_posts", 30, "Seconds between two posts of one member on the first day."
)


@transaction
@unguarded("only slows down; the service that writes requires its policy")
def take_turn(actor: Member, kind: str) -> None:
    """Let a member write a "question", an "answer" or a "comment" now, or say how long to wait.

    Staff and moderators have no pace. Raises TooMany with the seconds to wait.
    """
    # Two posts of one member come one after the other.
    stand_in_line(actor)
    if actor.is_staff or actor.is_moderator:
        return
    is_new = actor.joined_at > now() - DAY
    written = pace.written(actor, kind, (FIRST_DAY if is_new else A_DAY)[kind].get())
    _wait_after(written.last_at, FIRST_GAP if is_new else GAP)
    _wait_for(written.nth_last_at)


@transaction
@unguarded("only slows down; the service that edits requires its policy")
def take_edit_turn(actor: Member) -> None:
    """Let a member who stands in line edit now, or raise TooMany with the seconds to wait."""
    if actor.is_staff or actor.is_moderator:
        return
    is_new = actor.joined_at > now() - DAY
    _wait_for(pace.nth_last_edit_at(actor, (FIRST_EDITS if is_new else EDITS).get()))


@transaction
@unguarded("only slows down; the service that writes requires its policy")
def keep_slow(actor: Member, question: Question) -> None:
    """Let a member write in a thread that a measure slowed down, or say how long to wait.

    The question has to be locked, so that two posts of one member come one after the other.
    """
    exempt = actor.is_staff or actor.moderates(question.product_id)
    if not question.is_slow or exempt or question.slow_until is None:
        return
    last = pace.last_post_in(actor, question)
    wait = (question.slow_seconds or 0) - int((now() - last).total_seconds()) if last else 0
    if wait <= 0:
        return
    words = _l(
        "In this thread everybody waits between two posts, until %(moment)s. "
        "Please send this again in %(wait)s.",
        wait=in_words(wait),
        moment=exact(question.slow_until),
    )
    raise TooMany(words, seconds=wait)


def _wait_after(last: datetime | None, gap: Setting[int]) -> None:
    if last is None:
        return
    wait = gap.get() - int((now() - last).total_seconds())
    if wait > 0:
        words = _l("You have just posted. Please send this again in %(wait)s.", wait=in_words(wait))
        raise TooMany(words, seconds=wait)


def _wait_for(begins: datetime | None) -> None:
    """Wait until 24 hours have passed since the first of those that fill the day."""
    if begins is None or begins <= now() - DAY:
        return
    wait = int((begins + DAY - now()).total_seconds()) + 1
    words = _l(
        "You have posted a lot in these 24 hours. Please send this again in %(wait)s.",
        wait=in_words(wait),
    )
    raise TooMany(words, seconds=wait)
