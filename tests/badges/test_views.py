"""The pages of the badges."""

import pytest

from community.badges import queries, rounds
from community.core.audit import Act
from community.core.db import db
from community.notifications import queries as notices


@pytest.fixture(autouse=True)
def _seeded(_clean_database):
    rounds.run_all()


def test_everybody_sees_what_there_is_and_how_many_hold_it(client, make):
    rounds.run_for([make.question().author_id])
    page = client.get("/badges")
    assert page.status_code == 200
    assert "First question" in page.text
    assert "1 holds it" in page.text
    assert "Primera pregunta" in client.get("/badges?lang_ui=es").text


def test_a_badge_names_its_holders(client, make):
    ann = make.member("ann")
    make.question(ann)
    rounds.run_all()
    assert "Ann" in client.get("/badges/first-question").text
    assert client.get("/badges/nothing").status_code == 404


def test_a_badge_without_holders_invites(client):
    assert "You could be the first" in client.get("/badges/hero").text


def test_the_profile_shows_what_a_member_holds(client, make):
    ann = make.member("ann")
    make.question(ann)
    rounds.run_all()
    assert "First question" in client.get(f"/members/{ann.id}/ann").text


@pytest.mark.parametrize("path", ["/badges", "/badges/first-question"])
def test_statements_do_not_grow_with_the_rows(client, make, count_queries, path):
    counts = []
    for rows in (2, 6):
        for _each in range(rows):
            make.question()
        rounds.run_all()
        client.get(path)
        with count_queries() as sql:
            client.get(path)
        counts.append(len(sql))
    assert counts[0] == counts[1] <= 5, sql


def give(log_in, actor, member, **fields):
    data = {"badge": "hero", "reason": "For the guide to <filters>."} | fields
    return log_in(actor).post(f"/members/{member.id}/badges/new", data=data)


def test_staff_give_a_badge_with_a_reason_that_everybody_reads(make, log_in, client):
    ann = make.member("ann")
    answer = make.answer(author=ann)
    assert give(log_in, make.staff(), ann, post=f"/answers/{answer.id}").status_code == 303
    page = client.get(f"/members/{ann.id}/ann").text
    assert "Community hero" in page
    assert "For the guide to &lt;filters&gt;." in page
    assert notices.unread_count(ann) == 1
    assert queries.given_to(ann.id)[0].post_id == answer.id
    assert db.session.query(Act).filter_by(name="give-badge").count() == 1


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"reason": " "}, "say what it is for"),
        ({"post": "nowhere"}, "no post under this address"),
        ({"badge": "first-vote"}, "Please choose one of these"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(make, log_in, fields, says):
    ann = make.member("ann")
    page = give(log_in, make.staff(), ann, **fields)
    assert page.status_code == 422
    assert says in page.text
    assert queries.given_to(ann.id) == []


def test_the_post_has_to_be_a_public_one_of_the_member(make, log_in):
    ann = make.member("ann")
    other = make.answer()
    page = give(log_in, make.staff(), ann, post=str(other.id))
    assert "not a public post of this member" in page.text


def test_the_same_badge_is_not_given_twice(make, log_in):
    ann = make.member("ann")
    give(log_in, make.staff(), ann)
    assert give(log_in, make.staff(), ann).status_code in {409, 422}
    assert len(queries.given_to(ann.id)) == 1


def test_customers_give_no_badges(make, log_in, client):
    ann = make.member("ann")
    assert give(log_in, make.member(), ann).status_code == 403
    assert client.get(f"/members/{ann.id}/ann").text.count("Give a badge") == 0


def test_nobody_honours_themselves(make, log_in):
    staff = make.staff()
    assert "Somebody else" in give(log_in, staff, staff).text
