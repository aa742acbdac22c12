"""Documents about the same as a text. The rules are those of `community.search.likeness`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, text

from community.search import likeness
from community.search.likeness import Telling
from community.search.postgresql_engine import conditions
from community.search.postgresql_engine.conditions import Values
from community.search.postgresql_engine.counting import Counts
from community.search.postgresql_engine.tables import DOCUMENTS, SCHEMA
from community.search.query import Clause, Query, Word

# The rarest words of a title lead to the candidates, until there may be so many of them.
MOST_CANDIDATES = 3_000

_ALIKE = """
    WITH candidates AS (
        SELECT id, key, terms, facets FROM {schema}.{documents} WHERE {leading} LIMIT {most}
    ), shared AS (
        SELECT id, key, facets, {shared} AS shared, {words} AS words, {points} AS points
        FROM candidates
    )
    SELECT key FROM shared WHERE shared >= :least AND (words > 1 OR shared >= :alone)
    ORDER BY points * CASE WHEN facets && CAST(:favoured AS text[]) THEN :bonus ELSE 1 END DESC,
        id DESC
    LIMIT :limit
"""


def alike(connection: Connection, counts: Counts, title: str, body: str, limit: int) -> list[str]:
    """Return the keys of documents most like a question that is being written, best first."""
    documents = counts.documents(connection)
    subject = likeness.subject_of(_counted(connection, counts, likeness.words(title)), documents)
    in_title = subject.words
    if not in_title:
        return []
    known = {each.word for each in in_title}
    more = likeness.words(body[: likeness.MOST_BODY_LETTERS]) - known
    in_body = telling(connection, counts, more, likeness.MOST_BODY_WORDS)
    rarity = {
        each.word: conditions.rarity_of(each.holders, documents) for each in (*in_title, *in_body)
    }
    values = Values({"limit": limit, "bonus": likeness.BONUS})
    values.given["favoured"] = ["solved:yes", "official:yes"]
    tells = subject.tells([rarity[word] for word in known])
    values.given["least"] = likeness.LEAST_SHARED * tells - 1e-9
    values.given["alone"] = likeness.LEAST_ALONE * tells - 1e-9
    shared, several, points = [], [], []
    for each in in_title:
        having = conditions.has(conditions.any_form(each.word), values)
        several.append(f"CASE WHEN {having} THEN 1 ELSE 0 END")
        shared.append(f"CASE WHEN {having} THEN {values.add(rarity[each.word])} ELSE 0 END")
        points.append(conditions.points(each.word, rarity[each.word], values))
    for each in in_body:
        times = likeness.BODY_IMPORTANCE * rarity[each.word]
        points.append(conditions.points(each.word, times, values))
    statement = _ALIKE.format(
        schema=SCHEMA,
        documents=DOCUMENTS,
        most=MOST_CANDIDATES,
        leading=_leading(in_title, values),
        shared=" + ".join(shared),
        words=" + ".join(several),
        points=" + ".join(points),
    )
    return list(connection.scalars(text(statement), values.given))


def _leading(words: Sequence[Telling], values: Values) -> str:
    """Return the condition by which candidates are found: any of the rarest words."""
    chosen: list[str] = []
    together = 0
    for each in words:
        if chosen and together + each.holders > MOST_CANDIDATES:
            break
        together += each.holders
        chosen.append(conditions.any_form(each.word))
    return conditions.has(" | ".join(chosen), values)


def telling(
    connection: Connection, counts: Counts, words: Iterable[str], most: int
) -> list[Telling]:
    """Return the words that tell most: those that exist and are not in every other document."""
    counted = _counted(connection, counts, words)
    return likeness.most_telling(counted, counts.documents(connection), most)


def _counted(connection: Connection, counts: Counts, words: Iterable[str]) -> list[Telling]:
    return [Telling(counts.holders(connection, word), word) for word in words]


def loosened(connection: Connection, counts: Counts, query: Query) -> list[Clause]:
    """Return the query as one clause: any of its telling words will do."""
    chosen = telling(connection, counts, likeness.asked_for(query), likeness.MOST_TITLE_WORDS)
    return [tuple(Word(each.word) for each in chosen)] if chosen else []
