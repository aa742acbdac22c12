"""The statement of reasons: what is told to a person about a measure (DSA, Article 17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from community.core.brand import NAME
from community.core.i18n import _, _l, exact_for, force_locale, in_words
from community.core.text import excerpt
from community.members.models import Member
from community.moderation.models.measures import Means, Measure, MeasureAct
from community.moderation.models.rules import RuleKey
from community.moderation.presets import TITLES
from community.posts.models import Post

# For so long a person may object (DSA, Article 20).
APPEAL_DAYS = 183
QUOTED = 120

ACTS = {
    MeasureAct.HIDE: _l("We hid your post from everybody but you and the moderators."),
    MeasureAct.REMOVE: _l("We removed your post. Only you and the moderators still see it."),
    MeasureAct.LOCK: _l("We locked your post: it takes no more answers, comments or edits."),
    MeasureAct.HOLD: _l(
        "Your post waits for review. Until then only you and the moderators see it."
    ),
    MeasureAct.DEMOTE: _l("We show your post after others, in lists and among answers."),
    MeasureAct.SLOW: _l(
        "We slowed your thread down: for some time, everybody waits between two posts in it."
    ),
    MeasureAct.WARN: _l("This is a warning. Your account and your posts stay as they are."),
    MeasureAct.MUTE: _l("You can read, vote and follow, but not write for some time."),
    MeasureAct.SUSPEND: _l("We suspended your account: you can log in only to see this."),
    MeasureAct.END_ACCOUNT: _l("We ended your account: you can log in only to see this."),
    MeasureAct.REFUSE_NAME: _l("We replaced your name and your handle with neutral ones."),
    MeasureAct.REFUSE_AVATAR: _l("We took your picture away."),
}
FOUND = {
    Means.PERSON: _l("Somebody of the moderation team found it."),
    Means.FLAG: _l("It was reported to us."),
    Means.AUTOMATION: _l("An automatic check found it."),
}


@dataclass(frozen=True)
class Statement:
    """A text of parts, each a heading and what stands below it."""

    parts: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return "\n\n".join(f"{heading}\n{text}" for heading, text in self.parts)


def parts_of(text: str) -> list[tuple[str, str]]:
    """Take a stored statement apart again, into headings and what stands below each."""
    blocks = (block.partition("\n") for block in text.split("\n\n") if block.strip())
    return [(heading, below) for heading, _newline, below in blocks]


def appeal_until(measure: Measure) -> datetime:
    """Return the last moment at which a person may object."""
    return measure.taken_at + timedelta(days=APPEAL_DAYS)


def compose(measure: Measure, member: Member, post: Post | None, rules_version: int) -> str:
    """Write the statement in the member's language; short where it is one of a flood of spam."""
    with force_locale(measure.language):
        decided = (_("What we decided"), _decided(measure, post))
        facts = (_("What happened"), _one_line(measure.facts))
        objecting = (_("If you see it differently"), _redress(measure, member))
        if measure.is_mass_spam:
            return str(Statement((decided, (facts[0], _spam()), objecting)))
        span = (_("How long and how far"), _span(measure, member))
        means = (_("How we found and decided it"), _means(measure))
        ground = (_("What it rests on"), _ground(measure, rules_version))
        return str(Statement((decided, span, facts, means, ground, objecting)))


def _decided(measure: Measure, post: Post | None) -> str:
    act = str(ACTS[measure.act])
    if post is None:
        return act
    quoted = _one_line(excerpt(f"{post.headline} {post.body}".strip(), QUOTED))
    begins = _("It begins: “%(words)s”", words=quoted)
    return f"{act} {begins}"


def _span(measure: Measure, member: Member) -> str:
    since = _moment(measure.taken_at, member)
    if measure.act == MeasureAct.WARN:
        return str(_("It was given on %(since)s and restricts nothing.", since=since))
    if measure.ends_at is None:
        begins = _("It holds from %(since)s, without an end.", since=since)
    else:
        until = _moment(measure.ends_at, member)
        begins = _("It holds from %(since)s until %(until)s.", since=since, until=until)
    if measure.seconds is not None:
        waits = _("Each member waits %(wait)s.", wait=in_words(measure.seconds))
        return f"{begins} {waits}"
    everywhere = _("It holds wherever this community can be read.")
    return f"{begins} {everywhere}"


def _means(measure: Measure) -> str:
    if measure.decided_by_automation:
        decided = _("It was decided automatically, without a person.")
    else:
        decided = _("A person decided it, not a program.")
    return f"{FOUND[measure.found_by]} {decided}"


def _ground(measure: Measure, rules_version: int) -> str:
    said = []
    if measure.rule:
        rule = str(TITLES[RuleKey(measure.rule)])
        number = rules_version
        said.append(
            _(
                "Our rules, version %(number)s, which everybody here accepts: “%(rule)s”.",
                number=number,
                rule=rule,
            )
        )
    if measure.law:
        said.append(_("The law, which we take it to break: %(law)s.", law=_one_line(measure.law)))
    return " ".join(said)


def _redress(measure: Measure, member: Member) -> str:
    until = _moment(appeal_until(measure), member)
    said: str = _(
        "You can object on the page of this statement, free of charge, until %(until)s. "
        "Somebody who had no part in this decision looks at it again. You may also turn to a "
        "certified body for settling disputes out of court, or to a court.",
        until=until,
    )
    return said


def _spam() -> str:
    said: str = _(
        "It is part of a flood of advertising, which our rules forbid: “%(rule)s”.",
        rule=TITLES[RuleKey.SPAM],
    )
    return said


def _moment(moment: datetime, member: Member) -> str:
    return exact_for(moment, member.language, member.time_zone)


def _one_line(text: str) -> str:
    """Keep a text from looking like another part of the statement."""
    return " ".join(text.split())


def team() -> str:
    """Say who speaks where nobody of the team writes openly."""
    return str(_("The moderation team of %(brand)s", brand=NAME.get()))
