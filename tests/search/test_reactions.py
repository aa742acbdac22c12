import pytest

from community.core.jobs import run_periodic
from community.search import queries, reactions, services
from community.search.engine import Busy, Document, Unusable, engine
from community.search.memory_engine import MemoryEngine
from community.search.query import parse
from community.search.whoosh_engine.engine import WhooshEngine

FAN = Document(key="things:1", title="Loud fan", text="", lang="en")
LID = Document(key="things:2", title="Loud lid", text="", lang="en")


def keys(typed):
    return sorted(hit.key for hit in engine().find(parse(typed), 1, 20).hits)


def test_what_was_noted_is_found_after_the_flush_and_the_note_is_gone(only_things, app):
    only_things([FAN, LID])
    services.note_change("things:1")
    services.note_change("things:1")
    assert queries.number_of_pending() == 1
    reactions.flush()
    assert keys("loud") == ["things:1"]
    assert queries.number_of_pending() == 0


def test_what_is_gone_leaves_the_index(only_things, app):
    engine().put([FAN, LID])
    only_things([LID])
    services.note_change("things:1")
    reactions.flush()
    assert keys("loud") == ["things:2"]


def test_a_change_noted_while_the_index_is_written_is_written_next_time(only_things, app):
    only_things([FAN])

    class Interrupted(MemoryEngine):
        def put(self, documents):
            super().put(documents)
            services.note_change("things:1")

    app.extensions["search"] = Interrupted()
    services.note_change("things:1")
    reactions.flush()
    assert queries.number_of_pending() == 1


def test_many_changes_go_in_batches(only_things, app, monkeypatch):
    monkeypatch.setattr(reactions, "BATCH", 2)
    documents = [Document(key=f"things:{n}", title="Loud", text="") for n in range(5)]
    only_things(documents)
    for document in documents:
        services.note_change(document.key)
    reactions.flush()
    assert len(keys("loud")) == 5


def failing(error):
    class Failing(MemoryEngine):
        def put(self, documents):
            raise error

        def check(self):
            raise error

    return Failing()


def test_while_somebody_else_writes_changes_wait(only_things, app, monkeypatch):
    only_things([FAN])
    monkeypatch.setitem(app.extensions, "search", failing(Busy("Another process writes.")))
    services.note_change("things:1")
    reactions.flush()
    assert queries.number_of_pending() == 1


def test_a_broken_index_is_rebuilt_by_the_worker(only_things, app, monkeypatch, run_jobs):
    only_things([FAN])
    with monkeypatch.context() as broken:
        broken.setitem(app.extensions, "search", failing(Unusable("It is broken.")))
        run_periodic()
    assert keys("loud") == []
    run_jobs()
    assert keys("loud") == ["things:1"]


def test_a_new_forum_has_an_index_as_soon_as_the_worker_runs(app, monkeypatch, tmp_path):
    monkeypatch.setitem(app.extensions, "search", WhooshEngine(tmp_path / "search"))
    with pytest.raises(Unusable):
        engine().check()
    reactions.make_ready()
    engine().check()


def test_a_worker_that_starts_leaves_a_good_index_alone(only_things, app):
    engine().put([FAN])
    only_things([LID])
    reactions.make_ready()
    assert keys("loud") == ["things:1"]


def test_the_worker_flushes_once_a_minute_whatever_was_lost(only_things, app):
    only_things([FAN])
    services.note_change("things:1")
    run_periodic()
    assert keys("loud") == ["things:1"]
