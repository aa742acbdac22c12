"""Writing the index: documents in, documents out, and the words of their titles counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, text

from community.search import analysis, indexing
from community.search.engine import Document
from community.search.postgresql_engine import conditions, marks, tables
from community.search.postgresql_engine.tables import DOCUMENTS, SCHEMA, TERMS, WORDS

BATCH = 200  # documents in one statement
LONGEST_TERMS = 900_000  # bytes; a tsvector holds no more than a megabyte

_INSERT = """
    INSERT INTO {schema}.{table}
        (id, key, title, body, lang, stream, words, terms, created, score)
    VALUES (:id, :key, :title, :body, :lang, :stream, :words,
        CAST(:terms AS tsvector), :created, :score)
"""
_LATEST = "SELECT coalesce(max(id), 0) FROM {schema}.{table}"
_COUNT = """
    INSERT INTO {schema}.{table} AS known (word, times, grams) VALUES (:word, :times, :grams)
    ON CONFLICT (word) DO UPDATE SET times = known.times + excluded.times
"""
_COUNT_TERMS = """
    INSERT INTO {schema}.{table} AS known (term, holders)
    SELECT * FROM unnest(CAST(:terms AS text[]), CAST(:changes AS integer[]))
    ON CONFLICT (term) DO UPDATE SET holders = known.holders + excluded.holders
"""
_COUNT_ALL_TERMS = """
    INSERT INTO {schema}.{terms} (term, holders)
    SELECT term, count(*) FROM {schema}.{documents}, unnest(tsvector_to_array(terms)) AS term
    GROUP BY term
    UNION ALL SELECT :all, count(*) FROM {schema}.{documents}
"""


@dataclass
class Tally:
    """How many more titles have a word, and how many more documents have a term, than before."""

    words: Counter[str] = field(default_factory=Counter)
    terms: Counter[str] = field(default_factory=Counter)

    def add(self, rows: Iterable[Row[Any]], sign: int) -> None:
        """Count documents in, or with the sign -1 out."""
        for each in rows:
            for word in each.words:
                self.words[word] += sign
            for term in (tables.ALL, *each.terms):
                self.terms[term] += sign


def row(number: int, document: Document) -> dict[str, Any]:
    """Return what is kept of a document under a number."""
    clean = indexing.cleaned(document)
    entry = indexing.entry(clean)
    created = indexing.seconds(clean.created_at)
    return {
        "id": number,
        "key": clean.key,
        "title": clean.title,
        "body": clean.text,
        "lang": clean.lang,
        "stream": entry.stream,
        "words": sorted(entry.words),
        "terms": _terms([*entry.facets, *marks.of(number, created, clean.score)], entry.weights),
        "created": created,
        "score": clean.score,
    }


def fill(
    connection: Connection,
    documents: Iterable[Document],
    table: str,
    numbers: Mapping[str, int] = MappingProxyType({}),
) -> int:
    """Insert documents that are not there yet; return how many came.

    They are numbered as they come, but for those of which the number is given by their key.
    """
    insert = text(_INSERT.format(schema=SCHEMA, table=table))
    there = connection.scalar(text(_LATEST.format(schema=SCHEMA, table=table))) or 0
    latest = max([there, *numbers.values()])
    count = 0
    for batch in _batches(documents):
        rows = []
        for document in batch:
            latest += document.key not in numbers
            rows.append(row(numbers.get(document.key, latest), document))
        connection.execute(insert, rows)
        count += len(rows)
    return count


def take_out(connection: Connection, keys: Iterable[str], tally: Tally) -> dict[str, int]:
    """Delete documents, and count them out; return the number that each had."""
    gone = text(
        f"DELETE FROM {SCHEMA}.{DOCUMENTS} WHERE key = ANY(:keys) "
        "RETURNING id, key, words, tsvector_to_array(terms) AS terms"
    )
    rows = connection.execute(gone, {"keys": list(keys)}).all()
    tally.add(rows, -1)
    return {each.key: each.id for each in rows}


def put_in(
    connection: Connection,
    documents: Mapping[str, Document],
    numbers: Mapping[str, int],
    tally: Tally,
) -> None:
    """Insert documents by their keys, under the numbers they had, and count them in."""
    fill(connection, documents.values(), DOCUMENTS, numbers)
    there = text(
        f"SELECT words, tsvector_to_array(terms) AS terms FROM {SCHEMA}.{DOCUMENTS} "
        "WHERE key = ANY(:keys)"
    )
    tally.add(connection.execute(there, {"keys": list(documents)}), 1)


def note(connection: Connection, tally: Tally) -> None:
    """Write down what was counted."""
    count(connection, tally.words, WORDS)
    changed = sorted((term, times) for term, times in tally.terms.items() if times)
    if changed:
        terms, changes = zip(*changed, strict=True)
        counting = text(_COUNT_TERMS.format(schema=SCHEMA, table=TERMS))
        connection.execute(counting, {"terms": list(terms), "changes": list(changes)})


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


def count_all_terms(connection: Connection, documents: str, terms: str) -> None:
    """Count which term how many documents have into an empty table."""
    counting = _COUNT_ALL_TERMS.format(schema=SCHEMA, documents=documents, terms=terms)
    connection.execute(text(counting), {"all": tables.ALL})


def grams(folded: str) -> list[str]:
    """Return each three letters in a row, with the ends of the word as letters."""
    padded = f"  {folded} "
    return sorted({padded[at : at + 3] for at in range(len(padded) - 2)})


def _terms(marked: Iterable[str], weights: dict[str, float]) -> str:
    """Return the terms as a tsvector is written; of a text too long for one, what tells most."""
    parts = [marks.quoted(each) for each in marked]
    length = 0
    for term, weight in sorted(weights.items(), key=lambda each: -each[1]):
        parts.append(f"{marks.quoted(term)}:1{conditions.label(weight)}")
        length += len(term.encode()) + 8
        if length > LONGEST_TERMS:
            break
    return " ".join(parts)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Cut into lists. Of documents with the same key in one list, the last one counts."""
    source = iter(documents)
    while batch := list(islice(source, BATCH)):
        yield list({document.key: document for document in batch}.values())
