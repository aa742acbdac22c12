"""Many people at the same moment: real processes, each with its own connection to one real file."""

import multiprocessing
import os
import signal
import time
import traceback
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update

from community.app import create_app
from community.core.clock import now
from community.core.db import db, lock, speaks_postgresql, transaction
from community.core.errors import CommunityError
from community.core.job_rows import Job
from community.members.models import Member
from community.moderation.models.flags import FlagReason
from community.moderation.models.measures import Measure, MeasureAct
from community.moderation.services import flagging, measuring
from community.posts.models import Post, Revision
from community.posts.services import Edit
from community.posts.texts import prepare
from community.questions import queries
from community.questions.models import Answer, CloseReason, Follow, MeToo, State
from community.questions.services import answering, closing, editing, following, pacing, solving
from community.thanks import services as thank_services
from community.thanks.models import Thank
from community.votes import services as vote_services
from community.votes.models import Vote
from config import Config
from tests.factories import Factory

START = multiprocessing.get_context("fork")
CROWD = 16


class House:
    """A forum on a real database, and a crowd of processes that come in at once."""

    def __init__(self, folder, database):
        self.config = Config(
            SECRET_KEY="test" * 8,
            INSTANCE_FOLDER=folder,
            DATABASE_URL=database,
            SEARCH_BACKEND="memory",
            RATE_LIMITS=False,
            TESTING=True,
            WTF_CSRF_ENABLED=False,
        )
        with self.open():
            db.create_all()

    @contextmanager
    def open(self):
        """Look into the database with a connection of one's own."""
        app = create_app(self.config)
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()

    def together(self, *acts):
        """Let each act prepare, then let all act at the same moment; return what came of each.

        An act is called without arguments, reads what it needs and returns what shall be done.
        """
        barrier, results = START.Barrier(len(acts)), START.Queue()
        crowd = [
            START.Process(target=self._live, args=(act, number, barrier, results))
            for number, act in enumerate(acts)
        ]
        for each in crowd:
            each.start()
        told = dict(results.get(timeout=60) for _ in crowd)
        for each in crowd:
            each.join()
        return [told[number] for number in range(len(acts))]

    def _live(self, act, number, barrier, results):
        try:
            with self.open():
                work = act()
                barrier.wait(60)
                results.put((number, _outcome(work)))
        except BaseException:
            barrier.abort()  # The others need not wait for this one.
            results.put((number, traceback.format_exc()))
        results.close()
        results.join_thread()
        os._exit(0)


def _outcome(work):
    try:
        work()
    except CommunityError as error:
        return type(error).__name__
    return "done"


@pytest.fixture
def house(tmp_path, own_database):
    return House(tmp_path, own_database)


@pytest.fixture
def thread(house):
    """A question with two answers, and a crowd of members; as numbers, good in every process."""
    with house.open():
        make = Factory()
        make.admin()
        question = make.question(make.member("ann"))
        answers = [make.answer(question) for _ in range(2)]
        crowd = [make.member(f"cam{number}") for number in range(CROWD)]
        return {
            "question": question.id,
            "asker": question.author.id,
            "mia": make.moderator("mia").id,
            "answers": [answer.id for answer in answers],
            "helpers": [answer.author.id for answer in answers],
            "crowd": [member.id for member in crowd],
            "text": prepare("It *works* now."),
        }


def member(number):
    return db.session.get(Member, number)


def count(*conditions):
    return db.session.scalar(select(func.count()).where(*conditions))


def votes(thread, who, value, post=None):
    def act():
        answer = queries.post_by_id(post or thread["answers"][0])
        actor = member(who)
        return lambda: vote_services.cast_vote(actor, answer, value)

    return act


def test_sixteen_votes_at_once_all_count(house, thread):
    acts = [
        votes(thread, who, 1 if number % 4 else -1) for number, who in enumerate(thread["crowd"])
    ]
    assert house.together(*acts) == ["done"] * CROWD
    with house.open():
        answer = queries.answer_by_id(thread["answers"][0])
        cast = db.session.scalars(select(Vote.value).where(Vote.post_id == answer.id)).all()
        assert len(cast) == CROWD
        assert answer.score == sum(cast) == 8


def test_one_voter_clicking_in_many_windows_counts_once(house, thread):
    acts = [votes(thread, thread["crowd"][0], 1) for _ in range(8)]
    assert house.together(*acts) == ["done"] * 8
    with house.open():
        answer = queries.answer_by_id(thread["answers"][0])
        assert (answer.score, count(Vote.post_id == answer.id)) == (1, 1)


def test_double_clicks_on_one_page_count_once(house, thread):
    """The whole way through the view: both clicks carry the vote that the page showed."""

    def clicks():
        from flask import current_app  # noqa: PLC0415

        client = current_app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = str(thread["crowd"][0])
        path = f"/answers/{thread['answers'][0]}/vote"
        headers = {"Accept": "application/json"}

        def click():
            told = client.post(path, data={"value": "1", "had": "0"}, headers=headers).json
            assert told == {"score": 1, "own": 1, "said": "vote"}

        return click

    assert house.together(*[clicks] * 6) == ["done"] * 6
    with house.open():
        assert queries.answer_by_id(thread["answers"][0]).score == 1


def test_nobody_gets_over_the_limit_by_being_quick(house, thread):
    with house.open():
        make = Factory()
        author = make.member()
        posts = [make.answer(author=author).id for _ in range(9)]
    who = thread["crowd"][0]
    told = house.together(*[votes(thread, who, 1, post) for post in posts])
    assert sorted(told) == ["TooMany"] * 3 + ["done"] * 6
    with house.open():
        assert count(Vote.member_id == who) == 6


def test_two_solutions_marked_at_once_leave_one(house, thread):
    def accepts(answer_id, who):
        def act():
            question, answer = queries.by_id(thread["question"]), queries.answer_by_id(answer_id)
            actor = member(who)
            return lambda: solving.accept(actor, question, answer)

        return act

    first, second = thread["answers"]
    told = house.together(accepts(first, thread["asker"]), accepts(second, thread["mia"]))
    assert told == ["done", "done"]
    with house.open():
        question = queries.by_id(thread["question"])
        assert question.solution_id in thread["answers"]
        assert question.state == State.SOLVED


def test_of_two_edits_from_the_same_text_one_is_refused(house, thread):
    def edits(who):
        def act():
            answer = queries.post_by_id(thread["answers"][0])
            change = Edit(text=thread["text"], version=answer.version, reason=str(who))
            actor = member(who)
            return lambda: editing.edit(actor, answer, change)

        return act

    told = house.together(edits(thread["helpers"][0]), edits(thread["mia"]))
    assert sorted(told) == ["Conflict", "done"]
    with house.open():
        answer = queries.answer_by_id(thread["answers"][0])
        assert answer.version == 2
        assert count(Revision.post_id == answer.id) == 2


def replies(thread, who, kind=answering.answer):
    def act():
        question, actor = queries.by_id(thread["question"]), member(who)
        draft = answering.ReplyDraft(text=thread["text"])
        if kind is answering.comment:
            answer = queries.post_by_id(thread["answers"][0])
            return lambda: answering.comment(actor, question, answer, draft)
        return lambda: answering.answer(actor, question, draft)

    return act


def closes(thread):
    question, actor = queries.by_id(thread["question"]), member(thread["mia"])
    return lambda: closing.close(actor, question, CloseReason.OUTDATED)


def test_nobody_answers_what_is_closed_in_the_same_moment(house, thread):
    crowd = thread["crowd"][:6]
    told = house.together(lambda: closes(thread), *[replies(thread, who) for who in crowd])
    assert told[0] == "done"
    assert set(told[1:]) <= {"done", "Forbidden"}
    with house.open():
        question = queries.by_id(thread["question"])
        assert question.state == State.CLOSED
        there = count(Answer.question_id == question.id, Answer.kind == "answer")
        assert question.answer_count == there == 2 + told[1:].count("done")
        late = select(func.max(Answer.created_at)).where(Answer.question_id == question.id)
        assert db.session.scalar(late) <= question.closed_at


def test_answers_at_once_are_all_counted(house, thread):
    told = house.together(*[replies(thread, who) for who in thread["crowd"]])
    assert told == ["done"] * CROWD
    with house.open():
        question = queries.by_id(thread["question"])
        there = count(Answer.question_id == question.id, Answer.kind == "answer")
        assert question.answer_count == there == 2 + CROWD
        assert count(Follow.question_id == question.id) == 3 + CROWD


def test_an_answer_is_not_commented_on_while_it_is_deleted(house, thread):
    def deletes():
        answer, actor = queries.post_by_id(thread["answers"][0]), member(thread["helpers"][0])
        return lambda: editing.delete(actor, answer)

    crowd = thread["crowd"][:4]
    acts = [replies(thread, who, answering.comment) for who in crowd]
    told = house.together(deletes, *acts)
    assert told[0] == "done"
    assert set(told[1:]) <= {"done", "Forbidden"}
    with house.open():
        question = queries.by_id(thread["question"])
        assert question.answer_count == 1
        deleted_at = queries.answer_by_id(thread["answers"][0]).deleted_at
        on_it = select(func.max(Answer.created_at)).where(Answer.kind == "comment")
        latest = db.session.scalar(on_it)
        assert latest is None or latest <= deleted_at


def test_a_question_is_either_answered_or_deleted_by_its_asker(house, thread):
    with house.open():
        make = Factory()
        question = make.question()
        alone = thread | {"question": question.id, "asker": question.author.id}

    def deletes():
        question, actor = queries.post_by_id(alone["question"]), member(alone["asker"])
        return lambda: editing.delete(actor, question)

    told = house.together(deletes, *[replies(alone, who) for who in thread["crowd"][:3]])
    with house.open():
        question = queries.by_id(alone["question"])
        if question.deleted_at is None:
            assert told == ["Forbidden", "done", "done", "done"]
        else:
            assert told == ["done", "Forbidden", "Forbidden", "Forbidden"]


def measures(thread, who, **facts):
    """Let a moderator take a measure."""

    def act():
        reasons = {"facts": "It insults a person.", "rule": "abusive"}
        draft, actor = measuring.MeasureDraft(**reasons | facts), member(who)
        return lambda: measuring.take(actor, draft)

    return act


@pytest.mark.parametrize("act", [MeasureAct.SUSPEND, MeasureAct.MUTE])
def test_nobody_writes_who_is_shut_out_in_the_same_moment(house, thread, act):
    who = thread["crowd"][0]
    with house.open():
        ends_at = now() + timedelta(days=1)
        moderator = Factory().moderator().id
    shuts_out = measures(thread, moderator, act=act, member_id=who, ends_at=ends_at)
    told = house.together(shuts_out, *[replies(thread, who) for _ in range(6)])
    assert told[0] == "done"
    assert set(told[1:]) <= {"done", "Forbidden"}
    with house.open():
        measure = db.session.scalar(select(Measure))
        late = select(func.count()).where(Answer.author_id == who, Answer.id > 0)
        assert db.session.scalar(late) == told[1:].count("done")
        writes_on = replies(thread, who)()
        with pytest.raises(CommunityError):
            writes_on()
        assert measure.member_id == who


def test_of_two_moderators_who_hide_the_same_post_one_is_told(house, thread):
    with house.open():
        make = Factory()
        moderators = [make.moderator().id for _ in range(4)]
    post_id = thread["answers"][0]
    hides = [measures(thread, who, act=MeasureAct.HIDE, post_id=post_id) for who in moderators]
    assert sorted(house.together(*hides)) == ["Conflict"] * 3 + ["done"]
    with house.open():
        assert count(Measure.post_id == post_id) == 1
        assert queries.by_id(thread["question"]).answer_count == 1


def test_me_too_counts_people_however_often_and_fast_they_click(house, thread):
    def has_too(who):
        def act():
            question, actor = queries.by_id(thread["question"]), member(who)
            return lambda: following.have_too(actor, question)

        return act

    crowd = thread["crowd"][:5]
    assert house.together(*[has_too(who) for who in crowd * 3]) == ["done"] * 15
    with house.open():
        question = queries.by_id(thread["question"])
        assert question.me_too_count == count(MeToo.question_id == question.id) == 5


def test_a_process_that_is_killed_loses_nothing_it_had_confirmed(house, thread):
    """kill -9 in the middle of answering, again and again: what was confirmed is there."""
    confirmed = []
    for who in thread["crowd"][:4]:
        confirmed += _answer_until_killed(house, thread, who)
    with house.open():
        if not speaks_postgresql():
            assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
        question = queries.by_id(thread["question"])
        kept = select(Answer.id).where(Answer.question_id == question.id, Answer.kind == "answer")
        there = set(db.session.scalars(kept))
        assert len(confirmed) >= 4 * 5
        assert set(confirmed) <= there
        assert question.answer_count == len(there)
        assert count(Revision.post_id.in_(there)) == len(there)
        assert len(there) - 2 - len(confirmed) <= 4
        assert db.session.scalar(select(func.count(Job.id))) is not None


def _answer_until_killed(house, thread, who):
    reading, writing = os.pipe()
    process = START.Process(target=_answer_for_ever, args=(house, thread, who, writing))
    process.start()
    os.close(writing)
    confirmed = []
    with os.fdopen(reading) as lines:
        for line in lines:
            confirmed.append(int(line))
            if len(confirmed) == 5 + who % 3:
                os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert process.exitcode == -signal.SIGKILL
    return confirmed


def _answer_for_ever(house, thread, who, pipe):
    with house.open():
        question, actor = queries.by_id(thread["question"]), member(who)
        draft = answering.ReplyDraft(text=thread["text"])
        while True:
            made = answering.answer(actor, question, draft)
            os.write(pipe, f"{made.id}\n".encode())


def thanks(thread, who, words=""):
    def act():
        answer, actor = queries.post_by_id(thread["answers"][0]), member(who)
        return lambda: thank_services.thank(actor, answer, words)

    return act


def test_taps_of_one_member_at_the_same_moment_thank_once(house, thread):
    acts = [thanks(thread, thread["crowd"][0]) for _ in range(8)]
    assert house.together(*acts) == ["done"] * 8
    with house.open():
        answer = queries.answer_by_id(thread["answers"][0])
        assert (answer.thank_count, count(Thank.post_id == answer.id)) == (1, 1)


def test_taps_of_many_members_at_the_same_moment_all_count(house, thread):
    acts = [thanks(thread, who) for who in thread["crowd"][:6] * 2]
    assert house.together(*acts) == ["done"] * 12
    with house.open():
        answer = queries.answer_by_id(thread["answers"][0])
        assert (answer.thank_count, count(Thank.post_id == answer.id)) == (6, 6)


def edits_often(thread, who, times):
    def act():
        answer, actor = queries.post_by_id(thread["answers"][0]), member(who)

        def edit_again_and_again():
            for number in range(times):
                changed = prepare(f"It works now, try number {number}.")
                version = db.session.scalar(select(Post.version).where(Post.id == answer.id))
                editing.edit(actor, answer, Edit(text=changed, version=version))

        return edit_again_and_again

    return act


def answers_often(thread, who, times, *, with_pace):
    def act():
        question, actor = queries.by_id(thread["question"]), member(who)

        @transaction
        def give():
            if with_pace:
                pacing.take_turn(actor, "answer")
            answering.answer(actor, question, answering.ReplyDraft(text=thread["text"]))

        return lambda: [give() for _ in range(times)]

    return act


def flags(thread, who):
    def act():
        answer, actor = queries.post_by_id(thread["answers"][1]), member(who)
        complaint = flagging.Complaint(reason=FlagReason.OFF_TOPIC)
        return lambda: flagging.flag(actor, answer, complaint)

    return act


def test_all_who_write_in_one_thread_wait_in_one_line(house, thread, monkeypatch):
    """One member does at once what locks the thread and the member in every way there is."""
    monkeypatch.setattr("community.core.db.transactions._once_more", pytest.fail)
    who, now_and_then = thread["helpers"][0], 6
    with house.open():
        Factory().set(pacing.GAP, 0)
        db.session.execute(update(Member).values(joined_at=now() - timedelta(days=9)))
        db.session.commit()
    hides = {"act": MeasureAct.HIDE, "post_id": thread["answers"][1]}
    told = house.together(
        edits_often(thread, who, now_and_then),
        answers_often(thread, who, now_and_then, with_pace=True),
        answers_often(thread, who, now_and_then, with_pace=False),
        flags(thread, who),
        thanks(thread, who),
        votes(thread, who, 1, thread["answers"][1]),
        measures(thread, thread["mia"], **hides),
    )
    assert told[:3] == ["done"] * 3
    assert set(told) <= {"done", "Forbidden"}
    with house.open():
        assert queries.answer_by_id(thread["answers"][0]).version == 1 + now_and_then
        there = count(Answer.question_id == thread["question"], Answer.kind == "answer")
        assert there == 2 + 2 * now_and_then


def test_who_waits_in_a_circle_is_let_through_the_second_time(house, thread):
    """Two transactions lock the same two rows the other way round, which no service does."""

    def crosses(first, second):
        def act():
            rows = [member(number) for number in (first, second)]

            @transaction
            def change_both():
                for row in rows:
                    lock(row).reputation += 1
                    db.session.flush()
                    time.sleep(0.3)

            return change_both

        return act

    one, other = thread["crowd"][:2]
    assert house.together(crosses(one, other), crosses(other, one)) == ["done", "done"]
    with house.open():
        before = member(thread["crowd"][2]).reputation
        assert [member(each).reputation - before for each in (one, other)] == [2, 2]
