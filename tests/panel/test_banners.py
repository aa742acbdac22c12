"""Banners: for whom they hang, where, how long, and how they are put away."""

from datetime import timedelta

import pytest

from community.core import clock
from community.core.errors import Forbidden, Invalid
from community.core.settings import known
from community.panel.models import Audience
from community.panel.services import banners
from community.panel.services.banners import BannerDraft

TYPED = {"words": "We are closed on Friday.", "tone": "news", "audience": "all", "product": "",
         "language": "", "starts_at": "", "ends_at": "", "is_dismissible": "y"}  # fmt: skip


@pytest.fixture
def hang(make):
    admin = make.admin()
    return lambda words="Hear, hear", **facts: banners.hang(
        admin, BannerDraft(words=words, **facts)
    )


def test_an_admin_hangs_one_up_and_takes_it_down(log_in, make, client):
    panel = log_in(make.admin())
    assert panel.post("/admin/banners/new", data=TYPED).status_code == 303
    assert "We are closed on Friday." in panel.get("/tags").text
    listed = panel.get("/admin/banners").text
    assert "shown now" in listed
    number = listed.split('action="/admin/banners/')[1].split("/")[0]
    panel.post(f"/admin/banners/{number}/end")
    assert "We are closed on Friday." not in panel.get("/tags").text
    assert "over" in panel.get("/admin/banners").text


@pytest.mark.parametrize(
    ("audience", "who"),
    [
        (Audience.ALL, {"guest", "member", "staff", "moderator"}),
        (Audience.GUESTS, {"guest"}),
        (Audience.MEMBERS, {"member", "staff", "moderator"}),
        (Audience.STAFF, {"staff", "moderator"}),
    ],
)
def test_each_audience_sees_its_own(hang, make, app, log_in, audience, who):
    hang(audience=audience)
    seen = {"guest"} if "Hear, hear" in app.test_client().get("/tags").text else set()
    for name in ("member", "staff", "moderator"):
        if "Hear, hear" in log_in(getattr(make, name)()).get("/tags").text:
            seen.add(name)
    assert seen == who


def test_a_banner_of_a_product_hangs_on_its_pages_alone(hang, make, client):
    here, elsewhere = make.question(), make.question()
    hang(product_id=here.product_id)
    assert "Hear, hear" in client.get(f"/questions/{here.id}/{here.slug}").text
    assert "Hear, hear" not in client.get(f"/questions/{elsewhere.id}/{elsewhere.slug}").text
    assert "Hear, hear" not in client.get("/tags").text


def test_a_banner_in_spanish_is_for_who_reads_spanish(hang, client):
    hang(language="es")
    assert "Hear, hear" in client.get("/tags?lang_ui=es").text
    assert "Hear, hear" not in client.get("/tags?lang_ui=en").text


def test_a_banner_begins_and_ends_by_the_clock(hang, client, monkeypatch):
    start = clock.now()
    hang(starts_at=start + timedelta(hours=1), ends_at=start + timedelta(hours=2))
    seen = []
    for hours in (0.5, 1.5, 2.5):
        moment = start + timedelta(hours=hours)
        monkeypatch.setattr("community.panel.board.now", lambda moment=moment: moment)
        seen.append("Hear, hear" in client.get("/tags").text)
    assert seen == [False, True, False]


def test_kept_pages_are_told_when_one_begins(hang, monkeypatch):
    word, start = known["banners_word"], clock.now()
    banners.turn()
    hang(starts_at=start + timedelta(hours=1))
    before = word.get()
    banners.turn()
    assert word.get() == before
    later = start + timedelta(hours=1, minutes=1)
    monkeypatch.setattr("community.panel.services.banners.now", lambda: later)
    monkeypatch.setattr("community.panel.queries.banners.now", lambda: later)
    banners.turn()
    assert word.get() != before
    before = word.get()
    banners.turn()
    assert word.get() == before


def test_a_member_puts_it_away_for_good_and_others_go_on_seeing_it(hang, make, log_in, app):
    banner, ann = hang(), make.member()
    page = log_in(ann).post(f"/admin/banners/{banner.id}/dismissal", data={"next": "/tags"})
    assert page.headers["Location"] == "/tags"
    assert "Hear, hear" not in log_in(ann).get("/tags").text
    assert "Hear, hear" in log_in(make.member()).get("/tags").text


def test_one_that_stays_cannot_be_put_away(hang, make, log_in):
    banner, ann = hang(is_dismissible=False), make.member()
    assert "/dismissal" not in log_in(ann).get("/tags").text
    with pytest.raises(Invalid):
        banners.dismiss(ann, banner)


def test_pages_of_guests_carry_no_form_and_no_token_for_it(hang, client):
    hang()
    page = client.get("/tags")
    assert 'data-behaviour="banner"' in page.text
    assert "csrf_token" not in page.text
    assert "Set-Cookie" not in page.headers


def test_banners_cost_a_page_no_statement(hang, client, count_queries):
    client.get("/tags")
    with count_queries() as before:
        client.get("/tags")
    for _ in range(3):
        hang()
    client.get("/tags")
    with count_queries() as after:
        assert client.get("/tags").text.count("Hear, hear") == 3
    assert len(after) == len(before)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"words": ""}, "Please fill this in"),
        ({"link": "javascript:alert(1)", "link_words": "x"}, "begins with https://"),
        ({"link": "/tags"}, "Say what stands on the link"),
        ({"starts_at": "2026-01-02T10:00", "ends_at": "2026-01-02T09:00"}, "end after it begins"),
        ({"ends_at": "soon"}, "Please enter a date"),
    ],
)
def test_what_makes_no_sense_is_refused_and_kept_in_the_form(log_in, make, wrong, said):
    answer = log_in(make.admin()).post("/admin/banners/new", data=TYPED | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert "We are closed on Friday." in answer.text or "words" in wrong


def test_times_are_those_of_the_writer(log_in, make):
    panel = log_in(make.member(role="admin", time_zone="Europe/Madrid"))
    panel.post("/admin/banners/new", data=TYPED | {"starts_at": "2026-07-01T10:00"})
    number = panel.get("/admin/banners").text.split('href="/admin/banners/')[2].split('"')[0]
    assert 'value="2026-07-01T10:00"' in panel.get(f"/admin/banners/{number}").text


def test_only_admins_hang_banners(make):
    with pytest.raises(Forbidden):
        banners.hang(make.moderator(), BannerDraft(words="No"))
