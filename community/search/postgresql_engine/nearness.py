"""Words that are near to a mistyped one: found by letters in a row, told apart by slips."""

from __future__ import annotations

from sqlalchemy import Connection, text

from community.search import analysis, spelling
from community.search.postgresql_engine import filling
from community.search.postgresql_engine.tables import SCHEMA, WORDS

# Words that are compared letter by letter, the most used first: others are hardly ever meant.
MOST_COMPARED = 2_000

_CANDIDATES = f"""
    SELECT word, times FROM {SCHEMA}.{WORDS}
    WHERE grams && CAST(:grams AS text[]) AND times >= :least
        AND length(word) BETWEEN :shortest AND :longest
    ORDER BY times DESC, word LIMIT :most
"""
_AT_LEAST = f"SELECT count(*) FROM (SELECT 1 FROM {SCHEMA}.{WORDS} LIMIT :few) AS those"


class Words:
    """The words of all titles, as the database counts them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def nearest(self, folded: str, least: int) -> str:
        """Return the word, used so often at least, that is likely meant; "" if none is near."""
        most = spelling.slips(folded)
        wanted = {
            "grams": filling.grams(folded),
            "least": max(least, self._least()),
            "shortest": len(folded) - most,
            "longest": len(folded) + most,
            "most": MOST_COMPARED,
        }
        found = []
        for each in self._connection.execute(text(_CANDIDATES), wanted):
            other = analysis.fold(each.word)
            steps = spelling.distance(folded, other, most)
            if other != folded and steps <= most:
                found.append((steps, -each.times, each.word))
        return min(found)[2] if found else ""

    def _least(self) -> int:
        """Return how often a word must have been written not to be taken for a slip itself."""
        known = self._connection.scalar(text(_AT_LEAST), {"few": spelling.FEW + 1}) or 0
        return 1 if known <= spelling.FEW else spelling.LEAST_USED
