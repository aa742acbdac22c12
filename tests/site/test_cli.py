"""The commands for the whole site."""

import json

import pytest

from community.members import queries as member_queries
from community.products import queries as product_queries
from community.site import invitation

GOOD = ["site", "set-up", "--brand", "Acme", "--admin-email", "Rosa@Example.org",
        "--admin-name", "Rosa Gil", "--admin-password-stdin"]  # fmt: skip
PASSWORD = "seven green bicycles\n"


@pytest.fixture
def run(app):
    app.extensions[invitation.KEY] = False
    runner = app.test_cli_runner()
    yield lambda *words, **given: runner.invoke(args=list(words), **given)
    app.extensions[invitation.KEY] = True


def test_counts_are_one_line_of_json(run, make):
    make.comment(make.answer())
    lines = run("site", "counts").output.splitlines()
    assert len(lines) == 1
    counted = json.loads(lines[0])
    assert counted == {
        "questions": 1, "answers": 1, "comments": 1, "votes": 0,
        "members": 3, "tags": 0, "badges": 0, "solved": 0,
    }  # fmt: skip


def test_set_up_makes_an_admin(run):
    done = run(*GOOD, input=PASSWORD)
    assert done.exit_code == 0, done.output
    assert member_queries.by_email("rosa@example.org").is_admin


@pytest.mark.parametrize(
    ("more", "typed", "said"),
    [
        (["--colour", "#ffee00"], PASSWORD, "nearest that can be read"),
        (["--colour", "blue"], PASSWORD, "#17616b"),
        (["--admin-email", "rosa"], PASSWORD, "--admin-email"),
        ([], "short\n", "10 characters"),
        (["--language", "xx"], PASSWORD, "xx"),
    ],
)
def test_set_up_says_what_is_wrong_and_changes_nothing(run, more, typed, said):
    done = run(*GOOD, *more, input=typed)
    assert done.exit_code != 0
    assert said in done.output
    assert "Traceback" not in done.output
    assert not member_queries.an_admin_exists()


def test_a_forum_without_the_sample_has_something_to_ask_about(run):
    run(*GOOD, input=PASSWORD)
    assert [each.name for each in product_queries.current()] == ["Acme"]


def test_who_removes_the_sample_can_still_be_asked(run):
    run(*GOOD, "--sample", input=PASSWORD)
    assert "Acme" not in [each.name for each in product_queries.current()]
    run("site", "remove-sample")
    assert [each.name for each in product_queries.current()] == ["Acme"]


def test_set_up_happens_once(run):
    run(*GOOD, input=PASSWORD)
    again = run(*GOOD, "--admin-email", "other@example.org", input=PASSWORD)
    assert again.exit_code == 1
    assert "already" in again.output


def test_the_code_is_shown_again_until_it_is_used(run, make):
    assert run("site", "code").output.strip() == invitation.code()
    make.admin()
    assert run("site", "code").exit_code == 1


def test_the_sample_comes_and_goes_by_command(run):
    assert run("site", "load-sample", "--language", "es").exit_code == 0
    assert run("site", "load-sample").exit_code == 1
    assert run("site", "remove-sample").output.startswith("Removed 16 conversations and 8 members")
