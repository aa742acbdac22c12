"""Who hears of what, once, and never of what is gone."""

import pytest
from sqlalchemy import func, select

from community.core import mail
from community.core.clock import now
from community.core.db import db
from community.core.job_rows import Job
from community.members.events import MemberLeft
from community.notifications import queries, services
from community.notifications.models import Kind, Notification
from community.notifications.reactions import forget_notices, tell_of_answer
from community.notifications.sentences import sentence
from community.questions.events import AnswerGiven
from community.questions.services import following, solving


@pytest.fixture
def heard(run_jobs):
    """What a member hears, besides badges: kinds, the latest first."""

    def _heard(member):
        run_jobs()
        heard = [each.kind for each in queries.of_member(member, 1, 50).items]
        return [kind for kind in heard if kind != Kind.BADGE]

    return _heard


@pytest.fixture
def letters(monkeypatch):
    """What goes out by mail."""
    sent = []
    monkeypatch.setattr(mail, "deliver", sent.append)
    return sent


def test_the_asker_and_the_followers_hear_of_an_answer(make, heard):
    question, follower, helper = make.question(), make.member(), make.member()
    following.follow(follower, question)
    make.answer(question, helper)
    assert heard(question.author) == [Kind.ANSWERED]
    assert heard(follower) == [Kind.FOLLOWED_ANSWERED]
    assert heard(helper) == []


def test_nobody_hears_of_own_acts(make, heard):
    question = make.question()
    make.answer(question, question.author)
    make.comment(question, question.author)
    assert heard(question.author) == []


def test_a_comment_is_told_to_who_wrote_the_post(make, heard):
    answer = make.answer()
    make.comment(answer)
    assert heard(answer.author) == [Kind.COMMENTED]


def test_an_answer_that_mentions_the_asker_is_told_once(make, heard):
    question = make.question(make.member("ann"))
    make.answer(question, body="Hello @ann, rinse it.")
    assert heard(question.author) == [Kind.ANSWERED]


def test_a_mentioned_member_hears_of_it(make, heard):
    zoe = make.member("zoe")
    make.question(body="What would @zoe do with a filter full of sand?")
    assert heard(zoe) == [Kind.MENTIONED]


def test_helper_and_followers_hear_of_a_solution(make, heard):
    question, follower = make.question(), make.member()
    answer = make.answer(question)
    assert heard(question.author) == [Kind.ANSWERED]
    following.follow(follower, question)
    solving.accept(question.author, question, answer)
    assert heard(answer.author) == [Kind.ACCEPTED]
    assert heard(follower) == [Kind.FOLLOWED_SOLVED]
    assert heard(question.author) == [Kind.ANSWERED]


def test_an_event_worked_off_twice_is_told_once(make):
    answer = make.answer()
    number, author = answer.id, answer.author_id
    event = AnswerGiven(question_id=answer.question_id, answer_id=number, author_id=author)
    tell_of_answer(event)
    tell_of_answer(event)
    assert db.session.scalar(select(func.count(Notification.id))) == 1


def test_nobody_hears_of_an_answer_that_was_hidden_before(make, heard):
    question = make.question()
    make.hidden(make.answer(question))
    assert heard(question.author) == []


def test_what_is_hidden_later_disappears_from_list_and_bell(make, heard, run_jobs):
    question = make.question()
    run_jobs()
    services.read_all(question.author)
    answer = make.answer(question)
    comment_on = make.comment(answer)
    assert heard(question.author) == [Kind.ANSWERED]
    assert heard(answer.author) == [Kind.COMMENTED]
    assert queries.unread_count(question.author) == 1
    make.hidden(answer)
    assert heard(question.author) == []
    assert queries.unread_count(question.author) == 0
    assert comment_on.is_visible
    assert heard(answer.author) == [Kind.MEASURE]


def test_a_suspended_member_hears_nothing(make, heard):
    question = make.question()
    question.author.suspended_at = now()
    make.keep(question.author)
    make.answer(question)
    assert heard(question.author) == []


def test_a_mail_says_what_happened_in_the_language_of_its_reader(make, run_jobs, letters):
    make.set(services.MAIL_AFTER, 0)
    eva = make.member("eva", email_confirmed_at=now(), language="es")
    question = make.question(eva, title="Filter full of sand?")
    make.answer(question, make.member("ben"))
    run_jobs()
    (letter,) = letters
    assert letter.to == "eva@example.org"
    assert letter.subject == "Ben respondió a tu pregunta «Filter full of sand?»."
    assert "/answers/" in letter.text
    assert "/settings/notifications" in letter.text
    run_jobs()
    assert len(letters) == 1


def test_no_mail_of_what_was_read_or_hidden_or_is_not_wanted(make, run_jobs, letters):
    for case in ("read", "hidden", "unwanted", "unconfirmed", "wanted"):
        confirmed_at = None if case == "unconfirmed" else now()
        question = make.question(make.member(case, email_confirmed_at=confirmed_at))
        if case == "unwanted":
            services.choose_mails(question.author, [Kind.ACCEPTED])
        answer = make.answer(question)
        run_jobs()
        if case == "read":
            services.read_all(question.author)
        if case == "hidden":
            make.hidden(answer)
    for job in db.session.scalars(select(Job)).all():
        job.due_at = now()
        make.keep(job)
    run_jobs()
    assert [letter.to for letter in letters] == ["wanted@example.org"]


def test_who_leaves_takes_the_notices_along(make, run_jobs):
    question = make.question()
    make.answer(question)
    run_jobs()
    services.choose_mails(question.author, [])
    forget_notices(MemberLeft(member_id=question.author_id))
    assert queries.of_member(question.author, 1, 10).total == 0
    assert Kind.ANSWERED in queries.mailed_kinds(question.author_id)


def test_a_notice_from_a_member_who_left_names_nobody(make, run_jobs):
    question = make.question(title="Sand?")
    answer = make.answer(question)
    run_jobs()
    answer.author.deleted_at = now()
    make.keep(answer.author)
    notice = queries.of_member(question.author, 1, 10).items[0]
    assert sentence(notice) == "Former member answered your question “Sand?”."
