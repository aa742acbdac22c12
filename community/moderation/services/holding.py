"""Judging what is sent before it is public, and keeping what has to wait for review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from sqlalchemy import update

from community.core import mail
from community.core.db import after_rollback, db, insert_once, save, transaction
from community.core.errors import Invalid
from community.core.i18n import _, force_locale
from community.core.policy import unguarded
from community.members.models import Member
from community.moderation.checks import sentences
from community.moderation.checks.table import RULES, SPAM, WORDS
from community.moderation.models.checks import Check, CheckHit, Mode
from community.moderation.models.items import ItemKind
from community.moderation.models.measures import Means, MeasureAct
from community.moderation.models.rules import RuleKey
from community.moderation.models.words import WatchedWord
from community.moderation.queries import checks, in_force
from community.moderation.queries.facts import StoredFacts
from community.moderation.services import measuring, queueing, tracing
from community.moderation.services.measuring import MeasureDraft
from community.moderation.submissions import Hit, Outcome, Submission
from community.moderation.watching.changing import found_in
from community.moderation.watching.patterns import Watched, WordAct
from community.posts.models import Post

MODES = {WordAct.REFUSE: Mode.REFUSE, WordAct.HOLD: Mode.HOLD}
SCORE = 1.0


class Refused(Invalid):
    """A check refuses a text; the reasons say what to change."""


@transaction
@unguarded("judges a text; the service that publishes it requires its policy")
def examine(actor: Member, submission: Submission) -> Outcome:
    """Return what the checks say about a text. Nothing that staff write is checked.

    Raises Refused with the reasons if one of them refuses it; that is counted all the same.
    """
    is_edit = submission.post_id is not None
    rules = submission.sending.rules or in_force.rules()
    looking = {
        key: setting
        for key, setting in rules.checks.items()
        if setting.concerns(actor, is_edit=is_edit)
    }
    facts = StoredFacts(actor, submission, mail.own_host())
    hits = [hit for setting in looking.values() for hit in _judged(setting, facts)]
    found: list[Watched] = []
    if WORDS in looking:
        found = found_in(_words_of(submission), rules.words, submission.language)
    outcome = _outcome(hits, found)
    if outcome.mode == Mode.REFUSE:
        _refuse(actor, outcome)
    return outcome


def _judged(setting: checks.Setting, facts: StoredFacts) -> Iterator[Hit]:
    judge = setting.rule.judge
    evidence = judge(facts, setting.numbers) if judge else None
    if evidence is not None:
        yield Hit(check=setting.key, mode=setting.mode, evidence=evidence)


def _words_of(submission: Submission) -> str:
    return f"{submission.title}\n{submission.source}"


def _outcome(hits: list[Hit], found: list[Watched]) -> Outcome:
    by_words = [
        Hit(
            check=WORDS,
            mode=MODES.get(word.act, Mode.NOTE),
            evidence={"word": word.pattern},
            word_id=word.id,
        )
        for word in found
    ]
    return Outcome(
        hits=(*hits, *by_words),
        tags=tuple(word.instead for word in found if word.act == WordAct.TAG),
        is_flagged=any(word.act == WordAct.FLAG for word in found),
    )


def _refuse(actor: Member, outcome: Outcome) -> None:
    refusing = [hit for hit in outcome.hits if hit.mode == Mode.REFUSE]
    # What is refused is rolled back, and the counting of it would be, too.
    after_rollback(partial(note_refusal, actor.id, refusing))
    reasons = "; ".join(dict.fromkeys(sentences.told(hit) for hit in refusing))
    words_ = _("This cannot be posted: %(reasons)s. Nothing is lost: change it and send it again.",
               reasons=reasons)  # fmt: skip
    raise Refused(words_, field="body")


@transaction
@unguarded("counts what was refused")
def note_refusal(member_id: int, hits: list[Hit]) -> None:
    """Count the hits of a text that was refused."""
    _note_hits(hits, member_id, None)


@transaction
@unguarded("follows upon what a guarded service has just saved")
def keep(actor: Member, post: Post, submission: Submission, outcome: Outcome) -> bool:
    """Write down what was found in a post that was just saved; tell whether it has to wait.

    A post that waits gets a measure and a place in the queue; nobody but its author and the
    moderators sees it. A flag of a watched word only puts it into the queue.
    """
    _note_hits(outcome.hits, actor.id, post.id, on_edit=submission.post_id is not None)
    tracing.leave(actor, post, submission)
    if outcome.holds:
        _hold(actor, post, outcome)
    elif outcome.is_flagged:
        hits = [hit for hit in outcome.hits if hit.check == WORDS]
        queueing.open_item(ItemKind.FLAG, post_id=post.id, score=SCORE, hits=hits)
    return outcome.holds


def _hold(actor: Member, post: Post, outcome: Outcome) -> None:
    reasons = [hit for hit in outcome.hits if hit.mode == Mode.HOLD]
    measuring.take(None, _measure(actor, post, reasons))
    score = SCORE * len(reasons)
    queueing.open_item(ItemKind.HELD, post_id=post.id, score=score, hits=reasons)


def _measure(actor: Member, post: Post, reasons: list[Hit]) -> MeasureDraft:
    with force_locale(actor.language):
        found = "; ".join(dict.fromkeys(sentences.told(hit) for hit in reasons))
        facts = _("Your post waits until a moderator has read it, because %(found)s.", found=found)
    is_advertising = any(hit.check in {SPAM, "same-site", "links", "same-text"} for hit in reasons)
    return MeasureDraft(
        act=MeasureAct.HOLD,
        post_id=post.id,
        facts=facts,
        rule=RuleKey.SPAM if is_advertising else RuleKey.OTHER,
        found_by=Means.AUTOMATION,
        decided_by_automation=True,
    )


def _note_hits(
    hits: Sequence[Hit], member_id: int, post_id: int | None, *, on_edit: bool = False
) -> None:
    """Write the hits down and count them, each check once."""
    for hit in hits:
        save(
            CheckHit(
                check_key=hit.check,
                mode=hit.mode,
                post_id=post_id,
                member_id=member_id,
                evidence=hit.evidence,
                word_id=hit.word_id,
                on_edit=on_edit,
            )
        )
    for key in {hit.check for hit in hits}:
        ensure(key)
        counted = update(Check).where(Check.key == key).values(hits=Check.hits + 1)
        db.session.execute(counted, execution_options={"synchronize_session": False})
    ids = {hit.word_id for hit in hits if hit.word_id}
    if ids:
        counted = update(WatchedWord).where(WatchedWord.id.in_(ids))
        counted = counted.values(hits=WatchedWord.hits + 1)
        db.session.execute(counted, execution_options={"synchronize_session": False})


@transaction
@unguarded("fills in what the table of checks says")
def ensure(key: str) -> None:
    """Make sure that a check has its row, set as it is by default."""
    rule = RULES[key]
    numbers = {name: number.default for name, number in rule.numbers.items()}
    row = insert_once(
        Check, key=key, is_on=rule.is_on, mode=rule.mode, up_to_level=int(rule.up_to_level),
        parameters=numbers, hits=0, overturned=0,
    )  # fmt: skip
    db.session.execute(row)
