"""Pages of power ask for the password after half an hour without use."""

from datetime import timedelta

import pytest

from community.core.clock import as_if_it_were, now
from tests.factories import PASSWORD

PLACE = "/moderation/measures"


@pytest.fixture
def mia(make, client, password_hash):
    mia = make.moderator("mia")
    mia.password_hash = password_hash
    make.keep(mia)
    client.post("/login", data={"name": "mia", "password": PASSWORD})
    return mia


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 303)])
def test_half_an_hour_without_use_and_the_password_is_asked_for(mia, client, minutes, status):
    with as_if_it_were(now() + timedelta(minutes=minutes)):
        assert client.get(PLACE).status_code == status


def test_use_keeps_the_page_open(mia, client):
    for minutes in (20, 40, 60):
        with as_if_it_were(now() + timedelta(minutes=minutes)):
            assert client.get(PLACE).status_code == 200


def test_other_pages_do_not_ask(mia, client):
    with as_if_it_were(now() + timedelta(hours=2)):
        assert client.get("/settings").status_code == 200


def test_the_right_password_leads_on_and_a_wrong_one_does_not(mia, client):
    with as_if_it_were(now() + timedelta(hours=1)):
        asked = client.get(f"{PLACE}?act=hide").location
        assert asked == f"/login/again?next={PLACE}?act%3Dhide"
        assert client.post(asked, data={"proof-current": "wrong"}).status_code == 422
        assert client.get(PLACE).status_code == 303
        right = client.post(asked, data={"proof-current": PASSWORD})
        assert (right.status_code, right.location) == (303, f"{PLACE}?act=hide")
        assert client.get(PLACE).status_code == 200


def test_what_was_being_posted_survives(mia, make, client):
    answer = make.answer()
    place = f"/moderation/measure?post={answer.id}"
    form = {"act": "hide", "rule": "abusive", "facts": "Words that took a while.", "hours": "0"}
    with as_if_it_were(now() + timedelta(hours=1)):
        sent = client.post(place, data=form, headers={"Referer": f"http://localhost{place}"})
        assert make.fresh(answer).is_visible
        back = client.post(sent.location, data={"proof-current": PASSWORD}).location
        assert back == place
        assert "Words that took a while." in client.get(back).text


def test_it_leads_nowhere_but_to_this_site(mia, client):
    with as_if_it_were(now() + timedelta(hours=1)):
        away = "/login/again?next=https://evil.example"
        assert client.post(away, data={"proof-current": PASSWORD}).location == "/"
