"""Finding things by the numbers they had before."""

import pytest

from community.core.errors import NotFound
from community.imports import queries
from community.questions.models import Answer, Question


def test_old_numbers_lead_to_posts(kettles, kitsune, move_in):
    move_in(kettles)
    move_in(kitsune, kitsune=True)
    assert isinstance(queries.post_of("stack-exchange", "questions", "1"), Question)
    assert isinstance(queries.post_of("kitsune", "answers", "9001"), Answer)
    assert queries.finished_sources() == ["stack-exchange", "kitsune"]


def test_stack_exchange_numbers_questions_and_answers_together(kettles, move_in):
    move_in(kettles)
    assert isinstance(queries.post_of("stack-exchange", "questions", "2"), Answer)


UNKNOWN = [
    ("stack-exchange", "questions", "404"),
    ("stack-exchange", "questions", "-1"),
    ("kitsune", "questions", "9001"),
    ("discourse", "questions", "1"),
    ("kitsune", "answers", "501"),
]


@pytest.mark.parametrize("address", UNKNOWN)
def test_unknown_numbers_are_not_found(kettles, kitsune, move_in, address):
    move_in(kettles)
    move_in(kitsune, kitsune=True)
    with pytest.raises(NotFound):
        queries.post_of(*address)
