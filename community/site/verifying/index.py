"""Whether the search index knows what the database does."""

from __future__ import annotations

from collections.abc import Iterator

from community.core.db import transaction
from community.core.policy import unguarded
from community.search import indexing, services
from community.search.engine import Unusable, engine
from community.search.reactions import flush
from community.search.sources import every_document


def check() -> Iterator[tuple[str, int]]:
    """Write what the index lacks and take out what it holds in vain; yield how many."""
    flush()  # What waits to be written is not wrong.
    try:
        known = engine().fingerprints()
    except Unusable:
        services.ask_for_rebuild()
        yield "search index that cannot be used", 1
        return
    wrong = []
    for document in every_document():
        clean = indexing.cleaned(document)
        if known.pop(clean.key, None) != indexing.fingerprint(clean.title, clean.text):
            wrong.append(clean.key)
    _note([*wrong, *known])
    flush()
    yield "questions that the search does not know as they are", len(wrong)
    yield "questions in the search that are gone", len(known)


@transaction
@unguarded("whoever runs the forum asks for it")
def _note(keys: list[str]) -> None:
    for key in keys:
        services.note_change(key)
