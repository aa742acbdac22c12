"""A kind of content that exists only here, so that the search is tested without questions."""

import pytest

from community.search import sources
from community.search.memory_engine import MemoryEngine


@pytest.fixture(autouse=True)
def _own_engine(app, monkeypatch):
    monkeypatch.setitem(app.extensions, "search", MemoryEngine())


@pytest.fixture
def only_things(monkeypatch):
    """Register "things" as all that can be found: only_things([document, ...])."""

    def register(documents):
        monkeypatch.setattr(sources, "_sources", {})
        sources.searchable(
            "things",
            every=lambda: documents,
            some=lambda ids: [d for d in documents if int(d.key.split(":")[1]) in ids],
            fallback=lambda words, limit: [d.key for d in documents][:limit],
        )

    return register
