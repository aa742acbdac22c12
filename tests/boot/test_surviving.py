"""Several machines, of which one after the other dies under load: nobody's writing is lost.

PostgreSQL with a replica, Redis, three web nodes, two workers and a proxy, all as real processes.
"""

import os
import secrets
import signal
import subprocess
import sys
import time

import pytest
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select, update

from community.app import create_app
from community.core.clock import now
from community.core.db import db
from community.members.models import Member
from community.posts.models import Post
from community.questions.models import Answer
from community.votes import services as vote_services
from community.votes.models import Vote
from config import Config, environment_with, settings_of_the_environment
from tests.boot.conftest import ROOT, free_port, wait_until
from tests.factories import Factory
from tests.servers.load import Crowd, Visitor
from tests.servers.proxy import Proxy
from tests.servers.redis import RedisServer
from tests.servers.replication import PostgreSQL

KEY = "growing!" * 4
WEB, WORKER = "community.boot.server", "community.boot.worker"
SECONDS_FOR_ALL_TO_BE_WELL = 10
# Enough to tell what a hundredth of them is.
READS_AFTER_A_DEATH = 200
# So long an answer may have been on its way already.
SECONDS_OF_AN_ANSWER = 0.3


class Node:
    """A web node or a worker; it dies as a machine does, with all that runs on it."""

    def __init__(self, module, folder, **settings):
        self.module, self.folder, self.settings = module, folder, settings
        self.start()

    def start(self):
        plain = {setting.name: "" for setting in settings_of_the_environment()}
        environment = environment_with(**(plain | self.settings))
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", self.module],
                cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Cluster:
    """All of it, on the loopback."""

    def __init__(self, folder):
        self.first = PostgreSQL()
        self.first.ask("CREATE DATABASE forum")
        self.second = PostgreSQL(follows=self.first)
        self.redis = RedisServer(folder)
        self.port, ports = free_port(), [free_port() for _ in range(3)]
        both = f"{self.first.where}&{self.second.where}&target_session_attrs=read-write"
        self.settings = {
            "SECRET_KEY": KEY,
            "DATABASE_URL": f"postgresql+psycopg://postgres@/forum?{both}",
            "DATABASE_REPLICA_URL": f"postgresql+psycopg://postgres@/forum?{self.second.where}",
            "REDIS_URL": self.redis.url,
            "BASE_URL": f"http://localhost:{self.port}",
        }
        self.app = create_app(Config(INSTANCE_FOLDER=folder, TESTING=True, **self.settings))
        with self.app.app_context():
            db.create_all()
        more = {"TRUSTED_PROXIES": "1", "WORKERS": "1", "LOG_LEVEL": "ERROR"}
        self.web = [self._node(WEB, folder, PORT=str(port), **more) for port in ports]
        self.workers = [self._node(WORKER, folder, LOG_LEVEL="ERROR") for _ in range(2)]
        self.proxy = Proxy(self.port, ports)

    def _node(self, module, folder, **settings):
        own = folder / secrets.token_hex(4)
        own.mkdir()
        return Node(module, own, INSTANCE_FOLDER=str(own), **self.settings, **settings)

    def close(self):
        self.proxy.shutdown()
        self.proxy.server_close()
        for node in [*self.web, *self.workers]:
            if node.process.poll() is None:
                node.kill()
        with self.app.app_context():
            for engine in db.engines.values():
                engine.dispose()
        self.redis.stop()
        self.second.remove()
        self.first.remove()

    def crowd(self):
        """Fill the forum and gather the people who visit it."""
        with self.app.app_context():
            make = Factory()
            make.admin()
            questions = [make.question() for _ in range(8)]
            answers = [make.answer(each) for each in questions]
            writers = [self._visitor(make.moderator()) for _ in range(12)]
            voters = [make.member() for _ in range(20)]
            old = update(Member).values(joined_at=func.now() - func.make_interval(0, 0, 0, 9))
            db.session.execute(old)
            db.session.commit()
            for setting in (vote_services.UP_A_DAY, vote_services.UP_FOR_ONE):
                make.set(setting, 1000)
            paths = [f"/questions/{each.id}/{each.slug}" for each in questions]
            return Crowd(
                port=self.port,
                paths=[*paths, *paths, "/", "/questions", "/questions?sort=newest"],
                writers=writers,
                voters=[self._visitor(each) for each in voters],
                questions=[each.id for each in questions],
                answers=[each.id for each in answers],
            )

    def _visitor(self, member):
        client, token = self.app.test_client(), secrets.token_hex(20)
        with client.session_transaction() as session:
            session["_user_id"] = str(member.id)
            session["csrf_token"] = token
            session["proved_at"] = int(now().timestamp())
        signed = URLSafeTimedSerializer(KEY, salt="wtf-csrf-token").dumps(token)
        return Visitor(member.id, client.get_cookie("session").value, signed)


@pytest.fixture
def cluster(tmp_path):
    cluster = Cluster(tmp_path)
    yield cluster
    cluster.close()


def is_well(crowd):
    return all(crowd._ask("GET", "/healthz", None)[0] == 200 for _ in range(6))


def test_everything_may_die_once_and_nothing_confirmed_is_lost(cluster, capsys):
    crowd = cluster.crowd()
    cluster.first.wait_for("replica")
    wait_until(lambda: is_well(crowd))
    assert crowd.look_around(1)
    crowd.start()
    deaths = die_one_after_the_other(cluster, crowd)
    crowd.stop()
    figures = what_was_seen(crowd, deaths)
    with capsys.disabled():
        print(f"\n{figures}")  # noqa: T201, the proof is read by people
    for _who, died_at, until in phases(deaths):
        reads = [each for each in crowd.reads if died_at <= each[0] < until]
        bad = [at for at, status in reads if status != 200]
        assert len(reads) >= READS_AFTER_A_DEATH, figures
        assert len(bad) <= len(reads) / 100, figures
        assert all(at < died_at + SECONDS_FOR_ALL_TO_BE_WELL for at in bad), figures
    last = deaths[-1][1]
    confirmed = [at for at, *_what in crowd.answered + crowd.voted]
    assert any(at > last + SECONDS_OF_AN_ANSWER for at in confirmed), figures
    everything_is_there(cluster, crowd)


def phases(deaths):
    """Return who died, when, and until when what follows is put down to that."""
    ends = [at for _who, at in deaths[1:]] + [float("inf")]
    return [(who, at, end) for (who, at), end in zip(deaths, ends, strict=True)]


def enough_was_read(crowd, deaths):
    """Tell whether it can be seen what the last death did."""
    last = deaths[-1][1] if deaths else 0
    return sum(at >= last for at, _status in tuple(crowd.reads)) >= READS_AFTER_A_DEATH


def die_one_after_the_other(cluster, crowd):
    """Kill each kind of process, and bring it back as whoever runs the forum does.

    The next one dies when enough was read to see what the last death did.
    """
    deaths = []

    def kill(who, thing, seconds):
        wait_until(lambda: enough_was_read(crowd, deaths))
        deaths.append((who, time.monotonic()))
        thing.kill()
        time.sleep(seconds)

    kill("web", cluster.web[0], 3)
    cluster.web[0].start()
    kill("worker", cluster.workers[0], 2)
    cluster.workers[0].start()
    kill("Redis", cluster.redis, 3)
    cluster.redis.start()
    kill("replica", cluster.second, 0.5)
    cluster.first.wait_for("")  # Else nothing is confirmed until the replica is back.
    time.sleep(3)
    cluster.second.start()
    cluster.first.wait_for("replica")
    time.sleep(1)
    kill("primary", cluster.first, 1)
    cluster.second.wait_for("")
    cluster.second.promote()
    time.sleep(SECONDS_FOR_ALL_TO_BE_WELL + 1)
    return deaths


def what_was_seen(crowd, deaths):
    """Say in a few lines how each death was borne."""
    bad = [at for at, status in crowd.reads if status != 200]
    confirmed = sorted(at for at, *_what in crowd.answered + crowd.voted)
    lines = [
        f"{len(crowd.reads)} reads, {len(bad)} failed; "
        f"{len(confirmed)} writes confirmed, {len(crowd.refused)} not"
    ]
    for who, died_at, end in phases(deaths):
        failed = [at - died_at for at in bad if died_at <= at < end]
        reads = sum(died_at <= at < end for at, _status in crowd.reads)
        gap = next((at - died_at for at in confirmed if at > died_at), -1)
        lines.append(
            f"  {who}: {len(failed)} of {reads} reads failed, "
            f"the last after {max(failed, default=0):.1f} s; "
            f"a write confirmed after {gap:.1f} s"
        )
    other = sorted({status for _at, status in crowd.reads} - {200})
    return "\n".join([*lines, f"  statuses of reads: {other}; of writes: {crowd.refused[:9]}"])


def everything_is_there(cluster, crowd):
    verify = ["site", "verify"]
    runner = cluster.app.test_cli_runner()
    with cluster.app.app_context():
        said = runner.invoke(args=verify)
        assert runner.invoke(args=verify).exit_code == 0, said.output
        texts = set(db.session.scalars(select(Answer.body).where(Answer.kind == "answer")))
        assert {text for _at, text in crowd.answered} <= texts
        votes = set(iter(db.session.execute(select(Vote.member_id, Vote.post_id))))
        assert {(who, answer) for _at, who, answer in crowd.voted} <= votes
        scores = dict(iter(db.session.execute(select(Post.id, Post.score))))
        for answer in crowd.answers:
            assert scores[answer] == sum(post_id == answer for _who, post_id in votes)
