"""Levels are reached by reading and helping, kept by going on, and given by hand to leaders."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from community.core.audit import Act
from community.core.clock import as_if_it_were, now
from community.core.db import db
from community.core.errors import Forbidden, Invalid
from community.core.job_rows import Job
from community.questions.services import following, solving
from community.reputation.models import ReadingDay
from community.reputation.queries import progress
from community.reputation.reactions import look_at_trust_levels
from community.reputation.services import levelling, reading
from community.reputation.services.reading import forget_what_was_opened

DAY = timedelta(days=1)


@pytest.fixture
def ann(make):
    return make.member("ann")


def read(make, member, days=1, questions=0, posts=0, seconds=0, until=None):
    """Let a member have read so much on each of these days, the last of which is today."""
    for back in range(days):
        day = ((until or now()) - back * DAY).date()
        facts = {"questions": questions, "posts": posts, "seconds": seconds, "opened": []}
        make.keep(ReadingDay(member_id=member.id, day=day, **facts))


def regular(make, member, days=30, answers=10):
    read(make, member, days, questions=2, posts=10, seconds=60)
    for number in range(answers):
        answer = make.answer(author=member)
        if number < 5:
            make.voted(answer)
    following.have_too(member, make.question())


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"questions": 5, "posts": 30, "seconds": 600}, 1),
        ({"questions": 4, "posts": 30, "seconds": 600}, 0),
        ({"questions": 5, "posts": 29, "seconds": 600}, 0),
        ({"questions": 5, "posts": 30, "seconds": 599}, 0),
    ],
)
def test_level_one_asks_for_reading(make, ann, facts, level):
    read(make, ann, **facts)
    levelling.look_at([ann.id])
    assert make.fresh(ann).trust_level == level


@pytest.mark.parametrize(("answers", "feedback", "level"), [(3, 1, 2), (2, 1, 1), (3, 0, 1)])
def test_level_two_asks_for_days_answers_and_feedback(make, ann, answers, feedback, level):
    read(make, ann, days=15, questions=2, posts=10, seconds=60)
    for _ in range(answers):
        make.answer(author=ann)
    for _ in range(feedback):
        following.have_too(ann, make.question())
    levelling.look_at([ann.id])
    assert make.fresh(ann).trust_level == level


@pytest.mark.parametrize(("days", "answers", "level"), [(30, 10, 3), (29, 10, 2), (30, 9, 2)])
def test_level_three_asks_for_the_last_hundred_days(make, ann, days, answers, level):
    regular(make, ann, days, answers)
    levelling.look_at([ann.id])
    assert make.fresh(ann).trust_level == level


def test_own_questions_are_no_help_to_others(make, ann):
    read(make, ann, days=15, questions=2, posts=10, seconds=60)
    for _ in range(3):
        make.answer(make.question(author=ann), author=ann)
    following.have_too(ann, make.question())
    levelling.look_at([ann.id])
    assert make.fresh(ann).trust_level == 1


def test_level_three_is_lost_after_a_fortnight_and_won_back_before(make, ann):
    regular(make, ann)
    levelling.look_at([ann.id])
    wanting = now() + 75 * DAY
    with as_if_it_were(wanting):
        look_at_trust_levels()
        assert make.fresh(ann).trust_level == 3
    with as_if_it_were(wanting + 13 * DAY):
        look_at_trust_levels()
        assert make.fresh(ann).trust_level == 3
    with as_if_it_were(wanting + 15 * DAY):
        look_at_trust_levels()
        assert make.fresh(ann).trust_level == 2


def test_nine_tenths_of_each_bar_keep_the_level(make, ann):
    regular(make, ann, days=30)
    levelling.look_at([ann.id])
    three_days_fall_out = now() + 73 * DAY
    for days in (0, 20):
        with as_if_it_were(three_days_fall_out):
            look_at_trust_levels()
            assert make.fresh(ann).trust_level == 3, days


def test_admins_make_leaders_with_a_reason_that_is_recorded(make, ann):
    admin = make.admin()
    with pytest.raises(Forbidden):
        levelling.make_leader(make.moderator(), ann, "She helps everybody.")
    ann, admin = make.fresh(ann), make.fresh(admin)
    with pytest.raises(Invalid):
        levelling.make_leader(admin, ann, " ")
    ann, admin = make.fresh(ann), make.fresh(admin)
    levelling.make_leader(admin, ann, "She helps everybody.")
    levelling.look_at([ann.id])
    assert make.fresh(ann).trust_level == 4
    act = db.session.scalar(select(Act).where(Act.name == "trust-level"))
    assert (act.before, act.after, act.reason) == (0, 4, "She helps everybody.")
    levelling.end_leadership(admin, ann, "She asked for it.")
    assert make.fresh(ann).trust_level == 2


def test_events_tell_of_levels(make, ann):
    from community.core import events  # noqa: PLC0415
    from community.reputation.events import LevelReached  # noqa: PLC0415

    heard = []

    @events.reacts_to(LevelReached)
    def hear(event):
        heard.append((event.member_id, event.level))

    reaction = name, _when = events._reactions[LevelReached][-1]
    try:
        read(make, ann, questions=5, posts=30, seconds=600)
        levelling.look_at([ann.id])
        waiting = db.session.scalars(select(Job.arguments).where(Job.name == name)).all()
        assert waiting == [{"member_id": ann.id, "level": 1}]
    finally:
        events._reactions[LevelReached].remove(reaction)


def test_a_message_counts_no_more_than_can_be_read_in_its_time(make, ann):
    question = make.question()
    reading.note_reading(ann, [question.id, question.id, 4711], 5000, 5000)
    reading.note_reading(ann, [question.id], 50, 60)
    row = db.session.scalar(select(ReadingDay))
    assert (row.questions, row.posts, row.seconds) == (1, 90, 90)
    with as_if_it_were(now() + timedelta(seconds=61)):
        reading.note_reading(ann, [make.question().id], 4, 60)
    assert (row.questions, row.posts, row.seconds) == (2, 94, 150)
    with as_if_it_were(now() + DAY):
        forget_what_was_opened()
    db.session.refresh(row)
    assert (row.opened, row.questions) == ([], 2)


def test_who_reaches_the_first_level_while_reading_has_it_at_once(make, ann):
    read(make, ann, questions=5, posts=30, seconds=590)
    with as_if_it_were(now() + timedelta(minutes=2)):
        reading.note_reading(ann, [], 1, 30)
    assert make.fresh(ann).trust_level == 1


def test_nothing_is_measured_that_was_switched_off(make, log_in):
    ben = make.member(measures_reading=False)
    question = make.question()
    assert log_in(ben).post("/reading", data={"seconds": "60"}).status_code == 204
    assert db.session.scalar(select(ReadingDay)) is None
    page = log_in(ben).get(f"/questions/{question.id}/{question.slug}")
    assert 'data-behaviour="reading"' not in page.text
    with pytest.raises(Forbidden):
        reading.note_reading(ben, [], 1, 1)


def test_the_page_of_a_question_measures_for_members_alone(make, client, log_in, ann):
    question = make.question()
    address = f"/questions/{question.id}/{question.slug}"
    assert 'data-behaviour="reading"' not in client.get(address).text
    assert 'data-behaviour="reading"' in log_in(ann).get(address).text
    facts = {"question": [str(question.id), "x", "-3"], "posts": "3", "seconds": "20"}
    assert log_in(ann).post("/reading", data=facts).status_code == 204
    row = db.session.scalar(select(ReadingDay))
    assert (row.questions, row.posts, row.seconds) == (1, 3, 20)


def test_the_help_page_says_what_the_tables_say(client):
    page = client.get("/help/trust-levels").text
    assert "0 · New" in page
    assert "15 days visited" in page
    assert "csrf_token" not in page


def test_members_see_their_own_way_and_nobody_elses(make, log_in, ann):
    read(make, ann, questions=3, posts=12, seconds=120)
    address = f"/members/{ann.id}/ann"
    assert "Your way to the level" in log_in(ann).get(address).text
    assert "3 / 5 questions opened" in log_in(ann).get(address).text
    assert "Your way to the level" not in log_in(make.member()).get(address).text


def test_an_admin_makes_a_leader_on_the_profile(make, log_in, ann):
    address = f"/members/{ann.id}/leadership"
    assert log_in(make.moderator()).post(address, data={"reason": "x"}).status_code == 403
    admin = make.admin()
    assert "Make a leader" in log_in(admin).get(f"/members/{ann.id}/ann").text
    log_in(admin).post(address, data={"reason": ""})
    assert make.fresh(ann).trust_level == 0
    log_in(admin).post(address, data={"reason": "Helps."})
    assert make.fresh(ann).trust_level == 4


def test_regulars_close_questions_of_others(make):
    from community.questions.policies import may_close  # noqa: PLC0415

    question = make.question()
    assert not may_close(make.member(trust_level=2), question)
    assert may_close(make.member(trust_level=3), question)


def test_a_visit_counts_without_script_and_once_a_day(make):
    ann = make.member("ann", last_seen_at=now())
    ben = make.member("ben", last_seen_at=now() - timedelta(hours=2))
    eva = make.member("eva", last_seen_at=now(), measures_reading=False)
    reading.note_visits()
    reading.note_visits()
    done = progress.altogether([ann.id, ben.id, eva.id])
    assert [done[each.id].days_visited for each in (ann, ben, eva)] == [1, 0, 0]


def test_history_proves_a_level_and_no_event_tells_of_it(make):
    ann, ben = make.member("ann"), make.member("ben")
    for day in range(30):
        with as_if_it_were(now() - timedelta(days=200 - day)):
            question = make.question()
            for _answer in range(3):
                make.answer(question)
            make.answer(question, author=ann)
    with as_if_it_were(now() - timedelta(days=150)):
        own = make.question(ann)
        solution = make.answer(own)
        make.answer(author=ben)
        solving.accept(ann, own, solution)
    assert levelling.recognise([ann.id, ben.id]) == 1
    assert (make.fresh(ann).trust_level, make.fresh(ben).trust_level) == (2, 0)


def test_admins_read_the_tables_and_how_many_members_have_each_level(make, log_in):
    for title in ("", "", "Support"):
        make.member(trust_level=2, staff_title=title)
    page = log_in(make.admin()).get("/admin/trust-levels").text
    help_page = log_in(make.member()).get("/help/trust-levels").text
    counted = page.split("Who has which level</h2>")[1].split("</table>")[0]
    assert "".join(counted.split()).count('2·Member</th><tdclass="number">2<') == 1
    for part in ("<table", "How to get there"):
        assert part in page
    table = page.split('<table class="table levels">')[1].split("</table>")[0]
    assert table == help_page.split('<table class="table levels">')[1].split("</table>")[0]
    assert log_in(make.moderator()).get("/admin/trust-levels").status_code == 403
