"""The commands, run as a person runs them: real processes, real files, stopped and damaged."""

import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import psutil
import pytest
from sqlalchemy import create_engine

from community.core.db import db

QUESTION = (
    '<row Id="{0}" PostTypeId="1" CreationDate="2020-01-01T00:00:00" OwnerUserId="1" '
    'Title="How do I clean kettle number {0}?" Body="&lt;p&gt;It is &lt;b&gt;dirty&lt;/b&gt;.'
    '&lt;/p&gt;" Tags="&lt;lime&gt;" Score="1" />\n'
)
MANY = 9000
WAIT = 60  # seconds until a test gives up


class Site:
    """A forum in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        engine = create_engine(f"sqlite:///{folder / 'tertulia.db'}")
        db.metadata.create_all(engine)
        engine.dispose()

    def start(self, *arguments):
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "imports", *map(str, arguments)]
        environment = {"INSTANCE_FOLDER": str(self.folder), "PATH": "/usr/bin:/bin"}
        environment["SEARCH_BACKEND"] = "memory"
        return subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, *arguments):
        process = self.start(*arguments)
        out, err = process.communicate(timeout=WAIT)
        return process.returncode, out, err

    def count(self, table, condition="1"):
        with closing(sqlite3.connect(self.folder / "tertulia.db")) as database:
            query = f"SELECT count(*) FROM {table} WHERE {condition}"
            return database.execute(query).fetchone()[0]

    def wait_until_some_came(self):
        until = time.monotonic() + WAIT
        while not self.count("posts"):
            assert time.monotonic() < until
            time.sleep(0.02)


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "instance"
    folder.mkdir()
    return Site(folder)


@pytest.fixture
def crowd(tmp_path):
    """A dump so large that it can be stopped in the middle."""
    folder = tmp_path / "crowd"
    folder.mkdir()
    posts = "".join(map(QUESTION.format, range(1, MANY + 1)))
    (folder / "Posts.xml").write_text(f"<posts>\n{posts}</posts>")
    (folder / "Users.xml").write_text('<users><row Id="1" DisplayName="Rolf" /></users>')
    return folder


def row_of(table, kind):
    """Return the numbers in one row of the printed table."""
    line = next(line for line in table.splitlines() if line.startswith(f"{kind} "))
    return [int(number.replace(",", "")) for number in line.split()[1:]]


def test_a_community_comes_in_by_one_command(site, kettles):
    status, out, err = site.run("stack-exchange", kettles, "--product", "Glass kettle")
    assert status == 0, err
    assert row_of(out, "questions") == [4, 3, 0, 1]
    assert "Not in the folder" not in out
    assert site.count("products", "name = 'Glass kettle'") == 1
    assert site.count("posts", "kind = 'question'") == 3


def test_kitsune_comes_in_by_one_command(site, kitsune):
    status, out, err = site.run("kitsune", kitsune)
    assert status == 0, err
    assert row_of(out, "questions") == [4, 4, 0, 0]
    assert row_of(out, "me-toos") == [4, 4, 0, 0]
    assert site.count("products") == 2


def test_a_dry_run_says_the_same_and_writes_nothing(site, kettles):
    status, dry, _ = site.run("stack-exchange", kettles, "--dry-run")
    assert status == 0
    assert [site.count(table) for table in ("posts", "members", "tags", "imports")] == [0] * 4
    _, wet, _ = site.run("stack-exchange", kettles)
    assert dry.replace("Nothing was written: this was a dry run.\n", "") == wet


def test_damage_is_named_and_ends_with_1(site, kettles):
    path = kettles / "Comments.xml"
    path.write_text(path.read_text().split('<row Id="3"')[0])
    status, out, _ = site.run("stack-exchange", kettles)
    assert status == 1
    assert "Damaged: Comments.xml, line 5, byte" in out
    assert site.count("posts", "kind = 'comment'") == 2
    assert site.count("votes") == 6


def test_nothing_to_import_and_no_folder_are_said_plainly(site, tmp_path):
    status, _, err = site.run("stack-exchange", tmp_path / "instance")
    assert status == 1
    assert "There is no Posts.xml" in err
    status, _, err = site.run("kitsune", tmp_path / "nowhere")
    assert status == 2
    assert "does not exist" in err


def test_several_products_need_a_choice(site, kettles):
    site.run("stack-exchange", kettles, "--product", "Glass kettle")
    with closing(sqlite3.connect(site.folder / "tertulia.db")) as database, database:
        database.execute(
            "INSERT INTO products (name, slug, description, position) VALUES ('A', 'a', '', 0)"
        )
    status, _, err = site.run("stack-exchange", kettles)
    assert status == 2
    assert "--product" in err


@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGINT])
def test_stopped_in_the_middle_it_goes_on_where_it_was(site, crowd, stop):
    process = site.start("stack-exchange", crowd)
    site.wait_until_some_came()
    workers = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(stop)
    out, err = process.communicate(timeout=WAIT)
    assert process.returncode == (-9 if stop == signal.SIGKILL else 130), err
    first = site.count("posts")
    assert 0 < first < MANY
    assert first == site.count("old_ids", "kind = 'questions'")
    if stop == signal.SIGINT:
        assert row_of(out, "questions")[1] == first
        assert "the same command goes on" in out
    _, alive = psutil.wait_procs(workers, timeout=10)
    assert alive == []

    status, out, err = site.run("stack-exchange", crowd)
    assert status == 0, err
    assert row_of(out, "questions") == [MANY, MANY - first, first, 0]
    assert site.count("posts") == site.count("revisions") == MANY
    assert site.count("taggings") == MANY
    assert site.count("members") == 1
    assert site.count("imports", "finished_at IS NOT NULL") == 1


def test_members_get_their_addresses_from_a_file(site, kettles, tmp_path):
    site.run("stack-exchange", kettles)
    file = tmp_path / "addresses.csv"
    file.write_text("old_id,email\n1,ines@example.org\n404,nobody@example.org\n")
    status, out, err = site.run("addresses", "stack-exchange", file)
    assert status == 0, err
    assert "1  can be claimed now" in out
    assert "1  no such member came in" in out
    assert site.count("members", "email = 'ines@example.org'") == 1
    file.write_text("id,email\n1,ines@example.org\n")
    status, _, err = site.run("addresses", "stack-exchange", file)
    assert status == 1
    assert "no column 'old_id'" in err
