"""PostgreSQL behind the socket: one index that every node searches and one worker writes."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from community.search import answering, indexing, spelling
from community.search.engine import Busy, Document, Found, NotBuilt, Unusable
from community.search.matching import Text
from community.search.postgresql_engine import conditions, filling, likeness, tables
from community.search.postgresql_engine.counting import Counts
from community.search.postgresql_engine.nearness import Words
from community.search.postgresql_engine.tables import DOCUMENTS, SCHEMA, WORDS
from community.search.query import Clause, Query

log = logging.getLogger(__name__)

PATIENCE = 30.0  # seconds to wait while another process writes
# Of what fits, so many of the newest are put in order; what many documents have is not worth more.
MOST_RANKED = 2_000

_FIND = """
    WITH fitting AS (
        SELECT id, terms, created, score FROM {schema}.{documents}
        WHERE {fits} ORDER BY {first} DESC, id DESC LIMIT {most}
    ), best AS (
        SELECT id, {rank} AS rank, (SELECT count(*) FROM fitting) AS total FROM fitting
        ORDER BY rank DESC, id DESC LIMIT :size OFFSET :offset
    )
    SELECT total, key, title, body, lang FROM best JOIN {schema}.{documents} USING (id)
    ORDER BY rank DESC, id DESC
"""
_COUNT = "SELECT count(*) FROM (SELECT 1 FROM {schema}.{documents} WHERE {fits} LIMIT {most}) AS f"


class PostgreSQLEngine:
    """Keeps its index in the database of the forum, in a schema of its own."""

    def __init__(self, database: Callable[[], Engine], patience: float = PATIENCE) -> None:
        self._database = database
        self._patience = patience
        self._counts = Counts()

    def put(self, documents: Iterable[Document]) -> None:
        latest = {document.key: document for document in documents}
        with self._writing() as connection:
            changes = Counter[str]()
            changes.subtract(filling.take_out(connection, latest, DOCUMENTS))
            filling.fill(connection, latest.values(), DOCUMENTS)
            changes.update(filling.words_of(connection, latest, DOCUMENTS))
            filling.count(connection, changes, WORDS)

    def remove(self, keys: Iterable[str]) -> None:
        with self._writing() as connection:
            changes = Counter[str]()
            changes.subtract(filling.take_out(connection, keys, DOCUMENTS))
            filling.count(connection, changes, WORDS)

    def replace_all(self, documents: Iterable[Document]) -> int:
        with self._writing(needs_index=False) as connection:
            tables.make(connection)
            number = filling.fill(connection, documents, "new_documents")
            filling.count_all(connection, "new_documents", "new_words")
            tables.use(connection)
        return number

    def find(self, query: Query, page: int, size: int) -> Found:
        if query.asks_nothing:
            return Found(0, ())
        with self._reading() as connection:
            return self._find(connection, query, (page, size))

    def similar(self, title: str, body: str, limit: int) -> list[str]:
        with self._reading() as connection:
            return likeness.alike(connection, self._counts, title, body, limit)

    def fingerprints(self) -> dict[str, int]:
        texts = text(f"SELECT key, title, body FROM {SCHEMA}.{DOCUMENTS}")
        with self._reading(in_parts=True) as connection:
            found = connection.execute(texts, execution_options={"yield_per": 500})
            return {row.key: indexing.fingerprint(row.title, row.body) for row in found}

    def spare_memory(self) -> None:
        pass

    def check(self) -> None:
        with self._reading() as connection:
            self._counts.documents(connection)

    def _find(self, connection: Connection, query: Query, page: tuple[int, int]) -> Found:
        total, shown = self._page(connection, query, query.every, page)
        loosely = not total and len(query.every) > 1
        if loosely:
            clauses = likeness.loosened(connection, self._counts, query)
            total, shown = self._page(connection, query, clauses, page) if clauses else (0, [])
        holders = partial(self._counts.holders, connection)
        return Found(
            total=total,
            hits=answering.hits(query, shown),
            suggestion=spelling.suggestion(query, holders, lambda: Words(connection)),
            loosely=loosely and total > 0,
        )

    def _page(
        self,
        connection: Connection,
        query: Query,
        clauses: Sequence[Clause],
        page: tuple[int, int],
    ) -> tuple[int, list[Text]]:
        """Return how many fit, and the texts of one page."""
        number, size = page
        values = conditions.Values({"size": size, "offset": (number - 1) * size})
        words = {
            "schema": SCHEMA,
            "documents": DOCUMENTS,
            "most": MOST_RANKED,
            "fits": conditions.fits(query, clauses, values) or "true",
            "first": "score" if query.sort == "votes" else "created",
        }
        counting = text(_COUNT.format(**words)), dict(values.given)
        rarity = partial(self._counts.rarity, connection)
        words["rank"] = conditions.rank(query.sort, clauses, values, rarity)
        rows = connection.execute(text(_FIND.format(**words)), values.given).all()
        if not rows:
            return connection.scalar(*counting) or 0 if number > 1 else 0, []
        return rows[0].total, [Text(row.key, row.title, row.body, row.lang) for row in rows]

    @contextmanager
    def _reading(self, *, in_parts: bool = False) -> Iterator[Connection]:
        """Give a connection that sees the index; whatever goes wrong means that there is none.

        What is read in parts needs a transaction; a search does without, which is quicker.
        """
        try:
            with self._database().connect() as connection:
                if not in_parts:
                    connection.execution_options(isolation_level="AUTOCOMMIT")
                yield connection
        except SQLAlchemyError as error:
            raise Unusable("There is no search index, or it cannot be read.") from error

    @contextmanager
    def _writing(self, *, needs_index: bool = True) -> Iterator[Connection]:
        """Be the only one who writes; raise Busy if another still does after the patience."""
        try:
            with self._database().begin() as connection:
                self._take_turn(connection)
                if needs_index and not tables.exist(connection):
                    raise NotBuilt("There is no search index yet.")
                yield connection
        except SQLAlchemyError as error:
            log.exception("The search index cannot be written")
            raise Unusable("The search index cannot be written.") from error
        self._counts.forget()

    def _take_turn(self, connection: Connection) -> None:
        end = time.monotonic() + self._patience
        mine = text("SELECT pg_try_advisory_xact_lock(:turn)")
        while not connection.scalar(mine, {"turn": tables.TURN}):
            if time.monotonic() > end:
                raise Busy("Another process is writing the search index.")
            time.sleep(0.05)
