"""How many documents there are, and how many have a term: read from a table, remembered a while."""

from __future__ import annotations

import time
from collections.abc import Iterable

from sqlalchemy import Connection, text

from community.search import analysis
from community.search.postgresql_engine import conditions
from community.search.postgresql_engine.tables import ALL, DOCUMENTS, SCHEMA, TERMS

REMEMBERED = 60  # seconds
MOST_REMEMBERED = 20_000  # terms

_LATEST = f"SELECT coalesce(max(id), 0) FROM {SCHEMA}.{DOCUMENTS}"
_HOLDERS = f"SELECT term, holders FROM {SCHEMA}.{TERMS} WHERE term = ANY(:terms)"


class Counts:
    """The numbers that say how rare a word is. Each process keeps its own."""

    def __init__(self) -> None:
        self._until = 0.0
        self._latest = 0
        self._holders: dict[str, int] = {}

    def forget(self) -> None:
        """Count anew the next time."""
        self._until = 0.0

    def documents(self, connection: Connection) -> int:
        """Return how many documents there are."""
        return self.of(connection, [ALL])[0]

    def latest(self, connection: Connection) -> int:
        """Return the highest number of a document."""
        self._refresh(connection)
        return self._latest

    def look_up(
        self, connection: Connection, words: Iterable[str], terms: Iterable[str] = ()
    ) -> None:
        """Read what will be asked for about these words and terms, in one statement."""
        forms = {term for word in words for form in analysis.variants(word) for term in form}
        self.of(connection, [ALL, *sorted(forms), *terms])

    def of(self, connection: Connection, terms: list[str]) -> list[int]:
        """Return how many documents have each of these terms."""
        self._refresh(connection)
        unknown = [term for term in terms if term not in self._holders]
        if unknown:
            found = connection.execute(text(_HOLDERS), {"terms": unknown})
            self._holders.update(dict.fromkeys(unknown, 0))
            self._holders.update((row.term, row.holders) for row in found)
        return [self._holders[term] for term in terms]

    def holders(self, connection: Connection, word: str) -> int:
        """Return about how many documents have the word in any form: never fewer than do.

        The forms of several languages hardly ever meet in one document, so they are added up.
        """
        forms = {form: self.of(connection, list(form)) for form in analysis.variants(word)}
        return min(sum(map(min, forms.values())), self.documents(connection))

    def rarity(self, connection: Connection, word: str) -> float:
        """Return how much it tells that a document has the word."""
        holders = self.holders(connection, word)
        return conditions.rarity_of(holders, self.documents(connection))

    def _refresh(self, connection: Connection) -> None:
        if time.monotonic() > self._until or len(self._holders) > MOST_REMEMBERED:
            self._holders = {}
            self._latest = connection.scalar(text(_LATEST)) or 0
            self._until = time.monotonic() + REMEMBERED
