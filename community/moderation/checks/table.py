"""The table of checks: what there is, what it means, and how it is set by default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from community.core.i18n import _l
from community.members.trust import TABLE, Level
from community.moderation.checks import rules
from community.moderation.checks.facts import Facts
from community.moderation.checks.rules import Numbers
from community.moderation.models.checks import Mode
from community.moderation.submissions import Evidence

WORDS, SPAM = "words", "spam"
NEW = TABLE[Level.NEW]


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number that moderators may change, and between what."""

    default: int
    label: str
    least: int = 1
    most: int = 1000


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One check. Its judge returns what it found; of watched words each says what it does."""

    name: str
    meaning: str
    judge: Callable[[Facts, Numbers], Evidence | None] | None = None
    numbers: dict[str, Number] = field(default_factory=dict)
    is_on: bool = True
    mode: Mode = Mode.HOLD
    up_to_level: Level = Level.NEW
    # Whether it also looks at edits.
    on_edits: bool = False


DAYS = _l("within how many days")

RULES: dict[str, Rule] = {
    "first-posts": Rule(
        name=_l("First posts"),
        meaning=_l("The first posts of a member wait until somebody has read them."),
        judge=rules.first_posts,
        numbers={"posts": Number(default=1, label=_l("how many posts"), most=20)},
        is_on=False,
    ),
    "links": Rule(
        name=_l("Links"),
        meaning=_l("More links to other sites than this in one post."),
        judge=rules.links,
        numbers={"most": Number(default=NEW.links, label=_l("links allowed"), least=0, most=50)},
        on_edits=True,
    ),
    "images": Rule(
        name=_l("Pictures"),
        meaning=_l("More pictures than this in one post."),
        judge=rules.images,
        numbers={
            "most": Number(default=NEW.images, label=_l("pictures allowed"), least=0, most=10)
        },
        on_edits=True,
    ),
    "mentions": Rule(
        name=_l("Mentions"),
        meaning=_l("More members mentioned than this in one post."),
        judge=rules.mentions,
        numbers={
            "most": Number(default=NEW.mentions, label=_l("mentions allowed"), least=0, most=10)
        },
        on_edits=True,
    ),
    "too-fast": Rule(
        name=_l("Sent too fast"),
        meaning=_l("Sent sooner after opening the form than a person can write, or without it."),
        judge=rules.too_fast,
        numbers={"seconds": Number(default=3, label=_l("seconds"), most=60)},
    ),
    "same-text": Rule(
        name=_l("Same text again"),
        meaning=_l(
            "The same text, or nearly, as another post of the same member, or a long one as of "
            "anybody."
        ),
        judge=rules.same_text,
        numbers={
            "words": Number(default=6, label=_l("words at least"), least=3, most=100),
            "days": Number(default=30, label=DAYS, most=30),
        },
        up_to_level=Level.MEMBER,
    ),
    "same-site": Rule(
        name=_l("Same site again"),
        meaning=_l("Newcomers lead to the same site in this many posts."),
        judge=rules.same_site,
        numbers={
            "posts": Number(default=3, label=_l("posts"), least=2, most=50),
            "days": Number(default=7, label=DAYS, most=90),
        },
        on_edits=True,
    ),
    "reported": Rule(
        name=_l("Reported members"),
        meaning=_l(
            "What a newcomer writes after several members reported posts of theirs. How many "
            "reports it takes is in the settings."
        ),
        judge=rules.reported,
        numbers={"days": Number(default=30, label=DAYS, most=365)},
    ),
    "blocked-site": Rule(
        name=_l("Blocked sites"),
        meaning=_l("A site that was blocked together with those who advertised it."),
        judge=rules.blocked_site,
        mode=Mode.REFUSE,
        up_to_level=Level.LEADER,
        on_edits=True,
    ),
    WORDS: Rule(
        name=_l("Watched words"),
        meaning=_l("Words on your list. Each of them says what happens."),
        up_to_level=Level.LEADER,
        on_edits=True,
    ),
    "capitals": Rule(
        name=_l("All capitals"),
        meaning=_l("Most letters are capitals."),
        judge=rules.capitals,
        numbers={
            "percent": Number(default=70, label=_l("percent"), least=30, most=100),
            "letters": Number(default=20, label=_l("letters at least"), least=5),
        },
        mode=Mode.NOTE,
        on_edits=True,
    ),
    "phones": Rule(
        name=_l("Telephone numbers"),
        meaning=_l("Spanish and American numbers, and numbers that cost nothing."),
        judge=rules.phones,
        numbers={"numbers": Number(default=1, label=_l("how many"), most=10)},
        on_edits=True,
    ),
    "one-address": Rule(
        name=_l("New accounts from one address"),
        meaning=_l("This many new accounts wrote from the same internet address."),
        judge=rules.one_address,
        numbers={
            "accounts": Number(default=3, label=_l("accounts"), least=2, most=50),
            "days": Number(default=7, label=DAYS, most=30),
        },
        mode=Mode.NOTE,
    ),
    "questions-a-day": Rule(
        name=_l("Many questions"),
        meaning=_l("A question after this many in 24 hours."),
        judge=rules.questions_a_day,
        numbers={"questions": Number(default=5, label=_l("questions"), most=100)},
        up_to_level=Level.BASIC,
    ),
    SPAM: Rule(
        name=_l("Spam filter"),
        meaning=_l("Looks like what moderators called spam before."),
        judge=rules.spam,
        up_to_level=Level.BASIC,
        on_edits=True,
    ),
}
