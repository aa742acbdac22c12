"""PostgreSQL behind the socket: one index that every node searches and one worker writes."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from community.search import answering, indexing, spelling
from community.search.engine import Busy, Document, Found, NotBuilt, Unusable
from community.search.likeness import asked_for
from community.search.postgresql_engine import filling, finding, likeness, tables
from community.search.postgresql_engine.counting import Counts
from community.search.postgresql_engine.filling import Tally
from community.search.postgresql_engine.finding import Wanted
from community.search.postgresql_engine.nearness import Words
from community.search.postgresql_engine.tables import DOCUMENTS, SCHEMA
from community.search.query import Query

log = logging.getLogger(__name__)

PATIENCE = 30.0  # seconds to wait while another process writes


class PostgreSQLEngine:
    """Keeps its index in the database of the forum, in a schema of its own."""

    def __init__(self, database: Callable[[], Engine], patience: float = PATIENCE) -> None:
        self._database = database
        self._patience = patience
        self._counts = Counts()

    def put(self, documents: Iterable[Document]) -> None:
        latest, tally = {document.key: document for document in documents}, Tally()
        with self._writing() as connection:
            numbers = filling.take_out(connection, latest, tally)
            filling.put_in(connection, latest, numbers, tally)
            filling.note(connection, tally)

    def remove(self, keys: Iterable[str]) -> None:
        tally = Tally()
        with self._writing() as connection:
            filling.take_out(connection, keys, tally)
            filling.note(connection, tally)

    def replace_all(self, documents: Iterable[Document]) -> int:
        with self._writing(needs_index=False) as connection:
            tables.make(connection)
            number = filling.fill(connection, documents, "new_documents")
            filling.count_all(connection, "new_documents", "new_words")
            filling.count_all_terms(connection, "new_documents", "new_terms")
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
        counts = self._counts
        counts.look_up(connection, asked_for(query), finding.marks_of(query))
        wanted = Wanted(query, query.every, query.every)
        result = finding.find(connection, counts, wanted, page)
        loosely = not result.total and len(query.every) > 1
        if loosely:
            wanted = likeness.loosened(connection, counts, query)
            if wanted.leading:
                result = finding.find(connection, counts, wanted, page)
        holders = partial(counts.holders, connection)
        return Found(
            total=result.total,
            hits=answering.hits(query, result.shown),
            suggestion=spelling.suggestion(query, holders, lambda: Words(connection)),
            loosely=loosely and result.total > 0,
            at_least=not result.is_all,
        )

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
