"""Solving, closing, following, editing, deleting and the history, as done on the page."""

import re
from datetime import timedelta

import pytest

from community.core.clock import now
from community.core.db import db
from community.posts import queries as post_queries
from community.questions import policies, queries
from community.questions.models import CloseReason, State, related_questions
from community.questions.queries import threads
from community.questions.queries.threads import ANSWERS_A_PAGE
from community.questions.services import closing, editing, pacing, solving
from tests.questions.test_thread import address


@pytest.fixture
def solved(make):
    question = make.question()
    solving.accept(question.author, question, make.answer(question))
    return question


# Solution and official answer


def test_the_asker_marks_the_solution(make, client, log_in):
    question = make.question()
    answer = make.answer(question)
    page = log_in(question.author).get(address(question)).text
    assert "This solved it" in page
    sent = client.post(f"/questions/{question.id}/solution", data={"answer_id": answer.id})
    assert (sent.status_code, sent.location) == (303, f"{address(question)}#answer-{answer.id}")
    assert make.fresh(question).state == State.SOLVED
    assert "Go to the solution" in client.get(address(question)).text


@pytest.mark.parametrize("who", ["member", "guest"])
def test_others_mark_none(make, client, log_in, who):
    question = make.question()
    answer = make.answer(question)
    if who == "member":
        log_in(make.member())
    assert "This solved it" not in client.get(address(question)).text
    sent = client.post(f"/questions/{question.id}/solution", data={"answer_id": answer.id})
    assert sent.status_code == (403 if who == "member" else 303)
    assert make.fresh(question).solution_id is None


@pytest.mark.parametrize("number", ["", "x", "4711", "99999999999999999999", "-1"])
def test_what_is_no_answer_is_no_solution(make, client, log_in, number):
    question = make.question()
    log_in(question.author)
    sent = client.post(f"/questions/{question.id}/solution", data={"answer_id": number})
    assert sent.status_code == 404


def test_the_answer_of_another_question_is_no_solution(make, client, log_in):
    question, foreign = make.question(), make.answer()
    log_in(question.author)
    sent = client.post(f"/questions/{question.id}/solution", data={"answer_id": foreign.id})
    assert sent.status_code == 409


def test_the_asker_takes_it_back_and_says_why(make, client, log_in, solved):
    question = solved
    log_in(question.author)
    place = f"/questions/{question.id}/solution/removal"
    assert "It does not solve it after all" in client.get(place).text
    assert make.fresh(question).is_solved
    assert client.post(place, data={"reason": "It came back."}).status_code == 303
    assert make.fresh(question).state == State.NEEDS_ATTENTION
    assert "It came back." in client.get(address(question)).text
    assert client.get(place).status_code == 409


def test_staff_who_take_a_solution_back_reopen_the_question(make, client, log_in, solved):
    question = solved
    log_in(make.staff())
    client.post(f"/questions/{question.id}/solution/removal", data={"reason": "Not safe."})
    assert make.fresh(question).solution_id is None


def test_a_stranger_takes_nothing_back(make, client, log_in, solved):
    question_id = solved.id
    log_in(make.member())
    assert client.get(f"/questions/{question_id}/solution/removal").status_code == 403
    assert client.post(f"/questions/{question_id}/solution/removal").status_code == 403


def test_staff_speak_for_the_company(make, client, log_in):
    answer = make.answer()
    log_in(make.staff())
    assert client.post(f"/answers/{answer.id}/official").status_code == 303
    assert "Official answer" in client.get(address(queries.question_of(answer))).text
    assert client.post(f"/answers/{answer.id}/official/removal").status_code == 303
    assert not make.fresh(answer).is_official


@pytest.mark.parametrize("who", ["member", "moderator"])
def test_nobody_else_speaks_for_the_company(make, client, log_in, who):
    answer = make.answer()
    log_in(getattr(make, who)())
    assert client.post(f"/answers/{answer.id}/official").status_code == 403


# Me too and following


def test_me_too_counts_people_and_follows(make, client, log_in):
    question, cam = make.question(), make.member()
    log_in(cam)
    path, as_json = f"/questions/{question.id}/me-too", {"Accept": "application/json"}
    for _ in range(2):
        told = client.post(path, data={"have": "1"}, headers=as_json).json
        assert told == {"count": 1, "has": True}
    assert threads.thread(question.id, 1, cam).stake.follows
    page = client.get(address(question)).text
    assert "1 person has this problem" in page
    assert "You have this problem too" in page
    for _ in range(2):
        told = client.post(path, data={"have": "0"}, headers=as_json).json
        assert told == {"count": 0, "has": False}


def test_askers_and_closed_questions_are_not_counted(make, client, log_in):
    question = make.question()
    path = f"/questions/{question.id}/me-too"
    assert log_in(question.author).post(path).status_code == 403
    closing.close(make.moderator(), question, CloseReason.OUTDATED)
    assert log_in(make.member()).post(path).status_code == 403


def test_one_follows_and_stops_following(make, client, log_in):
    question, cam = make.question(), make.member()
    log_in(cam)
    for wanted in ("1", "1", "0", "0"):
        sent = client.post(f"/questions/{question.id}/follow", data={"follow": wanted})
        assert (sent.status_code, sent.location) == (303, address(question))
        assert threads.thread(question.id, 1, cam).stake.follows is (wanted == "1")


@pytest.mark.parametrize("path", ["me-too", "follow", "vote", "solution", "closure/removal"])
def test_guests_are_sent_to_log_in_and_what_never_was_is_not_found(make, client, log_in, path):
    question = make.question()
    assert "/login" in client.post(f"/questions/{question.id}/{path}").location
    log_in(make.member())
    assert client.post(f"/questions/4711/{path}", data={"value": 1}).status_code == 404


# Closing


def test_the_asker_closes_and_opens_again(make, client, log_in):
    question = make.question()
    log_in(question.author)
    path = f"/questions/{question.id}/closure"
    assert "Why is it closed?" in client.get(path).text
    assert client.post(path, data={"reason": "resolved-elsewhere"}).status_code == 303
    assert make.fresh(question).state == State.CLOSED
    assert client.post(path, data={"reason": "outdated"}).status_code == 403
    assert client.post(f"{path}/removal").status_code == 303
    assert make.fresh(question).is_open


@pytest.mark.parametrize(
    "named", ["{id}", "#{id}", "/questions/{id}/x", "https://a.b/questions/{id}"]
)
def test_a_duplicate_is_named_by_number_or_address(make, client, log_in, named):
    original, question = make.question(), make.question()
    log_in(make.moderator())
    data = {"reason": "duplicate", "original": named.format(id=original.id)}
    assert client.post(f"/questions/{question.id}/closure", data=data).status_code == 303
    assert make.fresh(question).duplicate_of_id == original.id


def test_related_questions_are_offered_as_the_earlier_one(make, client, log_in):
    near, question = make.question(title="Why does it smell?"), make.question()
    db.session.execute(
        related_questions.insert().values(question_id=question.id, related_id=near.id, rank=1)
    )
    db.session.commit()
    log_in(make.moderator())
    path = f"/questions/{question.id}/closure"
    page = client.get(path).text
    assert "Was it one of these?" in page
    assert re.search(rf'type="radio" value="{near.id}"', page)
    assert "Was it one of these?" not in client.get(f"/questions/{near.id}/closure").text
    data = {"reason": "duplicate", "twin": str(near.id), "original": ""}
    assert client.post(path, data=data).status_code == 303
    assert make.fresh(question).duplicate_of_id == near.id


def test_what_is_typed_wins_over_what_is_chosen(make, client, log_in):
    chosen, typed, question = make.question(), make.question(), make.question()
    log_in(make.moderator())
    data = {"reason": "duplicate", "twin": str(chosen.id), "original": f"#{typed.id}"}
    client.post(f"/questions/{question.id}/closure", data=data)
    assert make.fresh(question).duplicate_of_id == typed.id


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({}, "Choose a reason."),
        ({"reason": "duplicate", "twin": "x"}, "Give the address or the number"),
        ({"reason": "boring"}, "Please choose one of these"),
        ({"reason": "duplicate"}, "Give the address or the number"),
        ({"reason": "duplicate", "original": "4711"}, "does not exist"),
        ({"reason": "duplicate", "original": "that one"}, "Give the address or the number"),
        ({"reason": "duplicate", "original": "{own}"}, "duplicate of itself"),
    ],
)
def test_what_is_wrong_with_a_closure_is_said(make, client, log_in, data, problem):
    question = make.question()
    log_in(make.moderator())
    data = {name: text.format(own=question.id) for name, text in data.items()}
    page = client.post(f"/questions/{question.id}/closure", data=data)
    assert page.status_code == 422
    assert problem in page.text
    assert data.get("original", "") in page.text
    assert make.fresh(question).is_open


def test_a_stranger_neither_closes_nor_opens(make, client, log_in):
    question = make.question()
    log_in(make.member())
    assert client.get(f"/questions/{question.id}/closure").status_code == 403
    assert client.post(f"/questions/{question.id}/closure/removal").status_code == 403


# Editing


def question_fields(question, **changed):
    tags = ", ".join(tag.slug for tag in queries.tags_of(question))
    told = {"title": question.title, "body": question.body, "tags": tags}
    return told | {"version": question.version} | changed


def test_the_author_edits_a_question(make, client, log_in):
    question = make.question(tags=("filter",))
    log_in(question.author)
    page = client.get(f"/questions/{question.id}/edit").text
    assert question.title in page
    assert 'value="filter"' in page
    data = question_fields(
        question, title="How do I clean it well?", tags="filter, limescale", reason="Clearer"
    )
    sent = client.post(f"/questions/{question.id}/edit", data=data)
    assert (sent.status_code, sent.location) == (303, address(make.fresh(question)))
    assert question.slug == "how-do-i-clean-it-well"
    assert [tag.slug for tag in queries.tags_of(question)] == ["filter", "limescale"]
    assert [r.reason for r in post_queries.revisions_of(question)] == ["", "Clearer"]


def test_answers_and_comments_are_edited_too(make, client, log_in):
    for post in (make.answer(), make.comment()):
        log_in(post.author)
        path = f"/{post.kind}s/{post.id}/edit"
        assert post.body in client.get(path).text
        sent = client.post(path, data={"body": "Better words.", "version": 1})
        assert sent.status_code == 303
        assert make.fresh(post).body == "Better words."


def test_an_edit_that_changes_nothing_leaves_no_trace(make, client, log_in):
    question = make.question(tags=("filter",))
    log_in(question.author)
    client.post(f"/questions/{question.id}/edit", data=question_fields(question))
    assert make.fresh(question).version == 1
    assert question.edited_at is None


def test_who_was_slower_sees_both_texts_and_may_save_again(make, client, log_in):
    question = make.question(body="It leaks at the lid and at the base.")
    mia = make.moderator()
    stale = question_fields(question, body="It leaks at the lid, at night, a lot.")
    make.edited(question, mia, body="It leaks at the lid and at the spout.")
    log_in(question.author)
    page = client.post(f"/questions/{question.id}/edit", data=stale)
    assert page.status_code == 409
    assert "at night, a lot." in page.text
    assert "<del>" in page.text
    assert "spout" in page.text
    assert 'value="2"' in re.search(r'<input[^>]*name="version"[^>]*>', page.text)[0]
    assert make.fresh(question).body == "It leaks at the lid and at the spout."
    again = client.post(f"/questions/{question.id}/edit", data=stale | {"version": 2})
    assert again.status_code == 303
    assert make.fresh(question).body == "It leaks at the lid, at night, a lot."
    assert len(post_queries.revisions_of(question)) == 3


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        ("title", "Short", "between 15 and 150"),
        ("body", "", "Please tell what happens."),
        ("tags", "a, b, c, d, e, f", "up to five tags"),
        ("version", "", "required"),
    ],
)
def test_a_bad_edit_is_explained_and_kept(make, log_in, field, text, problem):
    question = make.question()
    client = log_in(question.author)
    data = question_fields(question, reason="My reason") | {field: text}
    page = client.post(f"/questions/{question.id}/edit", data=data)
    assert page.status_code == 422
    assert problem in page.text
    assert "My reason" in page.text


def test_strangers_edit_nothing_and_moderators_anything(make, client, log_in):
    for post in (make.question(), make.answer(), make.comment()):
        path = f"/{post.kind}s/{post.id}/edit"
        assert log_in(make.member()).get(path).status_code == 403
        assert client.post(path, data={"body": "x" * 30, "version": 1}).status_code == 403
        assert log_in(make.moderator()).get(path).status_code == 200


@pytest.mark.parametrize(
    ("kind", "age", "allowed"),
    [
        ("comment", timedelta(minutes=59), True),
        ("comment", timedelta(minutes=61), False),
        ("answer", timedelta(days=59), True),
        ("answer", timedelta(days=61), False),
        ("question", timedelta(days=61), False),
    ],
)
def test_authors_edit_for_some_time(make, kind, age, allowed):
    post = getattr(make, kind)()
    post.created_at = now() - age
    make.keep(post)
    assert bool(policies.may_edit(post.author, post)) is allowed
    assert policies.may_edit(make.moderator(), post)
    if kind != "comment":
        make.set(policies.EDITING_DAYS, 0)
        assert policies.may_edit(post.author, post)


def test_edits_are_counted_by_the_day(make, client, log_in):
    make.set(pacing.FIRST_EDITS, 2)
    answer = make.answer()
    log_in(answer.author)
    path = f"/answers/{answer.id}/edit"
    for version in (1, 2):
        data = {"body": f"Text {version}", "version": version}
        assert client.post(path, data=data).status_code == 303
    refused = client.post(path, data={"body": "One too many", "version": 3})
    assert refused.status_code == 429
    assert "One too many" in refused.text
    assert make.fresh(answer).version == 3


def test_details_added_by_editing_bring_the_question_back(make, client, log_in):
    question = make.question()
    make.comment(question, asks_for_info=True)
    assert make.fresh(question).state == State.NEEDS_INFO
    make.edited(question, make.moderator(), body="Typos are corrected now, nothing else.")
    assert make.fresh(question).state == State.NEEDS_INFO
    make.edited(question, body="It is the model K2, bought last year in May.")
    assert make.fresh(question).state == State.NEEDS_ATTENTION


# Deleting


def test_deleting_asks_first_and_can_be_undone(make, client, log_in):
    question = make.question()
    answer = make.answer(question)
    log_in(answer.author)
    path = f"/posts/{answer.id}/deletion"
    assert "Delete this answer?" in client.get(path).text
    assert make.fresh(answer).deleted_at is None
    sent = client.post(path)
    assert (sent.status_code, sent.location) == (303, address(question))
    assert make.fresh(question).answer_count == 0
    assert "Bring it back" in client.get(address(question)).text
    assert client.post(f"{path}/removal").status_code == 303
    assert make.fresh(question).answer_count == 1


def test_an_answered_question_stays(make, client, log_in):
    question = make.question()
    make.answer(question)
    log_in(question.author)
    assert "Delete…" not in client.get(address(question)).text
    for ask in (client.get, client.post):
        refused = ask(f"/posts/{question.id}/deletion")
        assert refused.status_code == 403
        assert "belongs to them too" in refused.text
        assert f'href="/questions/{question.id}/closure"' in refused.text
    assert make.fresh(question).deleted_at is None


def test_what_only_the_asker_answered_or_is_hidden_holds_no_question(make, client, log_in):
    question = make.question()
    make.answer(question, author=question.author)
    make.hidden(make.answer(question))
    log_in(question.author)
    assert f'href="/posts/{question.id}/deletion"' in client.get(address(question)).text
    assert client.post(f"/posts/{question.id}/deletion").status_code == 303


def test_an_answer_on_another_page_holds_a_question_too(make, client, log_in):
    question = make.question()
    for _ in range(ANSWERS_A_PAGE):
        make.answer(question, author=question.author)
    make.answer(question)
    log_in(question.author)
    page = client.get(address(question)).text
    assert f'href="/posts/{question.id}/deletion"' not in page


def test_strangers_delete_nothing(make, client, log_in):
    comment = make.comment()
    log_in(make.member())
    assert client.get(f"/posts/{comment.id}/deletion").status_code == 403
    assert client.post(f"/posts/{comment.id}/deletion").status_code == 403
    assert client.post("/posts/4711/deletion").status_code == 404


def test_what_a_moderator_deleted_its_author_does_not_bring_back(make, client, log_in):
    answer = make.answer()
    make.removed(answer)
    log_in(answer.author)
    assert client.post(f"/posts/{answer.id}/deletion/removal").status_code == 403


# History


def test_the_history_shows_who_changed_what_and_why(make, client):
    question = make.question(body="It leaks at the lid.\nHelp!", tags=("filter",))
    make.edited(
        question,
        make.moderator("mia"),
        body="It leaks at the base.\nHelp!",
        reason="Facts",
        title="How do I repair the filter?",
        tags=("repair",),
    )
    page = client.get(f"/posts/{question.id}/history").text
    text = re.sub(r'<span class="for-screen-readers">.*?</span>', "", page)
    for shown in ("Mia", "Facts", "<del>lid</del><ins>base</ins>", "<del>clean</del>"):
        assert shown in text
    assert "<del>filter</del><ins>repair</ins>" in text
    assert "[removed:" in page


def test_the_history_escapes_what_members_wrote(make, client):
    question = make.question(body="<script>alert(1)</script> and more text here")
    make.edited(question, body="<img src=x onerror=alert(1)> and more text here")
    page = client.get(f"/posts/{question.id}/history").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_the_history_of_what_is_gone_is_for_those_who_may_see_it(make, client, log_in):
    answer = make.answer()
    author, path = answer.author, f"/posts/{answer.id}/history"
    assert client.get(path).status_code == 200
    editing.delete(author, answer)
    assert client.get(path).status_code == 410
    assert log_in(make.member()).get(path).status_code == 410
    assert log_in(author).get(path).status_code == 200
    assert log_in(make.moderator()).get(path).status_code == 200
    assert client.get("/posts/4711/history").status_code == 404


def test_the_order_of_tags_is_no_change(make, client):
    question = make.question(tags=("limescale", "base"))
    make.edited(question, body="It is something else that I describe now.")
    assert "Tags:" not in client.get(f"/posts/{question.id}/history").text.split("First version")[0]


def test_a_long_history_has_pages_that_join(make, client):
    question = make.question(body="Text number 1 of the same old question.")
    mia = make.moderator()
    for number in range(2, 13):
        make.edited(question, mia, body=f"Text number {number} of the same old question.")
    first = client.get(f"/posts/{question.id}/history")
    second = client.get(f"/posts/{question.id}/history?page=2")
    assert first.text.count('class="card revision"') == 10
    assert second.text.count('class="card revision"') == 2
    assert first.text.count("<ins>") == 10
    assert client.get(f"/posts/{question.id}/history?page=3").status_code == 404
