"""What a Whoosh index holds: terms with weights worked out beforehand, facets, columns, texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from whoosh import columns, fields, formats

from community.search import indexing
from community.search.engine import Document

FORMAT = 4  # raise it when anything in this module or the analysis changes; old indexes are rebuilt

Row = dict[str, Any]  # values by the names of the schema
CREATED = columns.NumericColumn("q", default=0)
SCORE = columns.NumericColumn("i", default=0)
STREAM = columns.VarBytesColumn()


class WeightedTerms(fields.FieldType):  # type: ignore[misc]
    """Terms that come analysed and weighed, so that Whoosh only files them."""

    def __init__(self) -> None:
        self.analyzer = None
        self.format = formats.Existence()
        self.scorable = False
        self.stored = False
        self.unique = False
        self.vector = None
        self.column_type = None
        self.multitoken_query = "and"
        self.spelling = False

    def index(self, value: Mapping[str, float], **_options: object) -> Iterator[tuple[Any, ...]]:
        """Yield (term, frequency, weight, payload) as Whoosh's writer wants it."""
        return ((term.encode(), 1, weight, b"") for term, weight in value.items())


SCHEMA = fields.Schema(
    key=fields.ID(unique=True, stored=True),
    title=fields.STORED(),
    text=fields.STORED(),
    lang=fields.STORED(),
    terms=WeightedTerms(),
    facets=WeightedTerms(),
    words=WeightedTerms(),
    created=fields.COLUMN(CREATED),
    score=fields.COLUMN(SCORE),
    stream=fields.COLUMN(STREAM),
)


def row(document: Document) -> Row:
    """Return what Whoosh files about a document."""
    document = indexing.cleaned(document)
    entry = indexing.entry(document)
    return {
        "key": document.key,
        "title": document.title,
        "text": document.text,
        "lang": document.lang,
        "terms": entry.weights,
        "facets": dict.fromkeys(entry.facets, 1.0),
        "words": dict.fromkeys(entry.words, 1.0),
        "created": indexing.seconds(document.created_at),
        "score": document.score,
        "stream": entry.stream.encode(),
    }
