"""Keeping the list of watched words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import func, select, update

from community.core.audit import record
from community.core.db import db, insert_once, save, transaction
from community.core.errors import Conflict
from community.core.i18n import _l
from community.core.policy import require
from community.members.models import Member
from community.moderation.models.checks import CheckHit
from community.moderation.models.words import WatchedWord
from community.moderation.policies.checks import may_set_checks
from community.moderation.queries import words
from community.moderation.watching.lists import check
from community.moderation.watching.patterns import Watched


@transaction
def add(actor: Member, word: Watched) -> WatchedWord:
    """Watch for a word from now on. Raises Invalid if it cannot be, Conflict if it is already."""
    require(may_set_checks(actor))
    check(word)
    same = select(WatchedWord.id).where(
        func.lower(WatchedWord.pattern) == word.pattern.lower(),
        WatchedWord.is_regex == word.is_regex,
        WatchedWord.language == word.language,
    )
    if db.session.scalar(same):
        raise Conflict(_l("This word is on the list already."))
    kept = save(WatchedWord(added_by_id=actor.id, **_columns(word)))
    record(actor.id, "watch-word", f"words:{kept.id}", after=_columns(word))
    return kept


@transaction
def add_all(actor: Member, found: Sequence[Watched]) -> int:
    """Watch for all words of a list that is brought along; return how many are new."""
    require(may_set_checks(actor))
    before = db.session.scalar(select(func.count()).select_from(WatchedWord)) or 0
    for word in found:
        check(word)
        new = _columns(word) | {"hits": 0, "overturned": 0, "added_by_id": actor.id}
        db.session.execute(insert_once(WatchedWord, **new))
    after = db.session.scalar(select(func.count()).select_from(WatchedWord)) or 0
    record(actor.id, "import-words", "words", after={"new": after - before})
    return after - before


@transaction
def remove(actor: Member, word_id: int) -> None:
    """Watch for a word no more. What it hit stays counted for the check of watched words."""
    require(may_set_checks(actor))
    word = words.by_id(word_id)
    record(actor.id, "unwatch-word", f"words:{word.id}", before=_columns(word.watched))
    forgotten = update(CheckHit).where(CheckHit.word_id == word.id).values(word_id=None)
    db.session.execute(forgotten, execution_options={"synchronize_session": False})
    db.session.delete(word)


def _columns(word: Watched) -> dict[str, object]:
    return {name: value for name, value in asdict(word).items() if name != "id"}
