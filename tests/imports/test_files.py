"""Files as streams: every good row, then the place of the damage."""

import tracemalloc

import pytest

from community.imports.errors import Damaged
from community.imports.readers import files
from community.imports.readers.files import CsvRows, XmlRows, find


def all_of(rows):
    """Return the rows before the damage, and the damage or None."""
    good = []
    try:
        good.extend(rows)
    except Damaged as damage:
        return good, damage
    return good, None


def write(path, text):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_files_are_found_in_any_case(tmp_path):
    write(tmp_path / "POSTS.XML", "")
    assert find(tmp_path, "Posts.xml") == tmp_path / "POSTS.XML"
    assert find(tmp_path, "Votes.xml") is None


def test_xml_rows_are_their_attributes(tmp_path):
    path = write(
        tmp_path / "a.xml", '\ufeff<tags>\n<row Id="1" T="a &lt;b&gt;"/><row Id="2"/></tags>'
    )
    assert list(XmlRows(path)) == [{"Id": "1", "T": "a <b>"}, {"Id": "2"}]


def test_a_truncated_xml_file_yields_all_before_the_end_and_names_the_place(tmp_path):
    text = '<posts>\n  <row Id="1" />\n  <row Id="2" />\n  <row Id="3" Bo'
    good, damage = all_of(XmlRows(write(tmp_path / "Posts.xml", text)))
    assert [row["Id"] for row in good] == ["1", "2"]
    assert (damage.line, damage.offset) == (4, text.index('<row Id="3"'))
    assert str(damage) == f"Posts.xml, line 4, byte {damage.offset}: unclosed token"


@pytest.mark.parametrize(
    "middle",
    ['<row Id="3" Id="4" />', "<row Id=3 />", "\x00", '<row Id="&#0;" />', b"\xff\xfe", "</rows>"],
)
def test_damage_in_the_middle_keeps_what_came_before(tmp_path, middle):
    middle = middle if isinstance(middle, bytes) else middle.encode()
    text = b'<p>\n<row Id="1"/>\n' + middle + b'\n<row Id="9"/></p>'
    good, damage = all_of(XmlRows(write(tmp_path / "Posts.xml", text)))
    assert [row["Id"] for row in good] == ["1"]
    assert damage.line == 3


def test_an_empty_xml_file_is_damage_at_its_start(tmp_path):
    good, damage = all_of(XmlRows(write(tmp_path / "Posts.xml", "")))
    assert good == []
    assert (damage.line, damage.offset) == (1, 0)


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE p [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE p [<!ENTITY % b SYSTEM "http://127.0.0.1/x.dtd"> %b;]>',
        '<!DOCTYPE p SYSTEM "http://127.0.0.1/x.dtd">',
    ],
)
def test_a_document_type_is_refused_before_any_entity(tmp_path, declared):
    text = f'<?xml version="1.0"?>\n{declared}<p><row Id="&b;"/></p>'
    good, damage = all_of(XmlRows(write(tmp_path / "Posts.xml", text)))
    assert good == []
    assert damage.line == 2
    assert "document type" in damage.reason


def test_a_row_without_end_is_refused_before_it_fills_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LARGEST_ROW", 300_000)
    monkeypatch.setattr(files, "CHUNK", 100_000)
    text = '<p><row Id="1"/><row Body="' + "x" * 2_000_000
    reader = XmlRows(write(tmp_path / "Posts.xml", text))
    good, damage = all_of(reader)
    assert len(good) == 1
    assert "300000 bytes" in damage.reason
    assert reader.position <= 500_000


def test_memory_does_not_grow_with_the_file(tmp_path):
    row = '<row Id="1" Body="' + "x" * 1000 + '"/>\n'
    path = write(tmp_path / "Posts.xml", "<p>" + row * 20_000 + "</p>")
    tracemalloc.start()
    assert sum(1 for _ in XmlRows(path)) == 20_000
    assert tracemalloc.get_traced_memory()[1] < path.stat().st_size / 5
    tracemalloc.stop()


def test_progress_counts_bytes_up_to_the_size(tmp_path):
    xml = XmlRows(write(tmp_path / "a.xml", "<p>" + "<row/>" * 1000 + "</p>"))
    table = CsvRows(write(tmp_path / "a.csv", "a,b\n" + "1,2\n" * 1000))
    for reader, expected in ((xml, 1000), (table, 1000)):
        assert sum(1 for _ in reader) == expected
        assert reader.position == reader.size


def test_csv_rows_know_their_columns(tmp_path):
    path = write(tmp_path / "a.csv", '\ufeffid,content\r\n1,"two\nlines, ""quoted"""\r\n')
    assert list(CsvRows(path)) == [{"id": "1", "content": 'two\nlines, "quoted"'}]


def test_a_csv_row_of_another_width_comes_empty_and_the_next_ones_still_come(tmp_path):
    path = write(tmp_path / "a.csv", "id,b\n1,2\n1,2,3\n4,5\n")
    assert list(CsvRows(path)) == [{"id": "1", "b": "2"}, {}, {"id": "4", "b": "5"}]


@pytest.mark.parametrize(
    ("end", "line", "reason"),
    [
        ('2,"an open quote\nand more\n', 3, "unexpected end of data"),
        ("2", 3, "the file ends in the middle of a row (1 columns)"),
    ],
)
def test_a_truncated_csv_file_yields_all_before_the_end(tmp_path, end, line, reason):
    path = write(tmp_path / "answers.csv", "id,b\n1,2\n" + end)
    good, damage = all_of(CsvRows(path))
    assert [row["id"] for row in good] == ["1"]
    assert (damage.line, damage.reason) == (line, reason)


def test_bytes_that_are_no_text_are_damage_at_their_line(tmp_path):
    path = write(tmp_path / "answers.csv", b"id,b\n1,2\n3,\xff\n5,6\n")
    good, damage = all_of(CsvRows(path))
    assert [row["id"] for row in good] == ["1"]
    assert (damage.line, damage.offset) == (3, 9)
