"""What fits a query, in order, with work that does not grow with the forum.

A search reads no more than some thousand documents. If the rarest of what is asked for is in no
more than those, it reads all that fit. Of what more documents have, it looks at those of late
only (or at those with most votes, if these are wanted): at a part so large that, by how many have
the words, enough of it should fit; and at a larger one if it does not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection, text

from community.search.matching import Text
from community.search.postgresql_engine import conditions, marks
from community.search.postgresql_engine.counting import Counts
from community.search.postgresql_engine.tables import DOCUMENTS, SCHEMA
from community.search.query import Clause, Leaf, Query, Sort

# Of what fits, so many are put in order; what more documents have is not worth more to anybody.
MOST_RANKED = 500
# So many that have all the words are read; more if texts have to show that words stand in a row.
MOST_READ, MOST_READ_FOR_PHRASES = 4_000, 10_000
ENOUGH = 0.9 * MOST_RANKED  # that should fit in a part that is looked at
LEAST_FOUND = MOST_RANKED // 2  # that do fit; with fewer, a larger part is looked at

_FIND = """
    WITH met AS MATERIALIZED (
        SELECT id, created, score, {fits} AS fits, {leads} AS leads FROM {schema}.{documents}
        WHERE terms @@ CAST(:terms AS tsquery) LIMIT :most_read
    ), fitting AS MATERIALIZED (
        SELECT id, created, score FROM met WHERE fits
        ORDER BY leads DESC, {first} DESC, id DESC LIMIT :most
    ), best AS (
        SELECT id, {rank} AS rank FROM {ranked} ORDER BY rank DESC, id DESC
        LIMIT :size OFFSET :offset
    ), shown AS (
        SELECT id, rank, key, title, body, lang FROM best JOIN {schema}.{documents} USING (id)
    ), numbers AS (
        SELECT (SELECT count(*) FROM met) AS read, (SELECT count(*) FROM fitting) AS total
    )
    SELECT read, total, key, title, body, lang FROM numbers LEFT JOIN shown ON true
    ORDER BY rank DESC, id DESC
"""
_WITH_TERMS = "fitting JOIN (SELECT id, terms FROM {schema}.{documents}) AS terms USING (id)"


@dataclass(frozen=True)
class Wanted:
    """What is looked for: the clauses that lead to documents, and those by which they rank.

    What has one of the words of `everywhere` is found wherever it lies, and before anything else.
    """

    query: Query
    leading: Sequence[Clause]
    ranked: Sequence[Clause]
    everywhere: Clause = ()


@dataclass(frozen=True)
class Part:
    """A part of all documents: the tsquery for it, or "" for all, and about how many they are."""

    terms: str
    documents: float


@dataclass(frozen=True)
class Result:
    """What was found in a part: how many were read, how many of them fit, one page of those.

    `is_all` tells that nothing else fits.
    """

    read: int
    total: int
    shown: list[Text]
    is_all: bool


def find(connection: Connection, counts: Counts, wanted: Wanted, page: tuple[int, int]) -> Result:
    """Return how many fit, up to a limit, and the texts of one page (its number, its size)."""
    look = _looking(connection, counts, wanted, page)
    parts = list(_parts(connection, counts, wanted.query.sort))
    share = expected(connection, counts, wanted) / max(1, counts.documents(connection))
    first, last = 0, len(parts) - 1
    best = Result(0, 0, [], is_all=True)
    while first <= last:
        place = _large_enough(parts, share, first, last)
        result = look(parts[place])
        seen = max(1, parts[place].documents)
        is_cut_off = result.read >= _most_read(wanted)
        if is_cut_off and result.total >= MOST_RANKED:
            # Of so many, those that were read are not the latest.
            best = result if not best.total else best
            share, last = result.read / seen, place - 1
        elif not is_cut_off and result.total < LEAST_FOUND:
            best = result
            share, first = max(1, result.total) / seen, place + 1
        else:
            return result
    return best


def _large_enough(parts: Sequence[Part], share: float, first: int, last: int) -> int:
    """Return the first part in which enough should fit, if this share of all documents does."""
    enough = (at for at in range(first, last) if parts[at].documents * share >= ENOUGH)
    return next(enough, last)


def _most_read(wanted: Wanted) -> int:
    phrases = conditions.asks_for_phrases(wanted.query, wanted.leading)
    return MOST_READ_FOR_PHRASES if phrases else MOST_READ


def _looking(
    connection: Connection, counts: Counts, wanted: Wanted, page: tuple[int, int]
) -> Callable[[Part], Result]:
    """Return the search as a function of the part that it looks at."""
    query, (number, size) = wanted.query, page
    values = conditions.Values()
    words = {
        "schema": SCHEMA,
        "documents": DOCUMENTS,
        "first": "score" if query.sort == Sort.VOTES else "created",
        "fits": conditions.fits(query, wanted.leading, values),
        "leads": conditions.has(conditions.any_of(wanted.everywhere), values)
        if wanted.everywhere
        else "true",
        "rank": conditions.rank(
            query.sort, wanted.ranked, values, partial(counts.rarity, connection)
        ),
    }
    by_terms = query.sort == Sort.RELEVANCE and wanted.ranked
    words["ranked"] = _WITH_TERMS.format(**words) if by_terms else "fitting"
    statement = text(_FIND.format(**words))
    values.given |= {"size": size, "offset": (number - 1) * size}
    values.given |= {"most": MOST_RANKED, "most_read": _most_read(wanted)}
    terms = conditions.terms(query, wanted.leading)
    beyond = f" | {conditions.any_of(wanted.everywhere)}" if wanted.everywhere else ""

    def look(part: Part) -> Result:
        met = " & ".join([*terms, f"({part.terms}{beyond})"] if part.terms else terms)
        rows = connection.execute(statement, values.given | {"terms": met}).all()
        shown = [Text(row.key, row.title, row.body, row.lang) for row in rows if row.key]
        read, total = rows[0].read, rows[0].total
        is_all = not part.terms and total < MOST_RANKED and read < _most_read(wanted)
        return Result(read, total, shown, is_all)

    return look


def _parts(connection: Connection, counts: Counts, sort: Sort) -> Iterator[Part]:
    """Yield the parts that may be looked at, the smallest first: each two thirds of the next."""
    everything, latest = counts.documents(connection), counts.latest(connection)
    voted, least = "", 0
    if sort == Sort.VOTES:
        levels = [marks.votes(each) for each in marks.VOTES]
        for level, least in zip(levels, counts.of(connection, levels), strict=True):
            voted = marks.quoted(level)
            yield Part(voted, least)
    many = 2 * marks.SIZES[0]
    while many < latest:
        of_late = marks.last(many, latest)
        terms = f"{voted} | {of_late}" if voted else of_late
        yield Part(terms, least + everything * many / latest)
        many += many // 2
    yield Part("", everything)


def expected(connection: Connection, counts: Counts, wanted: Wanted) -> float:
    """Return about how many documents fit, going by how many have each word and mark.

    Words are neither spread without regard to each other, nor do they always come together: what
    is returned lies in the middle.
    """
    everything = max(1, counts.documents(connection))
    query = wanted.query
    holders: list[float] = [
        sum(_holders(connection, counts, leaf) for leaf in clause) for clause in wanted.leading
    ]
    holders += counts.of(connection, list(query.facets))
    if query.since or query.until:
        holders.append(sum(counts.of(connection, marks.days(query.since, query.until))))
    least = min([everything, *holders])
    by_chance = everything * math.prod(min(1.0, each / everything) for each in holders)
    return math.sqrt(by_chance * least)


def _holders(connection: Connection, counts: Counts, leaf: Leaf) -> int:
    return min(counts.holders(connection, word) for word in conditions.words_of(leaf))


def marks_of(query: Query) -> list[str]:
    """Return the marks that are counted to know where to look."""
    days = marks.days(query.since, query.until) if query.since or query.until else []
    votes = [marks.votes(each) for each in marks.VOTES] if query.sort == Sort.VOTES else []
    return [*query.facets, *days, *votes]
