import pytest

from community.badges import queries, rounds
from community.badges.services import choosing, running
from community.core.errors import Forbidden
from community.questions import queries as questions
from community.questions.services import solving


def helper_with_badge(make):
    answer = make.answer(author=make.member("ben"))
    rounds.run_for([answer.author_id])
    return answer.author, queries.by_key("first-answer"), answer


def test_the_chosen_badge_stands_beside_the_name_with_words(make, log_in):
    ben, badge, answer = helper_with_badge(make)
    page = log_in(ben)
    assert "First answer" in page.get("/settings/badge").text
    page.post("/settings/badge", data={"badge": badge.key})
    shown = page.get(f"/answers/{answer.id}", follow_redirects=True).text
    assert "Badge: First answer" in shown
    page.post("/settings/badge", data={"badge": ""})
    assert (
        "Badge: First answer" not in page.get(f"/answers/{answer.id}", follow_redirects=True).text
    )


def test_what_is_not_held_is_not_worn(make):
    running.seed()
    with pytest.raises(Forbidden):
        choosing.choose(make.member(), queries.by_key("hero"))


def test_a_question_takes_no_more_statements_for_badges_beside_names(make, client, count_queries):
    ben, badge, answer = helper_with_badge(make)
    counts = []
    for worn in (None, badge):
        choosing.choose(ben, worn)
        question = answer.question_id
        client.get(f"/questions/{question}", follow_redirects=True)
        with count_queries() as sql:
            client.get(f"/questions/{question}", follow_redirects=True)
        counts.append(len(sql))
    assert counts[0] == counts[1]


def test_a_badge_that_was_taken_back_is_worn_no_more(make):
    ben, badge, _answer = helper_with_badge(make)
    choosing.choose(ben, badge)
    running.take_back(badge, list(queries.held(badge, None).values()))
    assert make.fresh(ben).chosen_badge is None


def test_who_earned_it_more_than_once_wears_it_on_after_one_is_taken_back(make):
    ben = make.member("ben")
    for _number in range(2):
        answer = make.answer(author=ben)
        for _vote in range(5):
            make.voted(answer)
    rounds.run_for([ben.id])
    badge = queries.by_key("good-answer")
    held = list(queries.held(badge, None).values())
    assert len(held) == 2
    choosing.choose(ben, badge)
    running.take_back(badge, held[:1])
    assert make.fresh(ben).chosen_badge["key"] == "good-answer"


def test_the_card_says_who_somebody_is(make, client):
    ben, badge, _answer = helper_with_badge(make)
    asker = make.member()
    solved = make.answer(make.question(asker), author=ben)
    solving.accept(asker, questions.question_of(solved), solved)
    choosing.choose(ben, badge)
    card = client.get(f"/members/{ben.id}/ben/card")
    assert "max-age" in card.headers["Cache-Control"]
    for words in ("@ben", "1 solution", "1 person helped", "Level of trust", "First answer"):
        assert words in card.text
    assert "<a " not in card.text
    assert client.get(f"/members/{ben.id}/other/card").status_code == 410
