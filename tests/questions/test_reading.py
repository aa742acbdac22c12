"""Views that were counted in memory reach the questions."""

from community.questions.services import reading


def test_views_are_added_to_those_of_earlier(make):
    first, second = make.question(), make.question()
    reading.add_views({first.id: 3, second.id: 1})
    reading.add_views({first.id: 2})
    assert (make.fresh(first).views, make.fresh(second).views) == (5, 1)
