"""The pages from which moderators put threads in order."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from community.core.audit import Act
from community.core.clock import now
from community.core.db import db
from community.core.errors import Forbidden, Invalid
from community.products.models import Product
from community.questions import queries
from community.questions.models import QuestionKind
from community.questions.queries import lists
from community.questions.queries.lists import Filters
from community.questions.services import arranging, joining, pinning, solving
from community.questions.services.pinning import Pin
from tests.questions.test_thread import address

TITLE = "Water stands below the kettle"


def acts():
    return [each.name for each in db.session.scalars(select(Act).order_by(Act.id))]


def in_days(number):
    return now() + timedelta(days=number)


def test_one_page_leads_to_all_of_it(make, log_in):
    question = make.question()
    page = log_in(make.moderator()).get(f"/questions/{question.id}/order").text
    for part in ("merging", "split", "place", "purpose", "tags", "pin", "closure"):
        assert f'href="/questions/{question.id}/{part}"' in page
    assert f"post={question.id}&amp;act=slow" in page
    assert f"post={question.id}&amp;act=lock" in page


def test_the_way_to_it_stands_in_the_menu_of_those_who_may(make, log_in):
    question = make.question()
    own = make.member("own", moderated_products=[question.product_id])
    other = make.member("other", moderated_products=[make.product().id])
    link = f"/questions/{question.id}/order"
    assert link in log_in(own).get(address(question)).text
    for member in (other, make.staff("sam"), make.member("cat")):
        client = log_in(member)
        assert link not in client.get(address(question)).text
        assert client.get(link).status_code == 403


@pytest.mark.parametrize("part", ["order", "merging", "split", "purpose", "pin"])
def test_a_guest_is_sent_to_log_in(make, client, part):
    answer = client.get(f"/questions/{make.question().id}/{part}")
    assert "/login" in answer.location


# Merging


def test_moderators_merge_after_they_saw_what_happens(make, log_in, client):
    old, twin = make.question(title="The filter leaks"), make.question(title=TITLE)
    reply = make.answer(twin)
    mod = log_in(make.moderator())
    where = f"/questions/{twin.id}/merging"
    assert "Address or number" in mod.get(where).text
    shown = mod.get(f"{where}?into=%23{old.id}", follow_redirects=True).text
    assert "The filter leaks" in shown
    assert "1 answer goes there" in shown
    done = mod.post(f"{where}/{old.id}", data={"reason": "The same"})
    assert (done.status_code, done.location) == (303, address(old))
    for old_address in (address(twin), f"/questions/{twin.id}"):
        answer = client.get(old_address)
        assert (answer.status_code, answer.location) == (301, f"/questions/{old.id}")
    assert client.get(f"/answers/{reply.id}").location == address(old) + f"#answer-{reply.id}"
    page = client.get(address(old)).text
    assert "Also asked:" in page
    assert TITLE in page


@pytest.mark.parametrize("named", ["nonsense", "999999", "{itself}"])
def test_what_cannot_be_merged_is_said_and_what_was_typed_stays(make, log_in, named):
    twin = make.question(title=TITLE)
    named = named.format(itself=twin.id)
    answer = log_in(make.moderator()).get(f"/questions/{twin.id}/merging?into={named}")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert f'value="{named}"' in answer.text


def test_an_answer_to_a_thread_that_was_merged_meanwhile_is_not_lost(make, log_in):
    old, twin = make.question(title="The filter leaks"), make.question(title=TITLE)
    joining.merge(make.moderator(), twin, old)
    client = log_in(make.member("cat"))
    answer = client.post(f"/questions/{twin.id}/answers", data={"body": "Tighten the ring first."})
    assert answer.status_code in {403, 410}
    assert "Tighten the ring first." in answer.text
    assert f'action="/questions/{old.id}/answers"' in answer.text
    assert "made this thread a part of another one" in answer.text


def test_moderators_take_threads_apart_from_the_page(make, log_in, client):
    old, twin = make.question(title="The filter leaks"), make.question(title=TITLE)
    mia = make.moderator()
    joining.merge(mia, twin, old)
    mod = log_in(mia)
    where = f"/questions/{twin.id}/parting"
    assert where in mod.get(f"/questions/{old.id}/order").text
    assert "Take the threads apart" in mod.get(where).text
    assert mod.post(where, data={}).location == address(twin)
    assert client.get(address(twin)).status_code == 200
    assert mod.get(where).status_code == 409


# Splitting


def test_answers_are_chosen_with_boxes_and_get_a_title(make, log_in):
    question = make.question()
    answer = make.answer(question, body="And how do I clean the lid?")
    mod = log_in(make.moderator())
    where = f"/questions/{question.id}/split"
    assert "And how do I clean the lid?" in mod.get(where).text
    wrong = mod.post(where, data={"answers": answer.id, "title": "Short"})
    assert wrong.status_code == 422
    assert 'value="Short"' in wrong.text
    assert "checked" in wrong.text
    done = mod.post(where, data={"answers": answer.id, "title": "How do I clean the lid?"})
    assert done.location == f"/questions/{answer.id}/how-do-i-clean-the-lid"
    assert mod.post(where, data={"title": "How do I clean the lid?"}).status_code == 422


# What it is for


def test_moderators_change_what_a_thread_is_for(make, log_in):
    question = make.question()
    mod = log_in(make.moderator())
    done = mod.post(f"/questions/{question.id}/purpose", data={"purpose": "idea"})
    assert done.status_code == 303
    assert make.fresh(question).purpose == QuestionKind.IDEA
    assert "change-kind" in acts()


def test_only_staff_make_announcements_of_threads(make):
    question = make.question()
    arranging.change_kind(make.admin("eve"), question, QuestionKind.ANNOUNCEMENT)
    assert make.fresh(question).purpose == QuestionKind.ANNOUNCEMENT
    for kind in (QuestionKind.IDEA, QuestionKind.ANNOUNCEMENT):
        with pytest.raises(Forbidden):
            arranging.change_kind(make.moderator(), queries.by_id(question.id), kind)


def test_a_solved_question_does_not_become_praise(make):
    mia, question = make.moderator(), make.question()
    solving.accept(question.author, question, make.answer(question))
    with pytest.raises(Invalid):
        arranging.change_kind(mia, question, QuestionKind.PRAISE)
    arranging.change_kind(mia, queries.by_id(question.id), QuestionKind.COMPLAINT)


# Pinning


def test_what_is_pinned_stands_first_with_a_mark_and_once(make, client, log_in):
    old, new = make.question(title="The oldest of all"), make.question(title="Younger than it")
    mod = log_in(make.moderator())
    where = f"/questions/{old.id}/pin"
    assert mod.post(where, data={"days": 7, "where": "all"}).status_code == 303
    page = client.get("/questions").text
    assert (
        page.index(old.title) < page.index("Pinned", page.index(old.title)) < page.index(new.title)
    )
    assert page.count(f">{old.title}<") == 1
    assert "2 questions" in page
    assert old.title in client.get(f"/products/{product_slug(new)}").text
    assert mod.post(f"{where}/removal").status_code == 303
    assert "Pinned" not in client.get("/questions").text


def product_slug(question):
    return db.session.get(Product, question.product_id).slug


def test_a_pin_of_a_product_holds_for_its_lists_alone_and_ends(make):
    old, new = make.question(), make.question()
    mia = make.moderator()
    pinning.pin(mia, old, Pin(until=in_days(1)))
    first, rest = lists.with_pinned(Filters(product_id=old.product_id), 1)
    assert ([each.id for each in first], list(rest.items)) == ([old.id], [])
    for filters in (Filters(), Filters(product_id=new.product_id)):
        assert lists.with_pinned(filters, 1)[0] == []
    narrowed = Filters(product_id=old.product_id, sort="votes")
    assert [each.id for each in lists.with_pinned(narrowed, 1)[1].items] == [old.id]
    make.fresh(old).pinned_until = now()
    assert lists.with_pinned(Filters(product_id=old.product_id), 1)[0] == []


def test_moderators_of_a_product_pin_in_it_alone(make):
    question = make.question()
    one = make.member("one", moderated_products=[question.product_id])
    pinning.pin(one, question, Pin(until=in_days(1)))
    with pytest.raises(Forbidden):
        pinning.pin(one, queries.by_id(question.id), Pin(until=in_days(1), everywhere=True))
    pinning.pin(
        make.moderator(), queries.by_id(question.id), Pin(until=in_days(1), everywhere=True)
    )
    with pytest.raises(Forbidden):
        pinning.unpin(one, queries.by_id(question.id))
    assert acts()[-2:] == ["pin", "pin"]


@pytest.mark.parametrize("days", [-1, 400])
def test_a_pin_ends_within_a_year(make, days):
    with pytest.raises(Invalid):
        pinning.pin(make.moderator(), make.question(), Pin(until=in_days(days)))


def test_pinned_questions_cost_one_statement_however_many(make, count_queries):
    mia = make.moderator()
    counts = []
    for _ in range(2):
        for _ in range(2):
            pinning.pin(mia, make.question(), Pin(until=in_days(1), everywhere=True))
            make.question()
        with count_queries() as statements:
            lists.with_pinned(Filters(), 1)
        counts.append(len(statements))
    assert counts == [4, 4]
