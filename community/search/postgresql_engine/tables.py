"""The tables of the index, in a schema of their own: made, filled and swapped as a whole.

They are not in the migrations: like an index on disk they can be built again at any time, and a
backup leaves them out.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

SCHEMA = "search"
FORMAT = "2"  # An index in an older format is not read, but rebuilt.
DOCUMENTS, WORDS, TERMS = (f"{name}_{FORMAT}" for name in ("documents", "words", "terms"))
OLDER = ("documents_1", "words_1")  # in use until the first rebuild after an update
# Where two who build at the same time wait for each other. Any number of our own.
TURN = 7_310_111
ALL = ""  # The term that every document counts as having.

# Each term stands at one place only: its label, A to D, says how much it tells of the document.
# Terms are read of many documents at once, so they stay in the row; texts are of twenty.
_CREATE = (
    """
    CREATE TABLE {schema}.{documents} (
        id bigint PRIMARY KEY,
        key text NOT NULL,
        title text NOT NULL,
        body text NOT NULL,
        lang text NOT NULL,
        stream text NOT NULL,
        words text[] NOT NULL,
        terms tsvector STORAGE MAIN NOT NULL,
        created bigint NOT NULL,
        score integer NOT NULL
    )
    """,
    """
    CREATE TABLE {schema}.{words} (
        word text PRIMARY KEY,
        times integer NOT NULL,
        grams text[] NOT NULL
    )
    """,
    """
    CREATE TABLE {schema}.{terms} (
        term text PRIMARY KEY,
        holders integer NOT NULL
    ) WITH (fillfactor = 70)
    """,
)
# With fastupdate, each search would read through what is not sorted in yet.
_INDEX = (
    "CREATE UNIQUE INDEX ON {schema}.{documents} (key)",
    "CREATE INDEX ON {schema}.{documents} USING gin (terms) WITH (fastupdate = off)",
    "CREATE INDEX ON {schema}.{words} USING gin (grams)",
)
_NEW = {"documents": "new_documents", "words": "new_words", "terms": "new_terms"}


def exist(connection: Connection) -> bool:
    """Tell whether there is an index in today's format."""
    found = text("SELECT to_regclass(:name)")
    return connection.scalar(found, {"name": f"{SCHEMA}.{DOCUMENTS}"}) is not None


def make(connection: Connection) -> None:
    """Make empty tables beside those in use."""
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    for table in _NEW.values():
        _drop(connection, table)
    _run(connection, _CREATE)


def use(connection: Connection) -> None:
    """Index what was filled, and let searches read it from the next commit on."""
    _run(connection, _INDEX)
    for table in OLDER:
        _drop(connection, table)
    for table in (DOCUMENTS, WORDS, TERMS):
        _drop(connection, table)
        fresh = _NEW[table.partition("_")[0]]
        connection.execute(text(f"ALTER TABLE {SCHEMA}.{fresh} RENAME TO {table}"))
        connection.execute(text(f"ANALYZE {SCHEMA}.{table}"))


def _drop(connection: Connection, table: str) -> None:
    connection.execute(text(f"DROP TABLE IF EXISTS {SCHEMA}.{table}"))


def _run(connection: Connection, statements: tuple[str, ...]) -> None:
    for each in statements:
        connection.execute(text(each.format(schema=SCHEMA, **_NEW)))
