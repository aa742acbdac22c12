"""The sample community, in and out again."""

import pytest
from sqlalchemy import func, select

from community.core.audit import Act
from community.core.clock import now
from community.core.db import Model, db
from community.core.errors import Conflict
from community.members.models import Member
from community.questions.models import Answer, Question, QuestionKind, State
from community.search.models import SearchChange
from community.site import queries, samples
from community.site.samples.loading import load
from community.site.services import sample
from community.votes.services import cast_vote

# What is allowed to remember that there was a sample: the log of acts, the work still to do
# (the index forgets the questions), and the emptied list of products.
TRACES = {"changes", "acts", "jobs", "search_changes", "settings"}


def rows():
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table))
        for table in Model.metadata.sorted_tables
        if table.name not in TRACES
    }


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_shows_every_side_of_a_forum(language):
    assert load(language) >= 15
    asked = db.session.scalars(select(Question)).all()
    assert {each.purpose for each in asked} == set(QuestionKind)
    assert {each.state for each in asked} == set(State)
    assert all(each.lang == language for each in asked)
    assert any(each.duplicate_of_id for each in asked)
    assert any(each.answer_count == 0 for each in asked)
    assert db.session.scalar(select(func.count(Answer.id)).where(Answer.official_at.is_not(None)))
    assert all(each.created_at < now() for each in asked)


def test_both_languages_tell_the_same_number_of_stories():
    english, spanish = samples.read("en"), samples.read("es")
    for part in ("members", "products", "threads"):
        assert len(english[part]) == len(spanish[part])
    keys = [[thread["key"] for thread in each["threads"]] for each in (english, spanish)]
    assert keys[0] == keys[1]


def test_nobody_can_be_written_to_or_log_in_as_an_invented_member():
    load("en")
    invented = db.session.scalars(select(Member)).all()
    assert {(each.email, each.password_hash) for each in invented} == {(None, "")}


def test_it_is_not_loaded_twice():
    load("en")
    with pytest.raises(Conflict):
        load("es")


def test_it_goes_without_a_trace(make):
    make.answer(make.question(title="A real question about a real thing?", tags=("pump",)))
    before = rows()
    loaded = load("en")
    assert rows() != before
    removed = sample.remove()
    assert (removed.questions, removed.kept) == (loaded, [])
    assert rows() == before
    assert queries.sample_members() == []
    assert db.session.scalar(select(func.count(SearchChange.id))) >= loaded


def test_what_the_sample_did_is_not_in_the_log_of_acts_any_more():
    load("en")
    sample.remove()
    assert [act.name for act in db.session.scalars(select(Act))] == ["remove-sample"]


def test_a_conversation_that_a_real_member_joined_stays(make):
    load("en")
    joined = db.session.scalar(select(Question).where(Question.title.startswith("Very hard water")))
    ann = make.member("ann")
    make.answer(joined, ann, body="Use the filter in the tank, it is enough for this.")
    removed = sample.remove()
    assert removed.kept == [joined.title]
    assert queries.counts()["questions"] == 1
    assert queries.counts()["answers"] == 1
    names = set(db.session.scalars(select(Member.handle)))
    assert names == {"ann", "luis-ocampo"}
    assert sample.remove().questions == 0


def test_votes_of_real_members_on_it_go_with_it(make):
    load("en")
    before = db.session.scalars(select(Question)).first()
    cast_vote(make.member(), before, 1)
    assert sample.remove().kept == []
    assert queries.counts()["votes"] == 0
    assert queries.counts()["members"] == 1
