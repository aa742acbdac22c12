"""Questions about the same, so that nobody has to ask twice."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from community.questions.models import State
from community.questions.queries import cards
from community.questions.queries.cards import Card
from community.search.engine import Unusable, engine

log = logging.getLogger(__name__)
MOST = 5
SHORTEST_TITLE = 10
BODY_READ = 2000


@dataclass(frozen=True)
class Alike:
    """A question about the same, and whether the company answered it."""

    question: Card
    is_official: bool


def similar(title: str, body: str = "", limit: int = MOST) -> Sequence[Alike]:
    """Return public questions about the same, solved and official ones first, in one statement.

    Instead of a duplicate that nobody answered stands its original; that is one statement more.
    Suggestions are a courtesy: when the index cannot be read there are none.
    """
    if len(title.strip()) < SHORTEST_TITLE:
        return []
    ids = similar_ids(title, body, limit)
    found = cards.cards_and_official(ids)
    leading = {each: _answered_at(found[each][0]) for each in ids if each in found}
    found |= cards.cards_and_official([each for each in leading.values() if each not in found])
    places = dict.fromkeys(leading.values())
    best = [Alike(*found[each]) for each in places if each in found]
    return sorted(best, key=lambda each: not (each.question.is_solved or each.is_official))


def _answered_at(question: Card) -> int:
    """Return the number of the question where the answers are."""
    leads_on = question.state == State.CLOSED and not question.answer_count
    return (leads_on and question.duplicate_of_id) or question.id


def similar_ids(title: str, body: str, limit: int) -> list[int]:
    """Return the numbers of the most similar questions as the engine ranks them."""
    try:
        keys = engine().similar(title, body[:BODY_READ], limit)
    except Unusable as error:
        log.warning("No similar questions are shown: %s", error)
        return []
    except Exception:
        log.exception("No similar questions are shown")
        return []
    return [int(key.partition(":")[2]) for key in keys if key.startswith("questions:")]
