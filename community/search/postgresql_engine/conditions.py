"""From a query to SQL: which documents fit, and how well."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from community.search import analysis, indexing, matching
from community.search.postgresql_engine import marks
from community.search.query import Clause, Leaf, Phrase, Query, Sort, Word

# What a term tells, by its label: about the middle of what `indexing` works out. A means that it
# stands in the title.
TELLS = {"A": 4.5, "B": 1.9, "C": 1.2, "D": 0.5}
LEAST = {"A": 2.6, "B": 1.6, "C": 0.8, "D": 0.0}
# As ts_rank takes them: from D to A, none above 1.
WEIGHTS = [TELLS[label] / TELLS["A"] for label in "DCBA"]
RarityOf = Callable[[str], float]


@dataclass
class Values:
    """The values of a statement, each with a name of its own. Nothing typed is ever SQL."""

    given: dict[str, Any] = field(default_factory=dict)

    def add(self, value: object) -> str:
        """Take a value in; return how the statement names it."""
        name = f"v{len(self.given)}"
        self.given[name] = value
        return f":{name}"


def label(weight: float) -> str:
    """Return the label that is nearest to how much a term tells."""
    return next(name for name, least in LEAST.items() if weight >= least)


def any_form(word: str) -> str:
    """Return a tsquery for a word in any of its forms."""
    forms = [" & ".join(map(marks.quoted, form)) for form in analysis.variants(word)]
    return " | ".join(f"({form})" for form in forms) or marks.any_of(())


def terms(query: Query, clauses: Sequence[Clause]) -> list[str]:
    """Return the tsqueries that all have to be met: one look into the index answers them.

    What meets them may yet fail what `fits` asks about phrases and days.
    """
    parts = [any_of(clause) for clause in clauses]
    parts += [f"!({any_form(leaf.text)})" for leaf in query.none if isinstance(leaf, Word)]
    parts += [marks.quoted(facet) for facet in query.facets]
    if query.since or query.until:
        parts.append(marks.any_of(marks.days(query.since, query.until)))
    return [f"({part})" for part in parts]


def any_of(clause: Clause) -> str:
    """Return a tsquery for one of the leaves; of a phrase, for all its words."""
    return " | ".join(map(_words, clause))


def _words(leaf: Leaf) -> str:
    return " & ".join(f"({any_form(word)})" for word in words_of(leaf))


def fits(query: Query, clauses: Sequence[Clause], values: Values) -> str:
    """Return the condition for what the index cannot tell: words in a row, and days."""
    parts = [_clause(clause, values) for clause in clauses if _has_phrase(clause)]
    parts += [f"NOT {_leaf(leaf, values)}" for leaf in query.none if isinstance(leaf, Phrase)]
    if query.since:
        parts.append(f"created >= {values.add(indexing.first_second(query.since))}")
    if query.until:
        end = indexing.first_second(query.until) + matching.DAY
        parts.append(f"created < {values.add(end)}")
    return " AND ".join(parts) or "true"


def asks_for_phrases(query: Query, clauses: Sequence[Clause]) -> bool:
    """Tell whether texts have to be read to know what fits."""
    wanted = any(map(_has_phrase, clauses))
    return wanted or any(isinstance(leaf, Phrase) for leaf in query.none)


def _has_phrase(clause: Clause) -> bool:
    return any(isinstance(leaf, Phrase) for leaf in clause)


def _clause(clause: Clause, values: Values) -> str:
    return f"({' OR '.join(_leaf(leaf, values) for leaf in clause)})"


def _leaf(leaf: Leaf, values: Values) -> str:
    having = has(_words(leaf), values)
    if isinstance(leaf, Word):
        return having
    streams = [f"strpos(stream, {values.add(each)}) > 0" for each in analysis.streams(leaf.words)]
    return f"({having} AND ({' OR '.join(streams) or 'false'}))"


def has(tsquery: str, values: Values) -> str:
    """Return the condition that a document meets a tsquery."""
    return f"terms @@ CAST({values.add(tsquery)} AS tsquery)"


def rank(sort: Sort, clauses: Sequence[Clause], values: Values, rarity: RarityOf) -> str:
    """Return the expression by which what fits is ordered, the highest first."""
    if sort == Sort.VOTES:
        return "score"
    if sort == Sort.NEWEST or not clauses:
        return "created"
    words = [word for clause in clauses for leaf in clause for word in words_of(leaf)]
    return " + ".join(points(word, rarity(word), values) for word in words)


def words_of(leaf: Leaf) -> Sequence[str]:
    """Return the words that count towards the rank."""
    return (leaf.text,) if isinstance(leaf, Word) else matching.telling_words(leaf)


def points(word: str, rarity: float, values: Values) -> str:
    """Return the expression for what a word tells about a document.

    ts_rank divides by the number of terms it was asked for; that is taken back.
    """
    terms = {term for form in analysis.variants(word) for term in form}
    wanted = " | ".join(map(marks.quoted, sorted(terms)))
    times = rarity * len(terms)
    weights = f"CAST({values.add(WEIGHTS)} AS float4[])"
    return f"{values.add(times)} * ts_rank({weights}, terms, CAST({values.add(wanted)} AS tsquery))"


def rarity_of(holders: int, documents: int) -> float:
    """Return how much it tells that a document has the word."""
    return matching.rarity(min(holders, documents), documents) if documents else math.log(2)
