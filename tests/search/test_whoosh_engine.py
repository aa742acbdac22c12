"""What only an engine on disk has to promise: other processes, sudden ends, broken files."""

import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from community.search.engine import Busy, Document, Unusable
from community.search.query import parse
from community.search.whoosh_engine import folder as folders
from community.search.whoosh_engine.engine import WhooshEngine

# Whoosh leaves files to the garbage collector when it cannot read them.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)

OLD = [Document(key=f"questions:{n}", title=f"Old kettle {n}", text="steam") for n in range(50)]
NEW = [replace(each, title=each.title.replace("Old", "New")) for each in OLD]


@pytest.fixture(autouse=True)
def _close_broken_files():
    yield
    gc.collect()


@pytest.fixture
def place(tmp_path):
    return tmp_path / "search"


@pytest.fixture
def engine(place):
    made = WhooshEngine(place, patience=0.2)
    made.replace_all(OLD)
    return made


def total(engine, typed):
    return engine.find(parse(typed), 1, 10).total


def in_another_process(code, *arguments, **options):
    start = "import sys; from community.search.engine import *\n"
    start += "from community.search.whoosh_engine.engine import WhooshEngine\n"
    start += "from community.search.query import parse\n"
    command = [sys.executable, "-c", start + code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **options)


def test_the_folder_is_for_nobody_else(engine, place):
    modes = [path.stat().st_mode & 0o777 for path in (place, *place.glob("index-*"))]
    assert modes == [0o700, 0o700]


def test_without_an_index_everything_says_so_and_nothing_is_made(place):
    engine = WhooshEngine(place)
    for use in (
        engine.check,
        lambda: engine.find(parse("kettle"), 1, 10),
        lambda: engine.similar("kettle", "", 5),
        lambda: engine.put(OLD),
    ):
        with pytest.raises(Unusable):
            use()
    assert not list(place.glob("index-*"))


SEARCHER = """
engine = WhooshEngine(sys.argv[1])
seen, end = set(), time.time() + 60
while time.time() < end:
    old = engine.find(parse("old"), 1, 5).total
    new = engine.find(parse("new"), 1, 5).total
    seen.add((old, new))
    if "ready" not in globals():
        ready = True
        print("ready", flush=True)
    if new == 50 and engine.find(parse("old"), 1, 5).total == 0:
        break
print(sorted(seen))
"""


def test_another_process_searches_on_while_the_index_is_swapped(engine, place):
    other = in_another_process("import time\n" + SEARCHER, place)
    assert other.stdout.readline() == "ready\n"

    def slowly():
        for document in NEW:
            time.sleep(0.01)
            yield document

    assert engine.replace_all(slowly()) == 50
    seen, _ = other.communicate(timeout=60)
    # At a swap between its two questions the other process may have seen the old and the new one.
    assert set(eval(seen)) <= {(50, 0), (50, 50), (0, 50)}
    assert (50, 0) in eval(seen)
    assert len(list(place.glob("index-*"))) == 1


def test_another_process_sees_each_change(engine, place):
    code = "engine = WhooshEngine(sys.argv[1])\nfor line in sys.stdin:\n"
    code += "    print(engine.find(parse(line), 1, 5).total, flush=True)\n"
    other = in_another_process(code, place, stdin=subprocess.PIPE)
    for number in range(5):
        other.stdin.write("fresh\n")
        other.stdin.flush()
        assert other.stdout.readline() == f"{number}\n"
        engine.put([Document(key=f"questions:{100 + number}", title="Fresh", text="")])
    engine.remove(["questions:100"])
    answer, _ = other.communicate("fresh\n", timeout=60)
    assert answer == "4\n"


def test_looking_whether_all_is_well_takes_nothing_into_memory(engine):
    engine.check()
    assert engine._snapshot is None


def contents(engine):
    return engine._latest().shelves


def test_many_changes_neither_scatter_nor_bloat_the_index(engine):
    for turn in range(60):
        engine.put(
            [
                replace(OLD[turn % 50], text=f"turn {turn}"),
                Document(f"questions:{turn + 100}", "New", ""),
            ]
        )
        shelves = contents(engine)
        assert len(shelves) <= 8
        deleted = sum(len(shelf.deleted()) for shelf in shelves)
        assert sum(map(len, shelves)) - deleted == 50 + turn + 1
    assert total(engine, "kettle") == 50
    assert total(engine, "new") == 60
    assert total(engine, '"turn 59"') == 1
    assert deleted <= 60


def test_a_segment_with_many_deleted_documents_is_written_anew(engine):
    engine.put([Document(f"questions:{n}", "New", "") for n in range(100, 300)])
    engine.remove([f"questions:{n}" for n in range(100, 200)])
    assert sum(len(shelf.deleted()) for shelf in contents(engine)) == 0
    assert total(engine, "new") == 100
    assert total(engine, "kettle") == 50


def test_threads_search_while_one_writes(engine):
    wrong = []

    def search():
        for _ in range(150):
            found = engine.find(parse("kettle steam"), 1, 5).total
            if found != 50:
                wrong.append(found)
            engine.similar("Old kettle 7", "", 3)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for turn in range(10):
        engine.put([replace(each, text=f"steam {turn}") for each in OLD[:20]])
    engine.replace_all(OLD)
    for thread in threads:
        thread.join()
    assert wrong == []


WRITER = """
engine = WhooshEngine(sys.argv[1])
for turn in range(10_000):
    documents = [Document(key=f"questions:{n}", title=f"Old kettle {turn}", text="steam")
                 for n in range(50)]
    if turn % 5 == 4:
        engine.replace_all(documents)
    else:
        engine.put(documents)
    print(turn, flush=True)
"""


def test_a_writer_that_is_killed_breaks_nothing_and_blocks_nobody(engine, place):
    for round_ in range(8):
        writer = in_another_process(WRITER, place)
        writer.stdout.readline()
        time.sleep(0.013 * round_)
        os.kill(writer.pid, signal.SIGKILL)
        writer.communicate()
        fresh = WhooshEngine(place, patience=5)
        assert total(fresh, "kettle") == total(engine, "kettle") == 50
        fresh.put(OLD)
        assert total(engine, "kettle") == 50
    assert len(list(place.glob("index-*"))) <= 2
    engine.replace_all(NEW)
    assert len(list(place.glob("index-*"))) == 1
    assert total(engine, "new") == 50


def test_who_writes_while_another_does_waits_and_then_gives_up(engine, place):
    other = WhooshEngine(place, patience=0.2)

    def meanwhile():
        with pytest.raises(Busy):
            other.put(NEW)
        assert total(other, "old") == 50
        yield from NEW

    engine.replace_all(meanwhile())
    other.put([Document(key="questions:99", title="New lid", text="")])
    assert total(engine, "new") == 51


def test_a_rebuild_that_fails_leaves_the_old_index(engine):
    def failing():
        yield NEW[0]
        message = "the database went away"
        raise OSError(message)

    with pytest.raises(OSError, match="the database"):
        engine.replace_all(failing())
    assert total(engine, "old") == 50


def damage_segment(place):
    for path in place.glob("index-*/*.seg"):
        middle = path.stat().st_size // 2
        with path.open("r+b") as file:
            file.seek(0)
            file.write(b"\xff" * (middle * 2))


def damage_contents(place):
    for path in place.glob("index-*/*.toc"):
        path.write_bytes(b"\x00" * 40)


def empty_contents(place):
    for path in place.glob("index-*/*.toc"):
        path.write_bytes(b"")


def lose_segments(place):
    for path in place.glob("index-*/*.seg"):
        path.unlink()


def lose_folder(place):
    for path in place.glob("index-*"):
        path.rename(place / "elsewhere")


def damage_pointer(place):
    (place / "current").write_text("../../etc")


@pytest.mark.parametrize(
    "damage",
    [damage_segment, damage_contents, empty_contents, lose_segments, lose_folder, damage_pointer],
)
def test_a_broken_index_is_called_unusable_and_a_rebuild_mends_it(engine, place, damage):
    damage(place)
    fresh = WhooshEngine(place)
    with pytest.raises(Unusable):
        fresh.check()
    with pytest.raises(Unusable):
        fresh.find(parse("kettle"), 1, 10)
    with pytest.raises(Unusable):
        fresh.put(NEW)
    fresh.replace_all(NEW)
    fresh.check()
    assert total(fresh, "new") == 50


def test_what_a_search_cannot_read_is_reported_to_the_worker(engine, place, monkeypatch):
    monkeypatch.setattr(folders, "REST", 0)

    def unreadable(*_arguments):
        raise pickle.UnpicklingError

    worker = WhooshEngine(place)
    worker.check()
    with monkeypatch.context() as broken:
        broken.setattr("community.search.whoosh_engine.shelf.Segment._postings", unreadable)
        with pytest.raises(Unusable):
            WhooshEngine(place).find(parse("kettle"), 1, 10)
    with pytest.raises(Unusable):
        worker.check()
    worker.replace_all(OLD)
    worker.check()


def test_an_index_in_an_older_format_is_not_read(engine, place):
    (index,) = place.glob("index-*")
    index.rename(place / "index-0-abc")
    Path(place / "current").write_text("index-0-abc")
    with pytest.raises(Unusable):
        WhooshEngine(place).check()
