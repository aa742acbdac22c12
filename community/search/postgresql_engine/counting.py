"""How many documents there are, and how many have a word: remembered for a minute."""

from __future__ import annotations

import time

from sqlalchemy import Connection, text

from community.search.postgresql_engine import conditions
from community.search.postgresql_engine.tables import DOCUMENTS, SCHEMA

REMEMBERED = 60  # seconds
MOST_REMEMBERED = 20_000  # words
MANY = 50_000  # documents; from here on an estimate does
MOST_COUNTED = 20_000  # holders of a word; one that has more tells next to nothing


class Counts:
    """The numbers that say how rare a word is. Each process keeps its own."""

    def __init__(self) -> None:
        self._until = 0.0
        self._documents = 0
        self._holders: dict[str, int] = {}

    def forget(self) -> None:
        """Count anew the next time."""
        self._until = 0.0

    def documents(self, connection: Connection) -> int:
        """Return how many documents there are; of many, about how many."""
        if time.monotonic() > self._until or len(self._holders) > MOST_REMEMBERED:
            about = text(
                "SELECT CAST(reltuples AS bigint) FROM pg_class WHERE oid = to_regclass(:name)"
            )
            number = connection.scalar(about, {"name": f"{SCHEMA}.{DOCUMENTS}"}) or 0
            if number < MANY:
                exactly = text(f"SELECT count(*) FROM {SCHEMA}.{DOCUMENTS}")
                number = connection.scalar(exactly) or 0
            self._documents, self._holders = number, {}
            self._until = time.monotonic() + REMEMBERED
        return self._documents

    def holders(self, connection: Connection, word: str) -> int:
        """Return how many documents have the word in any form, up to a limit."""
        self.documents(connection)
        if word not in self._holders:
            values = conditions.Values()
            having = conditions.has(conditions.any_form(word), values)
            limited = f"SELECT 1 FROM {SCHEMA}.{DOCUMENTS} WHERE {having} LIMIT {MOST_COUNTED}"
            counted = text(f"SELECT count(*) FROM ({limited}) AS those")
            self._holders[word] = connection.scalar(counted, values.given) or 0
        return self._holders[word]

    def rarity(self, connection: Connection, word: str) -> float:
        """Return how much it tells that a document has the word."""
        holders = self.holders(connection, word)
        return conditions.rarity_of(holders, self.documents(connection))
