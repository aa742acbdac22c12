import pytest

from community.members.models import Guest
from community.thanks.policies import may_thank


@pytest.mark.parametrize(
    ("who", "allowed"), [("stranger", True), ("author", False), ("guest", False)]
)
def test_who_may_say_thank_you(make, who, allowed):
    answer = make.answer()
    actors = {"stranger": make.member(), "author": answer.author, "guest": Guest()}
    assert bool(may_thank(actors[who], answer)) is allowed


def test_nobody_thanks_for_what_is_hidden(make):
    answer = make.hidden(make.answer())
    assert not may_thank(make.member(), answer)


def test_who_is_suspended_does_not_thank(make):
    answer = make.answer()
    assert not may_thank(make.member(suspended_at=answer.created_at), answer)
