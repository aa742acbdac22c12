"""Documents about the same as a text. The rules are those of `community.search.likeness`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from sqlalchemy import Connection, text

from community.search import likeness
from community.search.likeness import Telling
from community.search.postgresql_engine import conditions, finding, marks
from community.search.postgresql_engine.conditions import Values
from community.search.postgresql_engine.counting import Counts
from community.search.postgresql_engine.finding import Wanted
from community.search.postgresql_engine.tables import DOCUMENTS, SCHEMA
from community.search.query import Clause, Query, Word

# Documents that are compared with a text. The rarest words of the title lead to them.
MOST_CANDIDATES = 300
# Of words that very many have, two together lead to others: so many words, so many holders of them.
MOST_PAIRED, MOST_MET = 3, 1_000

FEW = 100  # documents that have some words of a search; others may be what was meant

_ALIKE = """
    WITH candidates AS (
        SELECT DISTINCT id FROM ({leading}) AS led
    ), shared AS (
        SELECT id, key, terms, {shared} AS shared, {words} AS words, {points} AS points
        FROM candidates JOIN {schema}.{documents} USING (id)
    )
    SELECT key FROM shared WHERE shared >= :least AND (words > 1 OR shared >= :alone)
    ORDER BY points * CASE WHEN {favoured} THEN :bonus ELSE 1 END DESC, id DESC
    LIMIT :limit
"""
_LED = "(SELECT id FROM {schema}.{documents} WHERE {having} LIMIT {most})"


def alike(connection: Connection, counts: Counts, title: str, body: str, limit: int) -> list[str]:
    """Return the keys of documents most like a question that is being written, best first."""
    named = likeness.words(title)
    more = likeness.words(body[: likeness.MOST_BODY_LETTERS]) - named
    counts.look_up(connection, named | more)
    documents = counts.documents(connection)
    subject = likeness.subject_of(_counted(connection, counts, named), documents)
    in_title = subject.words
    if not in_title:
        return []
    in_body = telling(connection, counts, more, likeness.MOST_BODY_WORDS)
    rarity = {
        each.word: conditions.rarity_of(each.holders, documents) for each in (*in_title, *in_body)
    }
    values = Values({"limit": limit, "bonus": likeness.BONUS})
    tells = subject.tells([rarity[each.word] for each in in_title])
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
    favoured = marks.any_of(["solved:yes", "official:yes"])
    statement = _ALIKE.format(
        schema=SCHEMA,
        documents=DOCUMENTS,
        leading=_leading(connection, counts, in_title, values),
        shared=" + ".join(shared),
        words=" + ".join(several),
        points=" + ".join(points),
        favoured=conditions.has(favoured, values),
    )
    return list(connection.scalars(text(statement), values.given))


def _leading(
    connection: Connection, counts: Counts, words: Sequence[Telling], values: Values
) -> str:
    """Return the select of the candidates: what has any of the rarest words, so far there is room.

    Then, among the documents of late, what has two of the words that many have; and if even the
    rarest is one of those, what has it at all.
    """
    rare = _rarest(words, MOST_CANDIDATES)
    ways = [(_any(rare), MOST_CANDIDATES)] if rare else []
    paired = words[len(rare) : len(rare) + MOST_PAIRED]
    if paired:
        latest = counts.latest(connection)
        together = sum(each.holders for each in paired)
        of_late = marks.last(MOST_MET * latest // together, latest)
        if len(paired) > 1:
            ways.append((f"({_pairs(paired)}) & ({of_late})", MOST_CANDIDATES // 2))
        if not rare:
            ways.append((f"({_any(paired[:1])}) & ({of_late})", MOST_CANDIDATES // 2))
    parts = [
        _LED.format(
            schema=SCHEMA, documents=DOCUMENTS, having=conditions.has(way, values), most=most
        )
        for way, most in ways
    ]
    return " UNION ALL ".join(parts)


def _rarest(words: Sequence[Telling], most: int) -> list[Telling]:
    """Return the first words, as many as so many documents have together."""
    chosen: list[Telling] = []
    together = 0
    for each in words:
        together += each.holders
        if together > most:
            break
        chosen.append(each)
    return chosen


def _any(words: Iterable[Telling]) -> str:
    return " | ".join(conditions.any_form(each.word) for each in words)


def _pairs(words: Iterable[Telling]) -> str:
    """Return the tsquery for any two of the words."""
    forms = [f"({conditions.any_form(each.word)})" for each in words]
    return " | ".join(f"({one} & {other})" for one, other in combinations(forms, 2))


def telling(
    connection: Connection, counts: Counts, words: Iterable[str], most: int
) -> list[Telling]:
    """Return the words that tell most: those that exist and are not in every other document."""
    counted = _counted(connection, counts, words)
    return likeness.most_telling(counted, counts.documents(connection), most)


def _counted(connection: Connection, counts: Counts, words: Iterable[str]) -> list[Telling]:
    return [Telling(counts.holders(connection, word), word) for word in words]


def loosened(connection: Connection, counts: Counts, query: Query) -> Wanted:
    """Return the query as one clause: any of its telling words will do.

    All of them rank; but if very many documents have them, only the rarest lead to documents, and
    the first of the others if that is too little.
    """
    chosen = telling(connection, counts, likeness.asked_for(query), likeness.MOST_TITLE_WORDS)
    rare = _rarest(chosen, finding.MOST_RANKED)
    leading = list(rare)
    if sum(each.holders for each in rare) < FEW:
        leading += chosen[len(rare) : len(rare) + 1]
    return Wanted(query, _one_of(leading), _one_of(chosen), *_one_of(rare))


def _one_of(words: Sequence[Telling]) -> list[Clause]:
    return [tuple(Word(each.word) for each in words)] if words else []
