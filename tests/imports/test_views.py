"""Old addresses as visitors use them."""

import pytest

from community.imports import queries


@pytest.fixture
def moved(kettles, kitsune, move_in):
    move_in(kettles)
    move_in(kitsune, kitsune=True)


def test_an_old_question_leads_to_the_question_for_good(moved, client):
    question = queries.post_of("stack-exchange", "questions", "1")
    response = client.get("/imported/stack-exchange/q/1")
    assert response.status_code == 301
    assert response.location == f"/questions/{question.id}/are-white-flakes-in-the-water-dangerous"


def test_an_old_answer_leads_to_its_place_on_the_page(moved, client):
    answer = queries.post_of("kitsune", "answers", "9001")
    response = client.get("/imported/kitsune/a/9001")
    assert response.status_code == 301
    assert response.location == f"/answers/{answer.id}"
    there = client.get(response.location)
    assert there.location.startswith(f"/questions/{answer.question_id}/")
    assert there.location.endswith(f"#answer-{answer.id}")


@pytest.mark.parametrize("path", ["stack-exchange/q/404", "kitsune/a/1", "none/q/1", "kitsune/q/x"])
def test_an_unknown_old_address_is_not_found(moved, client, path):
    response = client.get(f"/imported/{path}", headers={"Accept": "application/json"})
    assert response.status_code == 404


def test_leading_takes_few_statements(moved, client, count_queries):
    with count_queries() as statements:
        client.get("/imported/stack-exchange/a/2")
    assert len(statements) <= 4
