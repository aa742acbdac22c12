"""Voting with the buttons beside a post."""

import pytest

from community.questions import queries
from community.questions.services import editing
from community.votes import queries as vote_queries
from tests.questions.test_thread import address

JSON = {"Accept": "application/json"}


def vote(client, post, value, **more):
    return client.post(f"/{post.kind}s/{post.id}/vote", data={"value": value} | more, headers=JSON)


def told(answer):
    """Return the numbers of an answer, and see to it that its noun goes with them."""
    assert answer.json["said"] == ("vote" if answer.json["score"] == 1 else "votes")
    return {name: answer.json[name] for name in ("score", "own")}


def test_the_noun_is_said_in_the_language_of_the_reader(make, client, log_in):
    first, second = make.answer(), make.answer()
    log_in(make.member(language="es"))
    assert vote(client, first, 1, had=0).json["said"] == "voto"
    assert vote(client, second, -1, had=0).json["said"] == "votos"


@pytest.mark.parametrize("kind", ["question", "answer"])
def test_a_vote_counts_and_is_shown_as_ones_own(make, client, log_in, kind):
    post = make.question() if kind == "question" else make.answer()
    log_in(make.member())
    assert told(vote(client, post, 1, had=0)) == {"score": 1, "own": 1}
    page = client.get(address(queries.question_of(post))).text
    assert 'value="1"\naria-pressed="true"' in page


def test_the_same_again_takes_it_back_and_the_other_turns_it(make, client, log_in):
    answer = make.answer()
    log_in(make.member())
    assert told(vote(client, answer, 1, had=0)) == {"score": 1, "own": 1}
    assert told(vote(client, answer, 1, had=1)) == {"score": 0, "own": 0}
    assert told(vote(client, answer, -1, had=0)) == {"score": -1, "own": -1}
    assert told(vote(client, answer, 1, had=-1)) == {"score": 1, "own": 1}


def test_a_double_click_counts_once(make, client, log_in):
    answer = make.answer()
    log_in(make.member())
    for _ in range(3):
        assert told(vote(client, answer, 1, had=0)) == {"score": 1, "own": 1}


def test_who_does_not_say_what_they_had_toggles(make, client, log_in):
    answer = make.answer()
    log_in(make.member())
    assert told(vote(client, answer, 1)) == {"score": 1, "own": 1}
    assert told(vote(client, answer, 1)) == {"score": 0, "own": 0}


def test_without_script_one_comes_back_to_the_post(make, client, log_in):
    answer = make.answer()
    log_in(make.member())
    sent = client.post(f"/answers/{answer.id}/vote", data={"value": "1", "had": "0"})
    place = address(queries.question_of(answer))
    assert (sent.status_code, sent.location) == (303, f"{place}#answer-{answer.id}")


@pytest.mark.parametrize("value", ["", "2", "0", "x", "-"])
def test_nonsense_is_no_vote(make, client, log_in, value):
    answer = make.answer()
    log_in(make.member())
    assert vote(client, answer, value).status_code == 422
    assert make.fresh(answer).score == 0


def test_nobody_votes_on_their_own(make, client, log_in):
    answer = make.answer()
    log_in(answer.author)
    refused = vote(client, answer, 1)
    assert refused.status_code == 403
    assert "your own" in refused.json["message"]


def test_guests_are_led_to_log_in_and_the_suspended_refused(make, client, log_in):
    answer = make.answer()
    assert vote(client, answer, 1).status_code in {302, 401}
    log_in(make.member(suspended_at=answer.created_at))
    assert vote(client, answer, 1).status_code == 403
    assert make.fresh(answer).score == 0


def test_what_is_gone_takes_no_votes(make, client, log_in):
    answer = make.answer()
    hidden = make.hidden(make.answer())
    under = make.answer()
    editing.delete(answer.author, answer)
    make.removed(queries.question_of(under))
    log_in(make.member())
    assert vote(client, answer, 1).status_code == 410
    assert vote(client, hidden, 1).status_code == 404
    assert vote(client, under, 1).status_code == 404
    assert client.post("/answers/4711/vote", data={"value": 1}).status_code == 404


def test_comments_take_no_votes(make, client, log_in):
    comment = make.comment()
    log_in(make.member())
    assert client.post(f"/answers/{comment.id}/vote", data={"value": 1}).status_code == 404
    assert client.post(f"/comments/{comment.id}/vote", data={"value": 1}).status_code in {404, 405}


def test_the_limit_of_a_day_is_said_in_words(make, client, log_in):
    ben, author = make.member(), make.member()
    answers = [make.answer(author=author) for _ in range(4)]
    log_in(ben)
    for answer in answers[:3]:
        assert vote(client, answer, -1, had=0).status_code == 200
    refused = vote(client, answers[3], -1, had=0)
    assert refused.status_code == 429
    assert "this member" in refused.json["message"]
    assert vote_queries.values_of(ben, answers) == {each.id: -1 for each in answers[:3]}
