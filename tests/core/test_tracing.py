"""Every request has a name: in its answer, on its lines of the log, on the jobs it caused."""

import json
import logging
import logging.config
import re
from types import SimpleNamespace

import pytest
from sqlalchemy import select, text

from community.boot.logs import Json, Lines, OfRequest, log_format
from community.core import jobs, sentry, slow_statements, tracing
from community.core.db import db, transaction
from community.core.job_rows import Job
from community.core.masking import masked
from community.core.policy import unguarded
from config import Config

HOSTILE = ["short", "x" * 65, "new\nline-of-log", "<script>alert(1)</script>", "../../etc/passwd"]
SECRET = "0123456789abcdef0123456789abcdef"


def names(app, *, takes_names, given=None):
    """Return the name that a request is answered with."""
    answers = []
    environ = {} if given is None else {"HTTP_X_REQUEST_ID": given}
    inner = tracing.Names(lambda _environ, start: start("200 OK", []), takes_names=takes_names)
    inner(environ, lambda _status, headers: answers.append(dict(headers)["X-Request-Id"]))
    return answers[0]


def test_each_request_has_a_name_of_its_own(client):
    first, second = (client.get("/questions").headers.getlist("X-Request-Id") for _ in range(2))
    assert len(first) == len(second) == 1
    assert first != second
    assert re.fullmatch("[0-9a-f]{16}", first[0])


def test_the_name_of_a_trusted_proxy_is_kept(app):
    given = "7b0a2f64-95a6-4a43-b0a5-2a5f1b7ce0c5"
    assert names(app, takes_names=True, given=given) == given
    assert names(app, takes_names=False, given=given) != given


@pytest.mark.parametrize("given", HOSTILE)
def test_a_senseless_name_is_not_taken_even_from_a_proxy(app, given):
    assert re.fullmatch("[0-9a-f]{16}", names(app, takes_names=True, given=given))


def test_a_broken_page_says_the_name_that_stands_in_the_log(app, client, caplog, monkeypatch):
    def broken():
        raise RuntimeError("a part fell off")

    monkeypatch.setitem(app.view_functions, "questions.index", allowed(broken))
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    caplog.handler.addFilter(OfRequest())
    answer = client.get("/questions")
    assert answer.status_code == 500
    name = answer.headers["X-Request-Id"]
    assert f"find it: {name}" in answer.text
    assert [record.request_id for record in caplog.records if record.exc_info] == [name]


def allowed(view):
    view.audience, view.limit = "everyone", None
    return view


def test_a_refused_page_shows_no_name(client):
    answer = client.get("/questions/999999")
    assert answer.status_code == 404
    assert answer.headers["X-Request-Id"] not in answer.text


@transaction
@unguarded("a test")
def ask_for_work():
    jobs.enqueue("test.traced", word="here")


def test_a_job_is_done_in_the_name_of_its_request(app, db_session_is_clean, monkeypatch):
    seen = []
    monkeypatch.setitem(
        jobs._work, "test.traced",
        lambda word: seen.append((word, tracing.name(), tracing.route())),
    )  # fmt: skip
    with tracing.working("", "0123456789abcdef"):
        ask_for_work()
    ask_for_work()
    jobs.work_off()
    assert seen == [("here", "0123456789abcdef", "test.traced"), ("here", "", "test.traced")]
    assert tracing.name() == ""


@pytest.fixture
def db_session_is_clean(app):
    yield
    db.session.rollback()
    assert db.session.scalar(select(Job.id).where(Job.name == "test.traced")) is None


def line(formatter, message, *arguments, **extra):
    record = logging.makeLogRecord(
        {"msg": message, "args": arguments, "levelname": "INFO", "name": "community"} | extra
    )
    with tracing.working("", "0123456789abcdef"):
        OfRequest().filter(record)
    return formatter.format(record)


def test_lines_for_people_name_the_request_at_their_end():
    assert line(Lines("%(levelname)s %(message)s"), "Done with %s", "it") == (
        "INFO Done with it [0123456789abcdef]"
    )


def test_lines_for_programs_are_json(tmp_path):
    settings = {"INSTANCE_FOLDER": str(tmp_path), "LOG_FORMAT": "JSON"}
    given = dict(log_format("web", Config.from_environment(settings))["formatters"]["generic"])
    assert given.pop("()") is Json
    said = json.loads(line(Json(**given), 'Say "%s"', "it", milliseconds=7.5))
    assert said.pop("at").endswith("+00:00")
    assert said == {
        "level": "INFO", "logger": "community", "process": "web", "message": 'Say "it"',
        "milliseconds": 7.5, "request_id": "0123456789abcdef",
    }  # fmt: skip


def test_logging_can_be_set_up_in_both_formats(tmp_path):
    root = logging.getLogger()
    before = root.handlers[:], root.level
    try:
        for kind in ("text", "json"):
            settings = {"INSTANCE_FOLDER": str(tmp_path), "LOG_FORMAT": kind}
            logging.config.dictConfig(log_format("web", Config.from_environment(settings)))
            assert isinstance(root.handlers[0].formatter, Lines if kind == "text" else Json)
    finally:
        root.handlers[:], root.level = before


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("No mail to rosa.gil@example.org today", "No mail to ***@*** today"),
        ("GET /search?q=rosa%40example.org", "GET /search?q=***@***"),
        ("smtp://forum:pa55-word@mail.example.org:587", "smtp://***@mail.example.org:587"),
        ("/password-reset/hT5k_b2PqXw9-ZrLm3VnYc8DfGs1JtAe4UoIi7RbQ", "/password-reset/***"),
        ("/verify?token=abc&next=/", "/verify?token=***&next=/"),
        ("DETAIL:  Key (name)=(Rosa) already exists.", "DETAIL:  Key (name)=(***) already exists."),
        ("/questions/12/how-do-i-clean-it-in-2024", "/questions/12/how-do-i-clean-it-in-2024"),
        ("community.questions.services.asking", "community.questions.services.asking"),
    ],
)  # fmt: skip
def test_what_is_no_business_of_a_log_is_masked(told, kept):
    assert masked(told) == kept
    assert line(Lines("%(message)s"), told).startswith(kept)


def test_a_slow_statement_is_told_without_its_values(app, caplog, monkeypatch):
    monkeypatch.setitem(app.config, "SLOW_STATEMENT_MS", 1)
    ticks = iter(range(100))
    clock = SimpleNamespace(perf_counter=lambda: next(ticks))
    monkeypatch.setattr(slow_statements, "time", clock)
    with tracing.working("a.job", "0123456789abcdef"):
        db.session.execute(text("SELECT  :who"), {"who": "rosa@example.org"})
    (record,) = [each for each in caplog.records if "SELECT" in each.message]
    assert (record.route, record.milliseconds) == ("a.job", 1000.0)
    assert record.statement.startswith("SELECT ")
    assert "rosa" not in record.getMessage()


def test_a_quick_statement_is_not_told(app, caplog, monkeypatch):
    monkeypatch.setitem(app.config, "SLOW_STATEMENT_MS", 60_000)
    db.session.execute(text("SELECT 1"))
    monkeypatch.setitem(app.config, "SLOW_STATEMENT_MS", 0)
    db.session.execute(text("SELECT 1"))
    assert "Slow statement" not in caplog.text


def test_how_long_it_took_is_told_to_admins_alone(client, make, log_in):
    assert "X-Response-Time" not in client.get("/questions").headers
    log_in(make.member())
    assert "X-Response-Time" not in client.get("/questions").headers
    log_in(make.admin())
    assert re.fullmatch(r"\d+\.\d ms", client.get("/questions").headers["X-Response-Time"])


def test_sentry_is_told_where_and_not_for_whom():
    event = {
        "request": {
            "method": "POST", "url": "https://f.example/log-in?next=/rosa", "data": "password",
            "cookies": {"session": "x"}, "headers": {"Cookie": "x"}, "query_string": "a=b",
        },
        "user": {"ip_address": "192.0.2.1"},
        "breadcrumbs": {"values": [{"message": "SELECT"}]},
        "exception": {"values": [{"type": "ValueError", "value": "no rosa@example.org"}]},
    }  # fmt: skip
    with tracing.working("a.job", "0123456789abcdef"):
        sent = sentry.cleaned(event, {})
    assert sent == {
        "request": {"method": "POST", "url": "https://f.example/log-in"},
        "exception": {"values": [{"type": "ValueError", "value": "no ***@***"}]},
        "tags": {"request_id": "0123456789abcdef", "route": "a.job"},
    }
