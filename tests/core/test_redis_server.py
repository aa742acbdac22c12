"""With a real Redis; and while it is away or answers nothing."""

import time
from dataclasses import replace

import pytest
from limits import parse

from community.app import create_app
from community.core import jobs, queues, redis_server
from community.core.db import db, transaction
from community.core.job_rows import Job
from community.core.jobs import enqueue
from community.core.limits import Counters
from config import Config
from tests.servers.redis import RedisServer


@pytest.fixture
def server(tmp_path_factory):
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


@pytest.fixture
def nodes(tmp_path, own_database, server):
    """Two web nodes of one forum."""
    config = Config(
        SECRET_KEY="test" * 8,
        INSTANCE_FOLDER=tmp_path,
        DATABASE_URL=own_database,
        REDIS_URL=server.url,
        SEARCH_BACKEND="memory",
    )
    nodes = [create_app(config), create_app(replace(config))]
    with nodes[0].app_context():
        db.create_all()
    yield nodes
    for node in nodes:
        with node.app_context():
            db.engine.dispose()


PACE = parse("3 per minute")


def hits(node, times):
    return [node.extensions["limits"].hit(PACE, "key") for _ in range(times)]


def test_visits_are_counted_over_all_nodes(nodes):
    assert hits(nodes[0], 2) == [True, True]
    assert hits(nodes[1], 2) == [True, False]


def test_without_redis_each_process_goes_on_counting_and_none_is_open(nodes, server):
    assert hits(nodes[0], 1) == [True]
    server.stop()
    assert hits(nodes[0], 4) == [True, True, True, False]


def test_a_redis_that_answers_nothing_costs_a_moment_once(nodes, server):
    hits(nodes[0], 1)
    server.freeze()
    began = time.monotonic()
    assert hits(nodes[0], 5) == [True, True, True, False, False]
    assert time.monotonic() - began < 3 * redis_server.PATIENCE


def test_once_it_is_back_it_counts_again(nodes, server, monkeypatch):
    monkeypatch.setattr(nodes[0].extensions["limits"]._breaker, "_pause", 0.0)
    server.stop()
    assert hits(nodes[0], 1) == [True]
    server.start()
    assert hits(nodes[0], 4) == [True, True, True, False]
    assert hits(nodes[1], 1) == [False]


def test_a_job_goes_through_redis_and_waits_in_the_table_while_there_is_none(nodes, server):
    with nodes[0].app_context():
        transaction(enqueue)("notes.none")
        assert len(queues.queue()) == 1
        server.stop()
        began = time.monotonic()
        for _ in range(5):
            transaction(enqueue)("notes.none")
        assert time.monotonic() - began < 3 * redis_server.PATIENCE + 0.5
        assert db.session.query(Job).count() == 6
        db.session.rollback()
    server.start()
    with nodes[1].app_context():
        assert jobs.sweep() == 6
        assert len(queues.queue()) == 1  # The worker is told of all of them at once.
        db.session.remove()


def test_counters_without_a_server_count_in_memory():
    counters = Counters()
    assert [counters.hit(PACE, "key") for _ in range(4)] == [True, True, True, False]
