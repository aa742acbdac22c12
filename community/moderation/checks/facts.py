"""What a check may ask about a text and its author. The answers that need the database are lazy."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from community.core.clock import now
from community.core.text import plain_text
from community.moderation.checks.phones import phone_numbers
from community.moderation.checks.texts import Fingerprint, hosts_in
from community.moderation.spam.judging import Judgement
from community.moderation.submissions import Submission
from community.posts.contents import Contents, contents_of


class Verdict(NamedTuple):
    """What the spam filter says: its judgement, and from which score on it warns."""

    judgement: Judgement
    threshold: float


class Reports(NamedTuple):
    """What reports on an author weigh, how many members raised them, and what holds a newcomer."""

    score: float
    members: int
    threshold: float
    members_needed: int


class Facts:
    """A submission seen by the checks. `queries.facts` fills in what lies in the database."""

    def __init__(self, submission: Submission, own_host: str = "") -> None:
        self.submission = submission
        self.own_host = own_host

    @property
    def plain(self) -> str:
        return self.submission.plain

    @property
    def everything(self) -> str:
        return self.submission.everything

    @cached_property
    def contents(self) -> Contents:
        return contents_of(self.submission.html)

    @cached_property
    def contents_before(self) -> Contents:
        return contents_of(self.submission.before)

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        return hosts_in(self.submission.html, self.submission.source, self.own_host)

    @property
    def fingerprint(self) -> Fingerprint:
        return self.submission.fingerprint

    @cached_property
    def phone_numbers(self) -> list[str]:
        before = set(phone_numbers(plain_text(self.submission.before)))
        return [each for each in phone_numbers(self.everything) if each not in before]

    @cached_property
    def seconds_open(self) -> float | None:
        """How long the form was open; None if it does not say."""
        opened_at = self.submission.sending.opened_at
        return None if opened_at is None else (now() - opened_at).total_seconds()

    def posts_before(self) -> int:
        """Return how many posts of the author are public."""
        raise NotImplementedError

    def questions_in_a_day(self) -> int:
        """Return how many questions the author asked in these 24 hours, this one not counted."""
        raise NotImplementedError

    def repeated_post(self, days: int) -> int | None:
        """Return a post of these days that says the same, or nearly."""
        raise NotImplementedError

    def newcomers_links(self, days: int) -> tuple[str, int]:
        """Return the site of this text that most posts of newcomers led to, and how many."""
        raise NotImplementedError

    def accounts_at_address(self, days: int) -> int:
        """Return how many accounts made in these days wrote from this address, this one too."""
        raise NotImplementedError

    def reports(self, days: int) -> Reports:
        """Return what the reports of these days on the author weigh, and who raised them."""
        raise NotImplementedError

    def blocked_sites(self) -> list[str]:
        """Return the sites of this text that moderators blocked."""
        raise NotImplementedError

    def spam(self) -> Verdict | None:
        """Return what the spam filter says; None while it is silent."""
        raise NotImplementedError
