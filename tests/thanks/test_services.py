import pytest

from community.core.errors import Forbidden, Invalid, TooMany
from community.thanks import services
from community.thanks.services import A_DAY


def test_everybody_who_thanks_is_counted_once(make):
    answer, ann, ben = make.answer(), make.member("ann"), make.member("ben")
    assert services.thank(ann, answer) == 1
    assert services.thank(ann, answer) == 1
    assert services.thank(ben, answer) == 2
    assert services.take_back(ann, answer) == 1
    assert services.take_back(ann, answer) == 1
    assert make.fresh(answer).thank_count == 1


def test_nobody_thanks_themselves(make):
    answer = make.answer()
    with pytest.raises(Forbidden):
        services.thank(answer.author, answer)


def test_a_tap_after_the_words_does_not_lose_them(make):
    ann, answer = make.member("ann"), make.answer()
    services.thank(ann, answer, "  It   works ")
    services.thank(ann, answer)
    assert services.queries.of(ann, answer).words == "It works"


def test_200_characters_fit_and_201_do_not(make):
    ann, answer = make.member("ann"), make.answer()
    services.thank(ann, answer, "x" * 200)
    with pytest.raises(Invalid):
        services.thank(make.member(), answer, "x" * 201)


def test_the_limit_of_a_day_is_the_last_one_that_counts(make):
    make.set(A_DAY, 2)
    ann = make.member("ann")
    services.thank(ann, make.answer())
    services.thank(ann, make.answer())
    with pytest.raises(TooMany):
        services.thank(ann, make.answer())
