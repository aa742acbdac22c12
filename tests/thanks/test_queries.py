from datetime import timedelta

from community.core.clock import now
from community.members.models import Guest
from community.thanks import queries, services


def test_a_thank_you_is_found_until_it_is_taken_back(make):
    ann, answer = make.member("ann"), make.answer()
    assert queries.of(ann, answer) is None
    services.thank(ann, answer, "You saved my day")
    assert queries.of(ann, answer).words == "You saved my day"
    services.take_back(ann, answer)
    assert queries.of(ann, answer) is None


def test_a_guest_has_thanked_nobody(make):
    assert queries.of(Guest(), make.answer()) is None


def test_only_what_was_said_since_is_counted(make):
    ann = make.member("ann")
    services.thank(ann, make.answer())
    assert queries.said_since(ann, now() - timedelta(hours=1)) == 1
    assert queries.said_since(ann, now() + timedelta(hours=1)) == 0
