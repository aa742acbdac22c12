"""The last admin, at the very same moment: real processes, each with its own connection."""

import pytest

from community.core.errors import Conflict
from community.members import queries
from community.members.models import Role
from community.members.services import appointing, securing
from community.moderation.models.measures import MeasureAct
from community.moderation.services.measuring import MeasureDraft, take
from tests.factories import Factory
from tests.questions.test_concurrency import House


@pytest.fixture
def admins(tmp_path, own_database):
    """A forum on a real database with two admins and a moderator."""
    house = House(tmp_path, own_database)
    with house.open():
        make = Factory()
        house.ids = [make.admin().id, make.admin().id]
        house.moderator = make.moderator().id
    return house


def leaves(number):
    def act():
        me = queries.by_id(number)
        return lambda: securing.delete_account(me)

    return act


def steps_down(number):
    def act():
        me = queries.by_id(number)
        return lambda: appointing.assign(me, me, Role.MEMBER, "")

    return act


def is_demoted_by_command(number):
    def act():
        member = queries.by_id(number)
        return lambda: appointing.appoint(member, Role.MEMBER, None)

    return act


def is_suspended(number, by):
    def act():
        actor = queries.by_id(by)
        facts = {"facts": "Insults.", "rule": "abusive"}
        draft = MeasureDraft(act=MeasureAct.SUSPEND, member_id=number, **facts)
        return lambda: take(actor, draft)

    return act


@pytest.mark.parametrize(
    ("one", "other"),
    [(leaves, leaves), (leaves, is_demoted_by_command), (steps_down, leaves)],
)
def test_of_two_admins_who_go_at_once_one_stays(admins, one, other):
    first, second = admins.ids
    outcomes = admins.together(one(first), other(second))
    assert max(outcomes) == "done"
    assert min(outcomes) in {"Conflict", "Forbidden"}
    with admins.open():
        assert queries.an_admin_exists()


def test_an_admin_who_steps_down_while_suspended_leaves_one_who_can_act(admins):
    first, second = admins.ids
    admins.together(steps_down(first), is_suspended(second, admins.moderator))
    with admins.open():
        assert queries.has_other_admin(queries.by_id(admins.moderator))


def test_who_is_shut_out_is_not_counted_as_an_admin(make):
    first, second = make.admin(), make.suspended()
    appointing.make_admin(second)
    with pytest.raises(Conflict):
        appointing.assign(first, first, Role.MEMBER, "")
