"""What the page of a thread has in common for members: its rows, and nearly all of its HTML.

Members without special duties see the same page, but for what they did here, and that is left open:
see core.holes. So the rows of a public thread are read once for all of them, and its HTML is made
once for all who may do the same; see core.shared_parts.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from community.core import holes
from community.core.errors import Gone, NotFound
from community.core.recordings import depends_on
from community.core.shared_parts import are_kept, shared
from community.members.login import shared_page
from community.members.models import Actor, Member
from community.questions.models import THREAD
from community.questions.queries import threads
from community.questions.queries.threads import Thread


def thread_for(question_id: int, number: int, reader: Actor) -> Thread:
    """Return a thread as the reader may see it. Raises as threads.thread does."""
    if are_kept() and has_no_duties(reader):
        # Authors still see what of theirs is hidden or deleted, and so another thread.
        with suppress(NotFound, Gone):
            public = _public(question_id, number)
            if reader.id not in public.unseen_authors:
                return threads.with_stake(public, reader)
    return threads.thread(question_id, number, reader)


def has_no_duties(reader: Actor) -> bool:
    """Tell whether this is a member like most: no staff, no moderator, and free to write."""
    special = reader.is_staff or reader.moderates_something or reader.is_suspended
    return reader.is_authenticated and not special and not reader.is_muted


def page_of(thread: Thread, reader: Member, render: Callable[[], str]) -> str | bytes:
    """Return the page of a thread that others see, too; it is made only if it is not kept.

    Who wrote something in the thread gets a page of their own.
    """

    def make() -> str:
        _public(thread.question.id, thread.answers.number)  # What the HTML depends on.
        depends_on((THREAD, thread.question.id))
        return render()

    # All that the HTML depends on beside the rows and what the reader did.
    is_own = reader.id in thread.people
    return shared_page(make, reader.trust_level, reader.measures_reading, is_own=is_own)


def put_together(render: Callable[[], str]) -> str:
    """Return a page of kept pieces that is not kept itself; their holes are filled together."""
    return holes.with_holes(render).filled() if are_kept() else render()


def _public(question_id: int, number: int) -> Thread:
    def make() -> Thread:
        depends_on((THREAD, question_id))
        return threads.public_thread(question_id, number)

    return shared(("thread", question_id, number), make)
