"""What the readers make of whole communities, made up and real."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from community.imports.errors import Damaged, NothingToImport
from community.imports.readers import kitsune as kitsune_reader
from community.imports.readers import records, stack_exchange
from community.imports.readers.records import Author, Changed, Closing, Ignored, Skipped, Version
from community.imports.readers.values import EPOCH, dated, moment, tag_names

LATEST = datetime(2026, 11, 22, tzinfo=UTC)


def outcomes(source, kind):
    """Return everything that the steps of a kind yield, but what is left to other steps."""
    return [
        outcome
        for step in source.steps
        if step.kind == kind
        for taken in step.read()
        for outcome in taken.outcomes
        if not isinstance(outcome, Ignored)
    ]


def counts(source):
    """Count records by kind of step; rows that are skipped count as nothing."""
    found = Counter()
    for kind in {step.kind for step in source.steps}:
        every = outcomes(source, kind)
        found[kind] = sum(not isinstance(each, Skipped | Changed) for each in every)
    return found


@pytest.fixture
def dump(kettles):
    return stack_exchange.source(kettles, LATEST)


@pytest.fixture
def export(kitsune):
    return kitsune_reader.source(kitsune, LATEST)


def test_questions_come_with_all_that_the_dump_tells(dump):
    first = outcomes(dump, "questions")[0]
    assert first.title == "Are white flakes in the water dangerous?"
    assert first.author == Author("1")
    assert first.asked_at == datetime(2019, 3, 1, 10, tzinfo=UTC)
    assert first.active_at == datetime(2019, 3, 3, 8, tzinfo=UTC)
    assert (first.views, first.tags) == (120, ("descaling",))
    assert "<em>dangerous</em>" in first.html


def test_tags_are_read_in_the_old_and_the_new_way():
    assert tag_names("<a><b>") == tag_names("|a|b|") == tag_names("a;b;a;") == ("a", "b")
    assert tag_names("") == ()


def test_posts_of_other_kinds_are_skipped_with_their_kind(dump):
    skipped = [each for each in outcomes(dump, "questions") if isinstance(each, Skipped)]
    assert skipped == [
        Skipped("excerpt of a tag wiki", "other posts"),
        Skipped("tag wiki", "other posts"),
        Skipped("without Body"),
    ]


def test_the_name_of_a_deleted_person_is_kept(dump):
    authors = [each.author for each in outcomes(dump, "answers") if hasattr(each, "author")]
    assert Author(None, "user99") in authors


def test_votes_are_those_up_and_down(dump):
    votes = outcomes(dump, "votes")
    assert [each.value for each in votes if isinstance(each, records.Vote)] == [
        1,
        1,
        1,
        1,
        1,
        -1,
        1,
    ]
    assert Skipped("bookmark", "other votes") in votes


def test_rows_of_one_revision_become_one_version(dump):
    history = outcomes(dump, "revisions")
    first, _answer, second, third = (each for each in history if isinstance(each, Version))
    assert (first.title, first.tags) == ("White flakes?", ("noise",))
    assert (second.body, second.tags, second.comment) == (None, ("descaling",), "say what they are")
    assert third.author == Author(None, "user99")
    assert [each.reason for each in history if isinstance(each, Closing)] == ["duplicate"]


def test_a_history_that_breaks_off_keeps_the_version_before_it(kettles):
    path = kettles / "PostHistory.xml"
    path.write_text(path.read_text().split('<row Id="7"')[0])
    step = stack_exchange.source(kettles, LATEST).steps[-1]
    taken = []
    with pytest.raises(Damaged):
        taken.extend(step.read())
    assert taken[-1].row == 6
    assert taken[-1].outcomes[-1].comment == "say what they are"


def test_missing_files_are_named(kettles):
    (kettles / "Votes.xml").unlink()
    (kettles / "Badges.xml").rename(kettles / "badges.XML")
    source = stack_exchange.source(kettles, LATEST)
    assert source.missing == ("Votes.xml",)
    assert "badges" in {step.kind for step in source.steps}


@pytest.mark.parametrize("reader", [stack_exchange, kitsune_reader])
def test_a_folder_without_any_file_is_refused(reader, tmp_path):
    with pytest.raises(NothingToImport):
        reader.source(tmp_path, LATEST)


def test_kitsune_tells_language_product_topic_and_flags(export):
    first, second, third, short = outcomes(export, "questions")
    assert (first.locale, first.product, first.topic) == (
        "en-US",
        "glass-kettle",
        "lids-and-handles",
    )
    assert (first.tags, first.me_too, first.is_archived) == (("lid", "fix-problems"), 4, True)
    assert (second.locale, second.is_locked, second.is_spam) == ("es", True, False)
    assert third.is_spam
    assert (short.old_id, short.is_archived) == ("504", False)


def test_kitsune_members_come_once(export):
    names = [each.name for each in outcomes(export, "members")]
    assert names == ["pia", "someone@example.com", "seller1", "rolf"]


def test_kitsune_votes_are_counted_facts_with_ids_of_their_own(export):
    votes = outcomes(export, "votes")
    assert sum(each.value for each in votes) == 2 - 1 - 3
    assert len({each.old_id for each in votes}) == len(votes) == 6


def test_kitsune_solutions(export):
    assert outcomes(export, "solutions") == [records.Solution("501", "9001")]


def test_dates_are_utc_and_never_in_the_future():
    assert moment("2021-04-27T14:55:06.047") == datetime(2021, 4, 27, 14, 55, 6, 47000, tzinfo=UTC)
    assert moment("2024-01-01 01:04:34 +0100") == datetime(2024, 1, 1, 0, 4, 34, tzinfo=UTC)
    assert moment("0001-01-01 00:00:00 +0100") is None
    assert dated("2999-01-01T00:00:00", LATEST)[0] == LATEST
    assert dated("soon", LATEST) == (EPOCH, (Changed("no readable date: dated 1 January 1970"),))
    assert dated("1969-07-20T20:17:40", LATEST)[0].year == 1969


def test_a_file_is_recognised_by_its_first_row(dump):
    marks = {step.name: step.fingerprint() for step in dump.steps}
    assert marks["questions"] == marks["answers"] == "1 2019-03-01T10:00:00.000"


def test_a_broken_row_is_skipped_and_the_rest_comes(kettles):
    path = kettles / "Badges.xml"
    broken = path.read_text().replace(' Id="1"', ' Idx="1"')
    path.write_text(broken.replace('10:40:00.000" Class="3"', '10:40:00.000" Class="gold"', 1))
    found = outcomes(stack_exchange.source(kettles, LATEST), "badges")
    assert Skipped("without Id") in found
    assert Skipped("with a number that is none") in found
    assert found[-1].old_id == "3"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cardano", {"questions": 1042, "answers": 1496, "comments": 1829, "members": 3988,
                     "badges": 4467, "tags": 224, "votes": 7872, "solutions": 459}),
        ("bicycles-meta", {"questions": 453, "answers": 971, "comments": 2448, "members": 2551,
                           "badges": 6585, "tags": 94, "votes": 5417, "solutions": 157}),
    ],
)  # fmt: skip
def test_real_dumps_come_in_whole(real, name, expected):
    found = counts(stack_exchange.source(real(name), LATEST))
    assert {kind: found[kind] for kind in expected} == expected


def test_a_real_export_comes_in_whole(real):
    found = counts(kitsune_reader.source(real("thunderbird-2024/native"), LATEST))
    assert (found["questions"], found["answers"], found["solutions"]) == (15247, 31895, 1881)
