"""Answering and commenting on the page of a question."""

import re
from datetime import timedelta

import pytest

from community.core.clock import now
from community.core.db import lock, speaks_postgresql, transaction
from community.questions import queries
from community.questions.models import Answer, CloseReason, Comment, State
from community.questions.queries import threads
from community.questions.services import closing, drafting, editing, pacing
from community.questions.threads import settle
from tests.questions.test_thread import address

TEXT = "Rinse it with **cold** water."
NOT_SENT = "Here is your text. It has not been sent yet."


def answers_of(question, viewer):
    return threads.thread(question.id, 1, viewer).answers.items


def is_ticked(page, name):
    (box,) = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
    return "checked" in box


def test_a_member_answers_and_lands_on_the_answer(make, client, log_in):
    question, ben = make.question(), make.member("ben")
    log_in(ben)
    sent = client.post(f"/questions/{question.id}/answers", data={"body": TEXT})
    (answer,) = answers_of(question, ben)
    assert (sent.status_code, sent.location) == (303, f"{address(question)}#answer-{answer.id}")
    page = client.get(sent.location).text
    assert "<strong>cold</strong>" in page
    assert "Your answer is online" in page
    assert make.fresh(question).state == State.RESPONDED


def test_an_answer_is_one_transaction_that_writes_and_few_statements(
    make, client, log_in, count_queries
):
    question, ben = make.question(), make.member("ben", trust_level=2)
    page = log_in(ben).get(address(question)).text
    data = {
        "body": TEXT,
        "submission_key": re.search(r'name="submission_key" value="([^"]+)"', page)[1],
    }
    with count_queries() as sql:
        assert client.post(f"/questions/{question.id}/answers", data=data).status_code == 303
    changes = [each for each in sql if each.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not [each for each in sql if "UPDATE sessions" in each]
    assert len([each for each in changes if "INTO posts" in each or "UPDATE posts" in each]) == 2
    assert len([each for each in changes if "INTO jobs" in each]) == 1
    # Some more with PostgreSQL, which is asked for locks.
    assert len(sql) <= (24 if speaks_postgresql() else 19), "\n".join(sql)


def test_an_answer_is_written_with_what_it_changes_about_its_thread(make, client, log_in):
    ann, ben = make.member("ann"), make.member("ben")
    question = make.question(ann)
    before = question.content_changed_at
    log_in(ben).post(f"/questions/{question.id}/answers", data={"body": TEXT})
    (answer,) = answers_of(question, ben)
    written = make.fresh(question)
    assert (written.answer_count, written.state) == (1, State.RESPONDED)
    assert written.active_at == answer.created_at
    assert written.content_changed_at > before
    facts = ("answer_count", "state", "active_at", "indexable_since")
    told = [getattr(written, name) for name in facts]
    transaction(lambda: settle(lock(written)))()
    assert [getattr(written, name) for name in facts] == told


def test_what_an_answer_means_comes_along(make, client, log_in):
    question = make.question()
    log_in(make.member())
    data = {"body": TEXT, "is_partial": "y"}
    client.post(f"/questions/{question.id}/answers", data=data)
    assert make.fresh(question).state == State.NEEDS_ATTENTION
    log_in(make.member())
    data = {"body": "Which model is it?", "asks_for_info": "y"}
    client.post(f"/questions/{question.id}/answers", data=data)
    assert make.fresh(question).state == State.NEEDS_INFO


def test_the_asker_ticks_neither_box(make, client, log_in):
    question = make.question()
    page = log_in(question.author).get(address(question)).text
    assert 'name="body"' in page
    assert 'name="is_partial"' not in page


def test_the_same_form_sent_twice_is_one_answer(make, client, log_in):
    question, ben = make.question(), make.member()
    log_in(ben)
    page = client.get(address(question)).text
    key = re.search(r'name="submission_key" value="([^"]+)"', page)[1]
    data = {"body": TEXT, "submission_key": key}
    first = client.post(f"/questions/{question.id}/answers", data=data)
    second = client.post(f"/questions/{question.id}/answers", data=data)
    assert first.location == second.location
    assert len(answers_of(question, ben)) == 1


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", "Write your answer first."),
        ("  \n ", "Write your answer first."),
        ("x" * 30_001, "30000"),
    ],
)
def test_what_cannot_be_an_answer_is_said_above_the_kept_text(make, client, log_in, body, problem):
    question, ben = make.question(), make.member()
    log_in(ben)
    page = client.post(f"/questions/{question.id}/answers", data={"body": body, "is_partial": "y"})
    assert page.status_code == 422
    assert problem in page.text
    assert body.strip() in page.text
    assert is_ticked(page.text, "is_partial")
    assert answers_of(question, ben) == []


def test_a_text_of_exactly_the_length_fits_whatever_its_line_ends(make, client, log_in):
    question = make.question()
    log_in(make.member())
    body = "a\r\n" * 14_999 + "b\r\n"
    sent = client.post(f"/questions/{question.id}/answers", data={"body": body})
    assert sent.status_code == 303


def test_a_closed_question_gives_the_text_back(make, client, log_in):
    question = make.question()
    closing.close(question.author, question, CloseReason.OUTDATED)
    log_in(make.member())
    page = client.post(f"/questions/{question.id}/answers", data={"body": TEXT})
    assert page.status_code == 403
    assert "takes no more answers" in page.text
    assert TEXT in page.text


def test_a_question_deleted_meanwhile_gives_the_text_back(make, client, log_in):
    question = make.question()
    editing.delete(question.author, question)
    log_in(make.member())
    page = client.post(f"/questions/{question.id}/answers", data={"body": TEXT})
    assert page.status_code == 410
    assert TEXT in page.text
    on_nothing = client.post("/questions/4711/comments", data={"comment": "Same here."})
    assert on_nothing.status_code == 404
    assert "Same here." in on_nothing.text


def test_a_guest_logs_in_first_and_finds_the_text_again(make, client, log_in):
    question, ben = make.question(), make.member()
    place = address(question)
    data = {"body": TEXT, "is_partial": "y"}
    headers = {"Referer": f"http://localhost{place}"}
    sent = client.post(f"/questions/{question.id}/answers", data=data, headers=headers)
    assert sent.status_code in {302, 303}
    assert "/login" in sent.location
    log_in(ben)
    page = client.get(place).text
    assert TEXT in page
    assert is_ticked(page, "is_partial")
    assert page.index(NOT_SENT) > page.index('id="your-answer"')
    assert answers_of(question, ben) == []
    assert NOT_SENT not in client.get(place).text


def test_an_unsent_comment_comes_back_to_its_own_post(make, client, log_in):
    answer = make.answer()
    question = queries.question_of(answer)
    data = {"comment": "Same with mine!", "on": str(answer.id)}
    headers = {"Referer": f"http://localhost{address(question)}"}
    client.post(f"/answers/{answer.id}/comments", data=data, headers=headers)
    page = log_in(make.member()).get(address(question)).text
    kept = re.search(r'id="comment-on-(\d+)"[^>]*>\s*Same with mine!', page)
    assert int(kept[1]) == answer.id
    assert 'name="body"' in page
    assert page.count("Same with mine!") == 1
    assert page.count(NOT_SENT) == 1
    assert f'id="comment-on-{answer.id}-form"' in page[: page.index(NOT_SENT)]


def test_a_draft_is_in_the_form_until_it_is_sent(make, client, log_in):
    question, ben = make.question(), make.member()
    drafting.keep_draft(ben, f"answer:{question.id}", {"body": TEXT})
    log_in(ben)
    assert TEXT in client.get(address(question)).text
    client.post(f"/questions/{question.id}/answers", data={"body": TEXT})
    assert queries.draft_of(ben, f"answer:{question.id}") is None


@pytest.mark.parametrize("bad", [{"comment": ""}, {"comment": "x" * 1_001}])
def test_a_comment_has_at_most_a_thousand_characters(make, client, log_in, bad):
    answer = make.answer()
    log_in(make.member())
    page = client.post(f"/answers/{answer.id}/comments", data=bad)
    assert page.status_code == 422
    assert "comment" in page.text
    assert bad["comment"] in page.text
    assert re.search(
        rf'<details class="fold" open>.*?comment-on-{answer.id}"', page.text, re.DOTALL
    )


def test_a_member_comments_on_question_and_answer(make, client, log_in):
    answer = make.answer()
    question = queries.question_of(answer)
    place = address(question)
    log_in(make.member())
    sent = client.post(f"/questions/{question.id}/comments", data={"comment": "On the question."})
    assert sent.status_code == 303
    assert sent.location.startswith(f"{place}#comment-")
    log_in(make.member())
    sent = client.post(f"/answers/{answer.id}/comments", data={"comment": "On the answer."})
    assert sent.status_code == 303
    thread = threads.thread(question.id, 1, make.member())
    assert [c.body for c in thread.comments_on(thread.question)] == ["On the question."]
    assert [c.body for c in thread.comments_on(thread.answers.items[0])] == ["On the answer."]


def test_a_comment_on_a_late_answer_shows_its_error_on_that_page(make, client, log_in):
    question = make.question()
    last = [make.answer(question) for _ in range(21)][-1]
    page = log_in(make.member()).post(f"/answers/{last.id}/comments", data={"comment": ""})
    assert f'id="answer-{last.id}"' in page.text
    assert f'<a rel="prev" href="{address(question)}"' in page.text


def test_comments_take_no_comments_and_kinds_are_not_mixed_up(make, client, log_in):
    comment = make.comment()
    log_in(make.member())
    assert client.post(f"/answers/{comment.id}/comments", data={"comment": "x"}).status_code == 404
    question = make.question()
    assert client.post(f"/answers/{question.id}/comments", data={"comment": "x"}).status_code == 404


def test_a_suspended_member_writes_nothing(make, client, log_in):
    question = make.question()
    log_in(make.member(suspended_at=now()))
    sent = client.post(f"/questions/{question.id}/answers", data={"body": TEXT})
    assert sent.status_code == 403
    assert make.fresh(question).answer_count == 0


def test_newcomers_wait_between_two_posts_and_keep_their_text(make, client, log_in):
    first, second = make.question(), make.question()
    ben = make.member()
    log_in(ben)
    client.post(f"/questions/{first.id}/answers", data={"body": TEXT})
    page = client.post(f"/questions/{second.id}/answers", data={"body": "Another one."})
    assert page.status_code == 429
    assert "Another one." in page.text
    assert "seconds" in page.text
    assert int(page.headers["Retry-After"]) <= 30


def write_long_ago(make, member, kind, number, hours):
    make_one = {"answer": make.answer, "comment": make.comment}[kind]
    for _ in range(number):
        post = make_one(make.question(), member)
        post.created_at = now() - timedelta(hours=hours)
        make.keep(post)


@pytest.mark.parametrize("kind", ["answer", "comment"])
@pytest.mark.parametrize("is_new", [True, False])
def test_a_day_has_room_for_so_many(make, client, log_in, kind, is_new):
    limit = 3
    make.set((pacing.FIRST_DAY if is_new else pacing.A_DAY)[kind], limit)
    ben = make.member(joined_at=now() - timedelta(hours=23 if is_new else 25))
    write_long_ago(make, ben, kind, limit - 1, hours=20)
    write_long_ago(make, ben, kind, 1, hours=25)
    log_in(ben)
    question = make.question()
    path = f"/questions/{question.id}/{kind}s"
    data = {"body": TEXT, "comment": TEXT}
    assert client.post(path, data=data).status_code == 303
    make.set(pacing.GAP, 0)
    make.set(pacing.FIRST_GAP, 0)
    refused = client.post(path, data=data)
    assert refused.status_code == 429
    assert TEXT in refused.text
    assert "hours" in refused.text
    assert 3 * 3600 < int(refused.headers["Retry-After"]) <= 4 * 3600


def test_staff_answer_as_fast_as_they_can(make, client, log_in):
    log_in(make.staff())
    for _ in range(2):
        question = make.question()
        sent = client.post(f"/questions/{question.id}/answers", data={"body": TEXT})
        assert sent.status_code == 303


def test_a_mention_leads_to_the_member(make, client, log_in):
    make.member("ann")
    question = make.question()
    log_in(make.member())
    sent = client.post(f"/questions/{question.id}/answers", data={"body": "Thanks to @ann!"})
    assert "/ann" in client.get(sent.location).text


def test_where_a_log_in_while_answering_leads_to(make, client):
    question = make.question()
    sent = client.get(f"/questions/{question.id}/answers")
    assert (sent.status_code, sent.location) == (302, f"/questions/{question.id}")


def test_kinds_are_what_they_say(make):
    assert isinstance(make.answer(), Answer)
    assert isinstance(make.comment(), Comment)


def test_the_asker_adds_and_helpers_answer(make, client, log_in):
    question = make.question()
    page = log_in(make.member()).get(address(question)).text
    assert "Say what worked for you, step by step." in page
    assert "Send answer" in page
    page = log_in(question.author).get(address(question)).text
    assert "Add what is missing: what you tried, what changed." in page
    assert "Say what worked for you" not in page
    assert "Send answer" not in page
