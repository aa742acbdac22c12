"""Bringing the sample community to life: each post at its moment in the past.

Everything goes through the services that real members use, each post in a transaction of its own,
for rendering takes time and other writers would wait.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from community.core.clock import as_if_it_were, now
from community.core.errors import Conflict
from community.core.i18n import _l
from community.members.models import Member
from community.posts.texts import prepare
from community.questions.models import Answer, CloseReason, Question, QuestionKind
from community.questions.services import answering, asking, closing, following, solving
from community.site import queries
from community.site.samples import read
from community.site.services import sample
from community.site.services.sample import Place
from community.votes.services import cast_vote

Said = dict[str, Any]


def load(language: str) -> int:
    """Fill the forum with the sample community; return the number of its conversations.

    Raises Conflict if it is there already.
    """
    if queries.sample_members():
        raise Conflict(_l("The sample community is loaded already."))
    written = read(language)
    cast = sample.invite(written["members"], language)
    places = sample.offer(written["products"])
    loader = Loader(cast, places, language)
    threads = sorted(written["threads"], key=lambda thread: -float(thread["days_ago"]))
    for thread in threads:
        loader.hold(thread)
    return len(threads)


class Loader:
    """Holds one conversation after the other."""

    def __init__(self, cast: dict[str, Member], places: dict[str, Place], language: str) -> None:
        self.cast = cast
        self.places = places
        self.language = language
        self.questions: dict[str, Question] = {}

    def hold(self, thread: Said) -> None:
        """Hold a conversation from its question to its end."""
        since = now() - timedelta(days=thread["days_ago"])
        question = self._ask(thread, since)
        self.questions[thread["key"]] = question
        self._agree(question, thread, since)
        for said in thread.get("answers", []):
            self._answer(question, said, since)
        if "closed" in thread:
            self._close(question, thread["closed"], since)

    def _ask(self, thread: Said, at: datetime) -> Question:
        place = self.places[thread["topic"]]
        draft = asking.Draft(
            title=thread["title"],
            text=prepare(thread["body"].strip()),
            product_id=place.product_id,
            topic_id=place.topic_id,
            tags=tuple(thread.get("tags", [])),
            lang=self.language,
            purpose=QuestionKind(thread.get("kind", "question")),
        )
        with as_if_it_were(at):
            question = asking.ask(self.cast[thread["by"]], draft)
            sample.mark(question)
        return question

    def _answer(self, question: Question, said: Said, since: datetime) -> None:
        at = since + timedelta(hours=said["hours"])
        author = self.cast[said["by"]]
        draft = _draft(said)
        with as_if_it_were(at):
            answer = answering.answer(author, question, draft)
            sample.mark(answer)
            if said.get("official"):
                solving.make_official(author, answer)
        self._agree(answer, said, at)
        for remark in said.get("comments", []):
            self._comment(question, answer, remark, at)
        if "solves_after" in said:
            with as_if_it_were(at + timedelta(hours=said["solves_after"])):
                solving.accept(question.author, question, answer)

    def _comment(self, question: Question, on: Answer, said: Said, since: datetime) -> None:
        draft = _draft(said)
        with as_if_it_were(since + timedelta(hours=said["hours"])):
            sample.mark(answering.comment(self.cast[said["by"]], question, on, draft))

    def _agree(self, post: Question | Answer, said: Said, since: datetime) -> None:
        """Cast the votes that a post got, one an hour, and count who has the problem too."""
        for hours, handle in enumerate(said.get("votes", []), 1):
            with as_if_it_were(since + timedelta(hours=hours)):
                cast_vote(self.cast[handle], post, 1)
        for hours, handle in enumerate(said.get("against", []), 1):
            with as_if_it_were(since + timedelta(hours=hours)):
                cast_vote(self.cast[handle], post, -1)
        for hours, handle in enumerate(said.get("me_too", []), 2):
            assert isinstance(post, Question)
            with as_if_it_were(since + timedelta(hours=hours)):
                following.have_too(self.cast[handle], post)

    def _close(self, question: Question, closed: Said, since: datetime) -> None:
        original = self.questions.get(closed.get("duplicate_of", ""))
        with as_if_it_were(since + timedelta(hours=closed["hours"])):
            closing.close(
                self.cast[closed["by"]], question, CloseReason(closed["reason"]), original
            )


def _draft(said: Said) -> answering.ReplyDraft:
    """Return what somebody replies; rendered now, outside any transaction."""
    return answering.ReplyDraft(
        text=prepare(said["body"].strip()),
        is_partial=said.get("partial", False),
        asks_for_info=said.get("asks_for_info", False),
    )
