"""What each check looks at: pure functions from facts and numbers to what was found, or nothing."""

from __future__ import annotations

from collections.abc import Mapping

from community.moderation.checks.facts import Facts
from community.moderation.checks.texts import share_of_capitals
from community.moderation.submissions import Evidence

Numbers = Mapping[str, int]
MOST_SHOWN = 5


def first_posts(facts: Facts, numbers: Numbers) -> Evidence | None:
    """Hit the first posts of a member."""
    before = facts.posts_before()
    return {"number": before + 1} if before < numbers["posts"] else None


def links(facts: Facts, numbers: Numbers) -> Evidence | None:
    """Hit more links to other sites than usual."""
    return _more(facts.contents.links, facts.contents_before.links, numbers["most"])


def images(facts: Facts, numbers: Numbers) -> Evidence | None:
    """Hit more pictures than usual."""
    return _more(facts.contents.images, facts.contents_before.images, numbers["most"])


def mentions(facts: Facts, numbers: Numbers) -> Evidence | None:
    """Hit more mentions than usual."""
    return _more(facts.contents.mentions, facts.contents_before.mentions, numbers["most"])


def _more(found: int, before: int, most: int) -> Evidence | None:
    """An edit may keep what was there."""
    return {"found": found, "most": most} if found > max(most, before) else None


def too_fast(facts: Facts, numbers: Numbers) -> Evidence | None:
    """Hit who needs less time than a person, and programs that never saw the form."""
    open_for = facts.seconds_open
    if open_for is None:
        return {"seconds": -1.0}
    return {"seconds": round(open_for, 1)} if open_for < numbers["seconds"] else None


def same_text(facts: Facts, numbers: Numbers) -> Evidence | None:
    """Hit what was said before in the same words, or nearly."""
    if facts.fingerprint.words < numbers["words"]:
        return None
    found = facts.repeated_post(numbers["days"])
    return {"post": found} if found else None


def same_site(facts: Facts, numbers: Numbers) -> Evidence | None:
    """Hit the site that newcomers lead to again and again."""
    if not facts.hosts:
        return None
    site, posts = facts.newcomers_links(numbers["days"])
    return {"site": site, "posts": posts + 1} if posts + 1 >= numbers["posts"] else None


def reported(facts: Facts, numbers: Numbers) -> Evidence | None:
    """Hit what somebody goes on to write whose posts several members have reported."""
    found = facts.reports(numbers["days"])
    if found.score < found.threshold or found.members < found.members_needed:
        return None
    return {"members": found.members, "score": found.score, "threshold": found.threshold}


def blocked_site(facts: Facts, _numbers: Numbers) -> Evidence | None:
    """Hit a site that moderators blocked."""
    found = facts.blocked_sites() if facts.hosts else []
    return {"site": found[0]} if found else None


def capitals(facts: Facts, numbers: Numbers) -> Evidence | None:
    """Hit what is shouted."""
    share, letters = share_of_capitals(facts.everything)
    shouted = letters >= numbers["letters"] and share * 100 >= numbers["percent"]
    return {"percent": round(share * 100)} if shouted else None


def phones(facts: Facts, numbers: Numbers) -> Evidence | None:
    """Hit telephone numbers."""
    found = facts.phone_numbers
    return {"numbers": found[:MOST_SHOWN]} if len(found) >= numbers["numbers"] else None


def one_address(facts: Facts, numbers: Numbers) -> Evidence | None:
    """Hit new accounts that come from one address."""
    accounts = facts.accounts_at_address(numbers["days"])
    return {"accounts": accounts} if accounts >= numbers["accounts"] else None


def questions_a_day(facts: Facts, numbers: Numbers) -> Evidence | None:
    """Hit the question after those that a member asks in a day."""
    if facts.submission.kind != "question":
        return None
    asked = facts.questions_in_a_day()
    return {"asked": asked + 1} if asked >= numbers["questions"] else None


def spam(facts: Facts, _numbers: Numbers) -> Evidence | None:
    """Hit what moderators called spam before."""
    verdict = facts.spam()
    if verdict is None or verdict.judgement.score < verdict.threshold:
        return None
    reasons = [list(reason) for reason in verdict.judgement.reasons]
    return {"percent": round(verdict.judgement.score * 100), "reasons": reasons}
