"""Writing the index: documents in, documents out, and the words of their titles counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, text

from community.search import analysis, indexing
from community.search.engine import Document
from community.search.postgresql_engine import conditions
from community.search.postgresql_engine.tables import SCHEMA

BATCH = 200  # documents in one statement
LONGEST_TERMS = 900_000  # bytes; a tsvector holds no more than a megabyte

_INSERT = """
    INSERT INTO {schema}.{table}
        (key, title, body, lang, stream, words, facets, terms, created, score)
    VALUES (:key, :title, :body, :lang, :stream, :words, :facets,
        CAST(:terms AS tsvector), :created, :score)
"""
_COUNT = """
    INSERT INTO {schema}.{table} AS known (word, times, grams) VALUES (:word, :times, :grams)
    ON CONFLICT (word) DO UPDATE SET times = known.times + excluded.times
"""


def row(document: Document) -> dict[str, Any]:
    """Return what is kept of a document."""
    clean = indexing.cleaned(document)
    entry = indexing.entry(clean)
    return {
        "key": clean.key,
        "title": clean.title,
        "body": clean.text,
        "lang": clean.lang,
        "stream": entry.stream,
        "words": sorted(entry.words),
        "facets": list(entry.facets),
        "terms": _terms(entry.weights),
        "created": indexing.seconds(clean.created_at),
        "score": clean.score,
    }


def fill(connection: Connection, documents: Iterable[Document], table: str) -> int:
    """Insert documents that are not there yet; return how many came."""
    insert = text(_INSERT.format(schema=SCHEMA, table=table))
    count = 0
    for batch in _batches(documents):
        connection.execute(insert, [row(document) for document in batch])
        count += len(batch)
    return count


def take_out(connection: Connection, keys: Iterable[str], table: str) -> Counter[str]:
    """Delete documents; return the words of their titles, each as often as it was there."""
    gone = text(f"DELETE FROM {SCHEMA}.{table} WHERE key = ANY(:keys) RETURNING words")
    found = connection.execute(gone, {"keys": list(keys)})
    return Counter(word for each in found for word in each.words)


def words_of(connection: Connection, keys: Iterable[str], table: str) -> Counter[str]:
    """Return the words of titles, each in as many as it stands."""
    wanted = text(f"SELECT words FROM {SCHEMA}.{table} WHERE key = ANY(:keys)")
    found = connection.execute(wanted, {"keys": list(keys)})
    return Counter(word for each in found for word in each.words)


def count(connection: Connection, changes: Counter[str], table: str) -> None:
    """Add to how often words are used, or take away."""
    rows = [
        {"word": word, "times": times, "grams": grams(analysis.fold(word))}
        for word, times in sorted(changes.items())
        if times
    ]
    if rows:
        connection.execute(text(_COUNT.format(schema=SCHEMA, table=table)), rows)


def count_all(connection: Connection, documents: str, words: str) -> None:
    """Count the words of all titles into an empty table."""
    counted = text(
        f"SELECT word, count(*) AS times FROM {SCHEMA}.{documents}, unnest(words) AS word "
        "GROUP BY word"
    )
    found = connection.execute(counted, execution_options={"yield_per": 5_000})
    for part in found.partitions():
        count(connection, Counter({each.word: each.times for each in part}), words)


def grams(folded: str) -> list[str]:
    """Return each three letters in a row, with the ends of the word as letters."""
    padded = f"  {folded} "
    return sorted({padded[at : at + 3] for at in range(len(padded) - 2)})


def _terms(weights: dict[str, float]) -> str:
    """Return the terms as a tsvector is written; of a text too long for one, what tells most."""
    parts: list[str] = []
    length = 0
    for term, weight in sorted(weights.items(), key=lambda each: -each[1]):
        parts.append(f"{conditions.quoted(term)}:1{conditions.label(weight)}")
        length += len(term.encode()) + 8
        if length > LONGEST_TERMS:
            break
    return " ".join(parts)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Cut into lists. Of documents with the same key in one list, the last one counts."""
    source = iter(documents)
    while batch := list(islice(source, BATCH)):
        yield list({document.key: document for document in batch}.values())
