"""Prepared replies: filled in, put into answers, counted."""

import pytest
from flask import session

from community.core import unsent
from community.core.errors import Forbidden, Invalid, NotFound
from community.panel.queries import replies as queries
from community.panel.services import replies
from community.questions.services import solving

BODY = "Hello {member}, about your {product}: see {link}. {me}, {brand}"


@pytest.fixture
def prepared(make):
    return replies.prepare_reply(make.admin("ada"), "Descale it", BODY, "en")


@pytest.fixture
def asked(make):
    return make.question(make.member("ann"), product=make.product("Kettle"))


def fill(log_in, who, reply, question, **more):
    sent = {"reply": str(reply.id)} | more
    return log_in(who).post(f"/admin/replies/for/{question.id}", data=sent)


def test_staff_find_it_above_their_answer_and_members_do_not(prepared, asked, make, log_in):
    address = f"/questions/{asked.id}/{asked.slug}"
    assert "Descale it" in log_in(make.staff()).get(address).text
    assert "Descale it" in log_in(make.moderator()).get(address).text
    assert "Descale it" not in log_in(make.member()).get(address).text


def test_its_places_are_filled_in_below_what_was_written(prepared, asked, make, log_in):
    sue = make.staff("sue")
    answer = fill(log_in, sue, prepared, asked, body="I looked at it.", is_partial="y")
    assert answer.headers["Location"].endswith(f"/questions/{asked.id}/{asked.slug}#your-answer")
    page = log_in(sue).get(f"/questions/{asked.id}/{asked.slug}").text
    assert "I looked at it.\n\nHello Ann, about your Kettle: see http" in page.replace("\r", "")
    assert f"/questions/{asked.id}/{asked.slug}. Sue, Tertulia" in page


def test_with_script_its_text_comes_alone(prepared, asked, make, log_in):
    client = log_in(make.staff("sue"))
    answer = client.post(
        f"/admin/replies/for/{asked.id}",
        data={"reply": str(prepared.id), "body": "x"},
        headers={"Accept": "application/json"},
    )
    assert answer.json["text"].startswith("Hello Ann, about your Kettle")
    with client:
        client.get("/tags")
        assert unsent.KEPT not in session


def test_members_cannot_use_it(prepared, asked, make, log_in):
    assert fill(log_in, make.member(), prepared, asked).status_code == 403


def test_it_counts_once_the_answer_is_sent_and_the_question_solved(prepared, asked, make, run_jobs):
    sue = make.staff("sue")
    question = queries.question_to_answer(asked.id)
    replies.use_reply(sue, prepared, question, question.author)
    assert [(each.uses, each.solved) for each in queries.counted()] == [(0, 0)]
    answer = make.answer(asked, sue)
    run_jobs()
    assert [(each.uses, each.solved) for each in queries.counted()] == [(1, 0)]
    solving.accept(question.author, asked, answer)
    assert [(each.uses, each.solved) for each in queries.counted()] == [(1, 1)]


def test_an_answer_of_somebody_else_is_no_use(prepared, asked, make, run_jobs):
    question = queries.question_to_answer(asked.id)
    replies.use_reply(make.staff(), prepared, question, question.author)
    make.answer(asked, make.staff())
    run_jobs()
    assert [(each.uses, each.solved) for each in queries.counted()] == [(0, 0)]


def test_a_place_that_nobody_can_fill_in_is_refused(make):
    with pytest.raises(Invalid) as refused:
        replies.prepare_reply(make.admin(), "Bad", "Hello {customer}", "en")
    assert "{customer}" in str(refused.value)


def test_an_admin_writes_changes_and_retires_one_on_the_page(log_in, make, asked):
    panel = log_in(make.admin())
    typed = {"title": "Warranty", "language": "es", "body": "Hola {member}"}
    assert panel.post("/admin/replies/new", data=typed).status_code == 303
    (made,) = queries.counted()
    address = f"/admin/replies/{made.reply.id}"
    assert "Hola {member}" in panel.get(address).text
    panel.post(address, data=typed | {"body": "Buenas, {member}"})
    assert queries.by_id(made.reply.id).body == "Buenas, {member}"
    wrong = panel.post(address, data=typed | {"body": "Hola {nadie}"})
    assert wrong.status_code == 422
    assert "Hola {nadie}" in wrong.text
    panel.post(f"{address}/retirement")
    assert queries.counted() == []
    with pytest.raises(NotFound):
        queries.by_id(made.reply.id)


def test_only_admins_prepare_replies(make):
    with pytest.raises(Forbidden):
        replies.prepare_reply(make.moderator(), "No", "No", "en")


def test_the_choice_costs_the_page_no_statement(prepared, asked, make, log_in, count_queries):
    client = log_in(make.staff())
    address = f"/questions/{asked.id}/{asked.slug}"
    client.get(address)
    with count_queries() as one:
        client.get(address)
    for number in range(5):
        replies.prepare_reply(make.admin(), f"Reply {number}", BODY, "en")
    client.get(address)
    with count_queries() as many:
        assert client.get(address).text.count("<option") >= 6
    assert len(many) == len(one)
