"""While the database is away, visitors are asked for patience in both languages."""

import pytest
from sqlalchemy.exc import OperationalError

from community.core import web
from community.core.db import db


def away(*_args, **_facts):
    raise OperationalError("SELECT 1", {}, Exception("server closed the connection"))


@pytest.fixture
def database_is_away(monkeypatch):
    for name in ("execute", "scalars", "scalar", "get"):
        monkeypatch.setattr(db.session, name, away)


def test_a_page_without_the_database_is_503_in_both_languages(client, database_is_away):
    answer = client.get("/questions")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


def test_the_error_page_itself_may_fail(app, monkeypatch):
    monkeypatch.setattr(web, "render_template", away)
    with app.test_request_context("/questions"):
        answer = web.show_busy(OperationalError("SELECT 1", {}, Exception("gone")))
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "Volvemos enseguida" in answer.get_data(as_text=True)
    assert "We will be right back" in answer.get_data(as_text=True)
