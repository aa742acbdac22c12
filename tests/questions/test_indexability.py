"""Which questions search engines are invited to, and when that is looked at again."""

from datetime import timedelta

import pytest

from community.core import clock
from community.questions.indexability import Facts, is_indexable
from community.questions.models import Answer, Question, QuestionKind
from community.questions.services import editing, following, solving
from community.votes import services as vote_services

LONG = "Rinse it with cold water, then let it dry for a day before you use it again. " * 4


@pytest.mark.parametrize(
    ("facts", "invited"),
    [
        ({}, False),
        ({"solved": True}, True),
        ({"official": True}, True),
        ({"announced": True}, True),
        ({"best_score": 1, "characters": 300}, True),
        ({"best_score": 1, "characters": 299}, False),
        ({"best_score": 0, "characters": 5000}, False),
        ({"me_too": 3}, True),
        ({"me_too": 2}, False),
    ],
)
def test_what_makes_a_question_worth_finding(facts, invited):
    assert is_indexable(Facts(**facts)) is invited


def is_invited(make, question):
    return make.fresh(question).indexable_since is not None


def test_a_new_question_waits_and_an_announcement_does_not(make):
    said = make.question(make.staff(), purpose=QuestionKind.ANNOUNCEMENT)
    assert not is_invited(make, make.question())
    assert is_invited(make, said)


def test_a_solution_invites_and_taking_it_back_uninvites(make):
    question = make.question()
    answer = make.answer(question)
    solving.accept(question.author, question, answer)
    assert is_invited(make, question)
    solving.take_back_solution(question.author, question, answer)
    assert not is_invited(make, question)


def test_the_word_of_the_company_invites_as_long_as_it_stands(make):
    question, staff = make.question(), make.staff()
    answer = make.answer(question, staff)
    solving.make_official(staff, answer)
    assert is_invited(make, question)
    solving.take_back_official(staff, answer)
    assert not is_invited(make, question)


def test_a_vote_for_a_long_answer_invites_in_the_background(make, run_jobs):
    question = make.question()
    answer, voter = make.answer(question, body=LONG), make.member()
    vote_services.cast_vote(voter, answer, 1)
    run_jobs()
    assert is_invited(make, question)
    vote_services.cast_vote(voter, answer, 0)
    run_jobs()
    assert not is_invited(make, question)


def test_a_vote_for_a_short_answer_or_for_the_question_does_not_invite(make, run_jobs):
    question = make.question(body=LONG)
    make.voted(make.answer(question, body="Rinse it."))
    make.voted(question)
    run_jobs()
    assert not is_invited(make, question)


def test_three_who_have_it_too_invite(make):
    question = make.question()
    members = [make.member() for _ in range(3)]
    for member in members[:2]:
        following.have_too(member, question)
    assert not is_invited(make, question)
    following.have_too(members[2], question)
    assert is_invited(make, question)
    following.have_no_more(members[0], question)
    assert not is_invited(make, question)


def test_an_answer_that_is_deleted_invites_nobody(make):
    question, staff = make.question(), make.staff()
    answer = make.answer(question, staff)
    solving.make_official(staff, answer)
    editing.delete(answer.author, answer)
    assert not is_invited(make, question)
    editing.undelete(make.moderator(), answer)
    assert is_invited(make, question)


def test_the_day_of_the_invitation_stays(make, monkeypatch):
    question = make.question()
    solving.accept(question.author, question, make.answer(question))
    since = make.fresh(question).indexable_since
    later(monkeypatch)
    make.answer(question)
    assert make.fresh(question).indexable_since == since


def later(monkeypatch):
    moment = clock.now() + timedelta(hours=1)
    for place in ("questions.threads", "questions.services.answering", "posts.services"):
        monkeypatch.setattr(f"community.{place}.now", lambda: moment)
    return moment


@pytest.mark.parametrize(
    "change",
    [
        lambda make, question, _answer: make.answer(question),
        lambda make, _question, answer: make.comment(answer),
        lambda make, question, _answer: make.edited(question),
        lambda make, _question, answer: make.edited(answer),
        lambda make, _question, answer: editing.delete(answer.author, answer),
        lambda _make, question, answer: solving.accept(question.author, question, answer),
        lambda make, _question, answer: solving.make_official(make.staff(), answer),
    ],
    ids=["answer", "comment", "edit", "edit answer", "delete", "accept", "official"],
)
def test_what_changes_the_content_moves_its_date(make, monkeypatch, change):
    question = make.question()
    answer = make.answer(question)
    moment = later(monkeypatch)
    change(make, question, answer)
    assert make.fresh(question).content_changed_at == moment


def test_votes_views_and_me_toos_do_not_move_the_date(make, monkeypatch, run_jobs, client):
    question = make.question()
    answer = make.answer(question)
    before = make.fresh(question).content_changed_at
    later(monkeypatch)
    make.voted(question)
    make.voted(answer)
    following.have_too(make.member(), question)
    client.get(f"/questions/{question.id}/{question.slug}")
    run_jobs()
    assert make.fresh(question).content_changed_at == before


def test_replies_know_their_language(make):
    question = make.question(lang="en")
    spanish = "Tienes que limpiar el filtro con agua fría, pero sin jabón."
    answer = make.answer(question, body=spanish)
    assert answer.lang == "es"
    assert make.comment(question, body="Thanks, that is what I did with mine.").lang == "en"
    assert make.comment(question, body="ok").lang == "en"
    edited = make.edited(make.fresh(answer), body="You have to clean the filter with water.")
    assert make.fresh(edited).lang == "en"
    assert make.answer(make.question(lang="other"), body="Zut alors").lang == "other"


def test_the_page_names_the_language_of_each_text(make, client):
    question = make.question(lang="en")
    answer = make.answer(question, body="Tienes que limpiar el filtro con agua, pero sin jabón.")
    page = client.get(f"/questions/{question.id}/{question.slug}").text
    post = page.partition(f'id="answer-{answer.id}"')[2]
    assert '<div class="prose" lang="es">' in post.partition("</article>")[0]


def test_a_merged_thread_leads_to_the_other_for_ever(make, client):
    kept, gone = make.question(), make.question(title="The same thing again")
    reply = make.answer(gone)
    gone.merged_into_id = kept.id
    make.keep(gone)
    for address in (f"/questions/{gone.id}", f"/questions/{gone.id}/{gone.slug}",
                    f"/answers/{reply.id}"):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 301
        assert answer.headers["Location"] == f"/questions/{kept.id}"
    assert isinstance(make.fresh(reply), Answer)
    assert isinstance(make.fresh(gone), Question)
