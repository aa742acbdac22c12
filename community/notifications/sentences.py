"""What a notice says, in the reader's language."""

from __future__ import annotations

from typing import Any

from community.core.i18n import _, _l, current_language
from community.moderation.models.measures import MeasureAct
from community.moderation.statements import ACTS
from community.notifications.models import ALWAYS, Kind, Notification

SAYS = {
    Kind.ANSWERED: _l("%(name)s answered your question “%(title)s”."),
    Kind.COMMENTED: _l("%(name)s commented on your post in “%(title)s”."),
    Kind.ACCEPTED: _l("Your answer is the solution of “%(title)s”. Thank you for helping!"),
    Kind.MENTIONED: _l("%(name)s mentioned you in “%(title)s”."),
    Kind.FOLLOWED_ANSWERED: _l("%(name)s answered “%(title)s”, which you follow."),
    Kind.FOLLOWED_SOLVED: _l("“%(title)s”, which you follow, is solved."),
    Kind.THANKED: _l("%(name)s says thank you for your answer to “%(title)s”."),
    Kind.BADGE: _l("You earned the badge “%(badge)s”."),
    Kind.MEASURE: _l("%(act)s Read why, and how to object."),
    Kind.MEASURE_LIFTED: _l("It is over, and all is as before. It was: %(act)s"),
    Kind.APPEAL_DECIDED: _l("We looked at your objection. Read the outcome."),
    Kind.PUBLISHED: _l("Your post in “%(title)s” was read by a moderator and is online now."),
    Kind.REPORT_JUDGED: _l("The moderators looked at what you reported. %(outcome)s"),
    Kind.REVIEWS_WAIT: _l("The review queue: %(number)s waiting, the oldest for %(hours)s hours."),
    Kind.MERGED: _l(
        "Moderators brought your question “%(title)s” together with one that asks the same. "
        "All answers stand in one place now."
    ),
    Kind.SPLIT: _l("Moderators made a question of your answer: “%(title)s”."),
}

# How the settings name each kind.
CHOICES = {
    Kind.ANSWERED: _l("Somebody answers my question"),
    Kind.COMMENTED: _l("Somebody comments on my post"),
    Kind.ACCEPTED: _l("My answer becomes the solution"),
    Kind.MENTIONED: _l("Somebody mentions me"),
    Kind.FOLLOWED_ANSWERED: _l("A question that I follow gets an answer"),
    Kind.FOLLOWED_SOLVED: _l("A question that I follow is solved"),
    Kind.THANKED: _l("Somebody says thank you for my answer"),
    Kind.BADGE: _l("I earn a badge"),
    Kind.REPORT_JUDGED: _l("Something that I reported is decided"),
    Kind.REVIEWS_WAIT: _l("The review queue waits too long (for moderators)"),
    Kind.MERGED: _l("Moderators merge my question with another one"),
    Kind.SPLIT: _l("Moderators make a question of my answer"),
}
OUTCOMES = {
    "agreed": _l("They agreed with you and took care of it. Thank you."),
    "disagreed": _l("They leave it as it is."),
    "ignored": _l("They closed it without a decision."),
}

# Where notices lead that are about no single post.
PAGES = {Kind.REPORT_JUDGED: "moderation.reports", Kind.REVIEWS_WAIT: "moderation.queue"}


def sentence(notification: Notification) -> str:
    """Say what happened, in one sentence."""
    actor, question = notification.actor, notification.question
    known: dict[str, Any] = {
        "name": actor.name if actor and not actor.deleted_at else _("Former member"),
        "title": question.title if question else "",
        "act": ACTS[MeasureAct(notification.facts["act"])] if "act" in notification.facts else "",
        "outcome": OUTCOMES.get(notification.facts.get("outcome", ""), ""),
        "number": notification.facts.get("number", 0),
        "hours": notification.facts.get("hours", 0),
        "badge": notification.facts.get("names", {}).get(current_language(), ""),
    }
    return str(SAYS[notification.kind]) % known


def address(notification: Notification) -> tuple[str, dict[str, Any]]:
    """Return where a notice leads: the endpoint and its values."""
    if notification.kind == Kind.BADGE:
        return notification.facts["endpoint"], notification.facts["values"]
    if notification.kind in ALWAYS:
        return "moderation.statement", {"measure_id": notification.facts["measure_id"]}
    if notification.kind in PAGES:
        return PAGES[notification.kind], {}
    kind = notification.facts.get("kind", "questions")
    if kind == "questions":
        return "questions.short", {"question_id": notification.question_id}
    return "thread.permalink", {"kind": kind, "post_id": notification.post_id}
