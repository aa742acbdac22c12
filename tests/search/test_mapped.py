"""Segments are read where the system maps them, and not copied into each process."""

import io
import mmap

import pytest

from community.search.engine import Document
from community.search.query import parse
from community.search.whoosh_engine.engine import WhooshEngine
from community.search.whoosh_engine.mapped import BufferFile, MappedFile, MappedFiles, Window

BYTES = b"one\ntwo\nthree"


@pytest.fixture
def engine(tmp_path):
    engine = WhooshEngine(tmp_path)
    engine.replace_all(
        [
            Document(f"questions:{n}", f"Printer {n}", f"It says paper jam number{n}.")
            for n in range(9)
        ]
    )
    return engine


@pytest.mark.parametrize("whence", [io.SEEK_SET, io.SEEK_CUR, io.SEEK_END])
def test_a_window_is_read_like_a_file(whence):
    window, file = Window(memoryview(BYTES)), io.BytesIO(BYTES)
    for offset in (2, -3, 0, 5):
        try:
            there = file.seek(offset, whence)
        except ValueError:
            continue  # Before the beginning.
        assert window.seek(offset, whence) == there
        assert window.read(4) == file.read(4)
        assert window.readline() == file.readline()
        assert window.tell() == file.tell()
        assert window.read() == file.read()
        assert window.read(1) == b""


def test_parts_and_numbers_are_read_as_whoosh_reads_them():
    packed = bytes(range(200))
    mine, theirs = MappedFile(memoryview(packed), "a"), BufferFile(packed, "a")
    for file in (mine, theirs), (mine.subset(8, 100), theirs.subset(8, 100)):
        for name in ("get_byte", "get_ushort", "get_int", "get_uint", "get_long", "get_float"):
            assert getattr(file[0], name)(16) == getattr(file[1], name)(16)
        assert file[0].get_array(4, "I", 5) == file[1].get_array(4, "I", 5)
        assert file[0].read(7) == file[1].read(7)


def test_nothing_of_an_index_is_copied_before_it_is_read(engine):
    assert engine.find(parse("paper number3"), 1, 10).total == 1
    for segment in engine._snapshot.segments.values():
        files = segment._reader._storage.a
        assert isinstance(files, MappedFiles)
        assert isinstance(files._source, mmap.mmap)
        for name in files.list():
            assert isinstance(files.open_file(name).file, Window)


def test_an_index_that_is_replaced_is_let_go_of(engine):
    assert engine.find(parse("paper"), 1, 10).total == 9
    engine.put([Document("questions:99", "Scanner", "Another thing with paper.")])
    assert engine.find(parse("paper"), 1, 10).total == 10
    assert engine.replace_all([Document("questions:1", "Scanner", "No paper.")]) == 1
    assert engine.find(parse("paper"), 1, 10).total == 1


def test_a_process_in_which_nobody_waits_keeps_nothing_and_finds_the_same(engine):
    query = parse("paper number3")
    found = engine.find(query, 1, 10)
    engine.spare_memory()
    assert engine._snapshot is None
    assert engine.find(query, 1, 10) == found
    assert engine.similar("Printer", "paper jam", 3)
    for segment in engine._snapshot.segments.values():
        assert not segment._reader._storage.a._source
    engine.spare_memory()
