import pytest

from community.members import passwords
from community.members.models import Role
from tests.members.conftest import OTHER_PASSWORD


@pytest.fixture
def run(app):
    """Type a command: run("make-admin", "ann")."""

    def _run(*words, **facts):
        return app.test_cli_runner().invoke(args=["members", *words], **facts)

    return _run


def test_a_member_is_made_an_admin(run, make, acts):
    ann = make.member("ann")
    done = run("make-admin", "ann", "--title", "Team, Acme")
    assert done.output == "@ann is an admin now.\n"
    assert (make.fresh(ann).role, ann.staff_title) == (Role.ADMIN, "Team, Acme")
    assert acts() == ["made-admin"]


def test_a_member_is_appointed_moderator_with_a_title(run, make, acts):
    ann = make.member("ann")
    done = run("appoint", "ann", "--role", "moderator", "--title", " Support, Acme ")
    assert (done.exit_code, done.output) == (0, "@ann: moderator, Support, Acme\n")
    assert make.fresh(ann).is_moderator
    assert ann.is_staff
    assert acts() == ["appointed"]


def test_a_title_makes_staff_and_its_absence_a_customer(run, make):
    ann = make.member("ann")
    run("appoint", "ann", "--title", "Support, Acme")
    assert (make.fresh(ann).role, ann.is_staff) == (Role.MEMBER, True)
    run("appoint", "ann", "--title", "")
    assert not make.fresh(ann).is_staff


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "--role, --title or both"),
        (["--role", "king"], "king"),
        (["--title", "x" * 61], "60 characters"),
    ],
)
def test_a_wrong_appointment_is_refused(run, make, acts, words, said):
    make.member("ann")
    done = run("appoint", "ann", *words)
    assert done.exit_code != 0
    assert said in done.output
    assert acts() == []


def test_the_only_admin_stays(run, make):
    ann = make.member("ann")
    run("make-admin", "ann")
    assert "only admin" in run("appoint", "ann", "--role", "member").output
    assert make.fresh(ann).is_admin
    make.member("bob")
    run("make-admin", "bob")
    assert run("appoint", "ann", "--role", "member").exit_code == 0


def test_a_password_is_set_from_standard_input_and_sessions_end(run, ann, make, come_in, acts):
    visitor = come_in("ann")
    done = run("set-password", "ann@example.org", "--stdin", input=f"{OTHER_PASSWORD}\n")
    assert (done.exit_code, done.output) == (0, "@ann has a new password.\n")
    assert passwords.matches(OTHER_PASSWORD, make.fresh(ann).password_hash)
    assert visitor.get("/settings").status_code == 303
    assert acts() == ["logged-in", "password-changed"]


def test_a_poor_password_is_refused(run, ann, make):
    before = ann.password_hash
    done = run("set-password", "ann", "--stdin", input="password12\n")
    assert done.exit_code == 1
    assert "easily guessed" in done.output
    assert make.fresh(ann).password_hash == before


def test_a_member_is_logged_out_everywhere(run, ann, come_in):
    visitors = [come_in("ann"), come_in("ann")]
    assert run("end-sessions", "@Ann").exit_code == 0
    assert [visitor.get("/settings").status_code for visitor in visitors] == [303, 303]


@pytest.mark.parametrize("command", ["make-admin", "set-password", "end-sessions"])
def test_who_does_not_exist_is_named(run, command):
    done = run(command, "nobody")
    assert done.exit_code == 2
    assert "There is no member nobody." in done.output
