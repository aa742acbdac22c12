"""What watching programs and browsers ask of the site."""

import pytest

from community.site import queries


@pytest.fixture
def _with_queue(monkeypatch):
    """Tests have no queue; stand in for it."""
    monkeypatch.setitem(queries.PARTS, "queue", lambda: None)


@pytest.mark.usefixtures("_with_queue")
def test_a_sound_forum_says_so(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json == {
        "ok": True, "set_up": True, "database": "ok", "queue": "ok", "index": "ok",
    }  # fmt: skip
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("_with_queue")
def test_a_broken_part_is_503_and_named(client, monkeypatch):
    def fail():
        raise OSError("/secret/path is gone")

    monkeypatch.setitem(queries.PARTS, "index", fail)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json["index"] == "cannot be used"
    assert answer.json["database"] == "ok"
    assert "secret" not in answer.text


def test_a_node_lives_while_it_answers_whatever_is_broken(client, monkeypatch, count_queries):
    def fail():
        raise OSError("gone")

    for part in queries.PARTS:
        monkeypatch.setitem(queries.PARTS, part, fail)
    with count_queries() as statements:
        answer = client.get("/livez")
    assert client.get("/healthz").status_code == 503
    assert (answer.status_code, answer.json) == (200, {"ok": True})
    assert answer.headers["Cache-Control"] == "no-store"
    assert statements == []


def test_the_brand_s_shades_come_as_a_style_sheet(client):
    answer = client.get("/brand/123456.css")
    assert answer.mimetype == "text/css"
    assert "--brand: #123456;" in answer.text
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("wrong", ["12345", "zzzzzz", "1234567", "12345%7d"])
def test_what_is_no_colour_has_no_style_sheet(client, wrong):
    assert client.get(f"/brand/{wrong}.css").status_code == 404


def test_metrics_are_told_to_who_has_the_token_alone(app, client, make, monkeypatch):
    make.question()
    token = {"Authorization": "Bearer swordfish-swordfish"}
    assert client.get("/metrics", headers=token).status_code == 404
    monkeypatch.setitem(app.config, "METRICS_TOKEN", "swordfish-swordfish")
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer no"}).status_code == 404
    told = client.get("/metrics", headers=token)
    assert (told.status_code, told.headers["Cache-Control"]) == (200, "no-store")
    lines = told.text.splitlines()
    assert "tertulia_questions 1.0" in lines
    assert "tertulia_database_up 1.0" in lines
    assert any(line.startswith("tertulia_jobs_waiting ") for line in lines)
