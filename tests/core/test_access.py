import pytest

from community.core.clock import now
from community.core.db import save, transaction
from community.members.models import Member, Role

DOORS = ("everyone", "members", "staff", "moderators", "admins")
FACTS = {
    "member": {},
    "staff": {"staff_title": "Support, Acme"},
    "moderator": {"role": Role.MODERATOR},
    "admin": {"role": Role.ADMIN},
}


@pytest.fixture
def visitor(house):
    """Return a browser of somebody: visitor("admin")."""

    def _visitor(who):
        browser = house.test_client()
        if who != "guest":
            with house.app_context():
                member = Member(name=who, handle=who, handle_skeleton=who, **FACTS[who])
                number = transaction(save)(member).id
            with house.app_context(), browser.session_transaction() as session:
                session["_user_id"] = str(number)
                session["proved_at"] = int(now().timestamp())
        return browser

    return _visitor


@pytest.mark.parametrize(
    ("who", "open_doors"),
    [
        ("guest", {"everyone"}),
        ("member", {"everyone", "members"}),
        ("staff", {"everyone", "members", "staff"}),
        ("moderator", {"everyone", "members", "staff", "moderators"}),
        ("admin", set(DOORS)),
    ],
)
def test_who_comes_through_which_door(visitor, who, open_doors):
    browser = visitor(who)
    answers = {door: browser.get(f"/rooms/{door}").status_code for door in DOORS}
    assert {door for door, status in answers.items() if status == 200} == open_doors
    refused = {status for door, status in answers.items() if door not in open_doors}
    assert refused <= ({303} if who == "guest" else {403})


def test_guests_are_sent_to_log_in_and_then_back(visitor):
    answer = visitor("guest").get("/rooms/members?a=b")
    assert answer.headers["Location"].startswith("/login?next=/rooms/members")


def test_programs_get_a_status_instead_of_a_form(visitor):
    answer = visitor("guest").get("/rooms/members", headers={"Accept": "application/json"})
    assert answer.status_code == 401


@pytest.mark.parametrize("room", ["none", "unpaced"])
def test_a_room_that_says_too_little_stays_shut(house, room):
    house.config["PROPAGATE_EXCEPTIONS"] = True
    with pytest.raises(RuntimeError, match="does not say"):
        house.test_client().get(f"/rooms/{room}")


def test_there_is_no_door_where_there_is_no_room(visitor):
    assert visitor("guest").get("/rooms/attic").status_code == 404
