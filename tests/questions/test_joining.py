"""Making one thread of two, and two of one again: nothing is lost, and all numbers stay right."""

import pytest
from sqlalchemy import select

from community.core.audit import Act
from community.core.db import db
from community.core.errors import Conflict, Forbidden, Invalid
from community.imports.models import OldId
from community.posts.models import Post
from community.questions import queries
from community.questions.models import CloseReason, Draft, Follow, MeToo, Question
from community.questions.queries import documents, lists, threads
from community.questions.queries.lists import Filters
from community.questions.services import (
    answering,
    closing,
    drafting,
    following,
    joining,
    solving,
)
from community.reputation.services import booking
from tests.factories import keep


@pytest.fixture
def mia(make):
    return make.moderator("mia")


@pytest.fixture
def old(make):
    return make.question(make.member("ann"), title="The filter leaks", tags=("leak",))


@pytest.fixture
def twin(make):
    body = "There is a puddle below my kettle."
    return make.question(make.member("bea"), title="Water below it", body=body, tags=("leak",))


def members_of(table, question):
    rows = select(table.member_id).where(table.question_id == question.id)
    return set(db.session.scalars(rows))


def of_thread(question):
    rows = select(Post.id).where(queries.belongs_to(question.id))
    return set(db.session.scalars(rows))


def test_replies_go_along_and_keep_their_numbers(make, mia, old, twin):
    answer, remark = make.answer(twin), make.comment(twin)
    below, own = make.comment(answer), make.answer(old)
    joining.merge(mia, twin, old)
    assert of_thread(old) == {answer.id, remark.id, below.id, own.id}
    for post in (answer, remark, below):
        assert make.fresh(post).product_id == old.product_id
    assert make.fresh(remark).parent_id == old.id
    assert make.fresh(below).parent_id == answer.id
    assert (make.fresh(old).answer_count, make.fresh(twin).answer_count) == (2, 0)


def test_a_merged_question_is_in_no_list_and_no_count(make, mia, old, twin):
    joining.merge(mia, twin, old)
    assert [each.id for each in lists.listed(Filters(), 1).items] == [old.id]
    [tag] = queries.tags_of(old)
    assert make.fresh(tag).question_count == 1
    assert list(documents.documents_of([twin.id])) == []
    [found] = documents.documents_of([old.id])
    assert "Water below it" in found.text
    assert "There is a puddle below my kettle." in found.text


def test_what_moderators_hid_of_it_is_not_searched(make, mia, old, twin):
    joining.merge(mia, twin, old)
    make.hidden(twin, mia)
    [found] = documents.documents_of([old.id])
    assert "puddle" not in found.text


def test_members_go_along_once_and_the_other_asker_has_it_too(make, mia, old, twin):
    cat, dan = make.member("cat"), make.member("dan")
    for question in (old, twin):
        following.have_too(cat, question)
    following.have_too(dan, twin)
    keep(MeToo(member_id=None, question_id=twin.id))
    joining.merge(mia, twin, old)
    assert members_of(MeToo, old) == {cat.id, dan.id, twin.author_id, None}
    assert members_of(Follow, old) == {old.author_id, cat.id, dan.id, twin.author_id}
    assert (make.fresh(old).me_too_count, make.fresh(twin).me_too_count) == (4, 0)


def test_the_solution_comes_along_if_there_is_none(make, mia, old, twin):
    answer = make.answer(twin)
    solving.accept(twin.author, twin, answer)
    joining.merge(mia, twin, old)
    assert (make.fresh(old).solution_id, old.state) == (answer.id, "solved")


def test_a_solution_stays_and_no_helper_loses_reputation(make, mia, old, twin):
    ben, cam = make.member("ben"), make.member("cam")
    kept, other = make.answer(old, ben), make.answer(twin, cam)
    solving.accept(old.author, old, kept)
    solving.accept(twin.author, twin, other)
    everybody = [ben, cam, old.author, twin.author]
    booking.settle(kept.id, other.id)
    before = [make.fresh(each).reputation for each in everybody]
    assert before[1] > before[3] > 1
    joining.merge(mia, twin, old)
    booking.settle(kept.id, other.id)
    assert make.fresh(old).solution_id == kept.id
    assert [make.fresh(each).reputation for each in everybody] == before


def test_votes_stay_on_their_posts(make, mia, old, twin):
    answer = make.answer(twin)
    make.voted(twin)
    make.voted(answer)
    joining.merge(mia, twin, old)
    assert [make.fresh(each).score for each in (old, twin, answer)] == [0, 1, 1]


def test_duplicates_and_earlier_merges_lead_to_the_last(make, mia, old, twin):
    first, second = make.question(), make.question()
    closing.close(mia, first, CloseReason.DUPLICATE, twin)
    joining.merge(mia, second, twin)
    joining.merge(mia, twin, old)
    assert make.fresh(first).duplicate_of_id == old.id
    assert make.fresh(second).merged_into_id == old.id


def test_what_somebody_was_writing_stands_at_the_other_question(make, mia, old, twin):
    cat = make.member("cat")
    drafting.keep_draft(cat, f"answer:{twin.id}", {"body": "I think"})
    joining.merge(mia, twin, old)
    assert queries.fields_of_draft(cat, f"answer:{old.id}") == {"body": "I think"}
    assert db.session.scalar(select(Draft.id).where(Draft.place == f"answer:{twin.id}")) is None


def test_nothing_more_happens_to_a_merged_question(make, mia, old, twin):
    cat, another = make.member("cat"), make.question()
    joining.merge(mia, twin, old)
    for act in (
        lambda merged, _another: make.answer(merged, cat),
        lambda merged, _another: following.have_too(cat, merged),
        lambda merged, _another: closing.close(mia, merged, CloseReason.OUTDATED),
        lambda merged, another: joining.merge(mia, merged, another),
        lambda merged, another: joining.merge(mia, another, merged),
    ):
        with pytest.raises(Forbidden):
            act(queries.by_id(twin.id), queries.by_id(another.id))


def test_a_question_is_not_merged_with_itself_nor_in_a_circle(make, mia, old, twin):
    with pytest.raises(Invalid):
        joining.merge(mia, old, old)
    closing.close(mia, queries.by_id(old.id), CloseReason.DUPLICATE, queries.by_id(twin.id))
    with pytest.raises(Invalid):
        joining.merge(mia, queries.by_id(twin.id), queries.by_id(old.id))


def test_only_moderators_of_both_products_merge_and_part(make, old, twin):
    sam = make.staff("sam")
    one = make.member("one", moderated_products=[old.product_id])
    both = make.member("both", moderated_products=[old.product_id, twin.product_id])
    for other in (sam, one, make.fresh(twin).author):
        with pytest.raises(Forbidden):
            joining.merge(other, queries.by_id(twin.id), queries.by_id(old.id))
    joining.merge(both, queries.by_id(twin.id), queries.by_id(old.id), "The same")
    with pytest.raises(Forbidden):
        joining.part(one, queries.by_id(twin.id))
    acts = select(Act).where(Act.name == "merge")
    [act] = db.session.scalars(acts)
    assert (act.actor_id, act.subject) == (both.id, f"posts:{twin.id}")
    assert (act.after, act.reason) == (old.id, "The same")


def snapshot(*questions):
    names = ("answer_count", "me_too_count", "state", "solution_id", "solved_at", "duplicate_of_id")
    names += ("merged_into_id", "product_id", "active_at", "indexable_since")
    found = []
    for question in questions:
        db.session.refresh(question, names)
        found += [getattr(question, name) for name in names]
        found += [of_thread(question), members_of(MeToo, question), members_of(Follow, question)]
    return found


def test_parting_restores_both_exactly(make, mia, old, twin):
    cat = make.member("cat")
    for question in (old, twin):
        following.have_too(cat, question)
    following.have_too(make.member("dan"), twin)
    make.answer(old)
    answer = make.answer(twin)
    make.comment(answer)
    make.comment(twin)
    solving.accept(twin.author, twin, answer)
    closing.close(mia, make.question(), CloseReason.DUPLICATE, twin)
    before = snapshot(old, twin)
    joining.merge(mia, twin, old)
    assert snapshot(old, twin) != before
    joining.part(mia, twin)
    assert snapshot(old, twin) == before
    assert {each.id for each in lists.listed(Filters(), 1).items} >= {old.id, twin.id}


def test_what_came_after_the_merge_stays_but_comments_follow_their_answer(make, mia, old, twin):
    answer = make.answer(twin)
    joining.merge(mia, twin, old)
    into = queries.by_id(old.id)
    late, below = make.answer(into), make.comment(queries.answer_by_id(answer.id))
    joining.part(mia, twin)
    assert of_thread(old) == {late.id}
    assert of_thread(twin) == {answer.id, below.id}


def test_a_solution_marked_after_the_merge_does_not_leave(make, mia, old, twin):
    answer = make.answer(twin)
    joining.merge(mia, twin, old)
    into = queries.by_id(old.id)
    solving.accept(into.author, into, make.fresh(answer))
    with pytest.raises(Invalid):
        joining.part(mia, queries.by_id(twin.id))
    into = queries.by_id(old.id)
    solving.take_back_solution(mia, into, queries.answer_by_id(answer.id))
    joining.part(mia, queries.by_id(twin.id))
    with pytest.raises(Conflict):
        joining.part(mia, queries.by_id(twin.id))


def test_a_thread_shows_what_became_a_part_of_it(make, mia, old, twin):
    joining.merge(mia, twin, old)
    db.session.expire_all()
    shown = threads.thread(old.id, 1, mia).question
    assert [(each.title, each.author.handle) for each in shown.merged] == [
        ("Water below it", "bea")
    ]


def test_settling_a_merged_thread_again_changes_nothing(make, mia, old, twin):
    solving.accept(twin.author, twin, make.answer(twin))
    joining.merge(mia, twin, old)
    before = snapshot(old, twin)
    assert isinstance(db.session.get(Question, twin.id), Question)
    answering.settle(make.fresh(twin))
    answering.settle(make.fresh(old))
    assert snapshot(old, twin) == before


def test_both_askers_hear_of_it_once(make, mia, old, twin, run_jobs, log_in):
    askers = [old.author, twin.author]
    joining.merge(mia, twin, old)
    run_jobs()
    for asker, title in zip(askers, ("The filter leaks", "Water below it"), strict=True):
        client = log_in(asker)
        page = client.get("/notifications").text
        assert page.count("brought your question") == 1
        assert title in page


def test_old_addresses_of_an_import_lead_on(make, mia, old, twin, client):
    answer = make.answer(twin)
    for kind, post in (("questions", twin), ("answers", answer)):
        keep(OldId(source="kitsune", kind=kind, old_id="77", post_id=post.id))
    joining.merge(mia, twin, old)
    shown = client.get("/imported/kitsune/q/77", follow_redirects=True)
    assert shown.request.path == f"/questions/{old.id}/{old.slug}"
    shown = client.get("/imported/kitsune/a/77", follow_redirects=True)
    assert shown.request.path == f"/questions/{old.id}/{old.slug}"
