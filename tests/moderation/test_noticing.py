"""Anybody tells of unlawful content, gets a receipt, and hears the decision."""

import re

import pytest

from community.core.db import db
from community.moderation.models.items import Item
from community.moderation.models.notices import Notice

FORM = {
    "ground": "copyright",
    "reasons": "This picture is mine.",
    "law": "§ 72 UrhG",
    "name": "Nora",
    "email": "nora@example.net",
    "good_faith": "y",
}


def notices():
    return db.session.scalars(db.select(Notice).order_by(Notice.id)).all()


@pytest.fixture
def send(client):
    """Send a notice: send(address, name="")."""

    def _send(address, **changes):
        return client.post("/unlawful-content", data=FORM | {"address": address} | changes)

    return _send


def test_a_notice_about_an_answer_reaches_the_queue_and_gives_a_receipt(client, make, send, mails):
    answer = make.answer()
    question_id = answer.question_id
    sent = send(f"http://localhost:8000/questions/{question_id}/how-do-i#answer-{answer.id}")
    assert sent.status_code == 303
    [notice] = notices()
    item = db.session.get(Item, notice.item_id)
    assert (item.kind, item.post_id, item.score) == ("notice", answer.id, 8.0)
    [mail] = mails()
    assert (mail["To"], mail["Subject"]) == (
        "nora@example.net",
        f"We have your notice no. {notice.id}",
    )
    path = re.search(r"http://localhost:8000(/unlawful-content/\S+)", mail.get_content())[1]
    assert path == sent.location
    page = client.get(path)
    assert b"waits for a moderator" in page.data
    assert b"This picture is mine." in page.data
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "address",
    [
        "/questions/{question}",
        "/questions/{question}/some-words",
        "localhost/questions/{question}/some-words?page=1",
        "http://localhost/questions/{question}",
    ],
)
def test_the_address_of_a_question_is_understood_however_it_is_copied(make, send, address):
    question = make.question()
    assert send(address.format(question=question.id)).status_code == 303
    assert db.session.scalar(db.select(Item.post_id)) == question.id


def test_the_address_of_a_comment_and_of_a_profile_are_understood(make, send):
    comment, ben = make.comment(), make.member("ben")
    assert send(f"/comments/{comment.id}").status_code == 303
    assert send(f"/members/{ben.id}/ben").status_code == 303
    keys = db.session.scalars(db.select(Item.subject_key).order_by(Item.id)).all()
    assert keys == [f"posts:{comment.id}", f"members:{ben.id}"]


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/questions/1",
        "/tags",
        "/questions/999999",
        "nothing like an address",
        "http://[",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_leads_nowhere_is_told_and_nothing_typed_is_lost(make, send, address):
    make.question()
    sent = send(address)
    assert sent.status_code in {404, 422}
    assert "This picture is mine." in sent.text
    assert "Nora" in sent.text
    assert notices() == []


def test_an_anchor_of_another_thread_means_the_question(make, send):
    question, elsewhere = make.question(), make.answer()
    send(f"/questions/{question.id}#answer-{elsewhere.id}")
    assert db.session.scalar(db.select(Item.post_id)) == question.id


def test_what_is_not_public_takes_no_notice(make, send):
    answer = make.hidden(make.answer())
    assert send(f"/answers/{answer.id}").status_code == 422
    assert notices() == []


@pytest.mark.parametrize("missing", ["reasons", "name", "email", "good_faith", "ground"])
def test_what_the_law_asks_for_must_be_there(make, send, missing):
    question = make.question()
    sent = send(f"/questions/{question.id}", **{missing: ""})
    assert sent.status_code == 422
    assert notices() == []


def test_of_the_abuse_of_children_anybody_tells_without_a_name(make, send, mails):
    question = make.question()
    sent = send(f"/questions/{question.id}", ground="child-abuse", name="", email="")
    assert sent.status_code == 303
    assert mails() == []


def test_the_same_notice_twice_is_one_and_an_eleventh_of_a_day_has_to_wait(make, send):
    questions = [make.question() for _ in range(11)]
    first, again = send(f"/questions/{questions[0].id}"), send(f"/questions/{questions[0].id}")
    assert first.location == again.location
    for question in questions[1:10]:
        assert send(f"/questions/{question.id}").status_code == 303
    assert send(f"/questions/{questions[10].id}").status_code == 429
    assert len(notices()) == 10


def test_a_notice_joins_the_flags_on_the_same_post(make, send, flagged):
    answer = make.answer(author=make.member(trust_level=1))
    item = flagged(answer, by=2)
    send(f"/answers/{answer.id}")
    assert db.session.scalars(db.select(Item)).all() == [item]
    assert (make.fresh(item).kind, item.score) == ("notice", 10.0)


def test_notices_alone_hide_nothing(make, send):
    answer = make.answer()
    for number in range(3):
        send(f"/answers/{answer.id}", email=f"nora{number}@example.net")
    assert make.fresh(answer).is_visible


@pytest.mark.parametrize(
    ("decision", "act", "said"),
    [
        ("agree", "remove", "The content was removed."),
        ("agree", "hide", "The content was hidden."),
        ("disagree", "", "It stays where it is."),
        ("ignore", "", "close it without a measure"),
    ],
)
def test_the_decision_reaches_who_told_with_the_ways_to_object(
    client, make, send, mails, decide, decision, act, said
):
    answer = make.answer()
    where = send(f"/answers/{answer.id}").location
    mails()
    decide(make.moderator(), db.session.scalar(db.select(Item)), decision, act=act)
    mail = next(each for each in mails() if each["To"] == "nora@example.net")
    text = " ".join(mail.get_content().split())
    for words in (said, "A person decided this", "out-of-court", "court", where):
        assert words in text
    page = " ".join(client.get(where).text.split())
    assert said in page
    assert "Art. 21" in page


def test_a_notice_in_spanish_is_answered_in_spanish(client, make, send, mails, decide):
    answer = make.answer()
    client.set_cookie("language", "es")
    send(f"/answers/{answer.id}")
    [receipt] = mails()
    assert "Hemos recibido" in receipt["Subject"]
    decide(make.moderator(), db.session.scalar(db.select(Item)), "agree", act="remove")
    assert any("El contenido se ha retirado." in each.get_content() for each in mails())


def test_an_address_that_was_never_given_out_shows_nothing(client, make):
    assert client.get("/unlawful-content/guessed").status_code == 404


def test_the_footer_of_every_page_leads_there(client, make):
    assert 'href="/unlawful-content"' in client.get("/").text
