"""The pages on which members report."""

import pytest

from community.core.db import db
from community.moderation.models.flags import Flag
from community.moderation.services import flagging


def flags():
    return db.session.scalars(db.select(Flag)).all()


def test_a_member_reports_an_answer_without_script(make, log_in):
    ann, answer = make.member("ann"), make.answer(body="Buy cheap shoes.")
    visitor = log_in(ann)
    page = visitor.get(f"/posts/{answer.id}/flag").text
    assert "Buy cheap shoes." in page
    sent = visitor.post(f"/posts/{answer.id}/flag", data={"reason": "spam", "version": "1"})
    assert (sent.status_code, sent.location) == (303, f"/answers/{answer.id}")
    [flag] = flags()
    assert (flag.member_id, flag.reason, flag.post_version) == (ann.id, "spam", 1)


def test_a_member_reports_a_profile(make, log_in):
    ben = make.member("ben")
    sent = log_in(make.member()).post(f"/members/{ben.id}/flag", data={"reason": "spam"})
    assert sent.location == f"/members/{ben.id}/ben"
    assert flags()[0].about_id == ben.id


def test_a_guest_is_sent_to_log_in(make, client):
    answer = make.answer()
    assert "/login" in client.get(f"/posts/{answer.id}/flag").location


@pytest.mark.parametrize("sent", [{}, {"reason": "nonsense"}, {"reason": "other", "said": " "}])
def test_bad_input_is_told_and_nothing_is_lost(make, log_in, sent):
    answer = make.answer()
    page = log_in(make.member()).post(f"/posts/{answer.id}/flag", data=sent)
    assert page.status_code == 422
    assert flags() == []


def test_words_that_are_too_long_come_back(make, log_in):
    answer = make.answer()
    data = {"reason": "spam", "said": "x" * 1001}
    page = log_in(make.member()).post(f"/posts/{answer.id}/flag", data=data)
    assert page.status_code == 422
    assert "x" * 1001 in page.text


def test_reporting_again_leads_back_with_a_word(make, log_in):
    answer, visitor = make.answer(), log_in(make.member())
    for _ in range(2):
        sent = visitor.post(f"/posts/{answer.id}/flag", data={"reason": "spam"})
        assert sent.status_code == 303
    assert "You reported this already." in visitor.get("/").text
    assert len(flags()) == 1


def test_the_day_limit_keeps_what_was_typed(make, log_in):
    make.set(flagging.A_DAY, 0)
    answer = make.answer()
    data = {"reason": "other", "said": "It copies my text."}
    page = log_in(make.member()).post(f"/posts/{answer.id}/flag", data=data)
    assert page.status_code == 429
    assert "It copies my text." in page.text


def test_what_was_never_there_and_what_is_hidden_cannot_be_reported(make, log_in):
    hidden = make.hidden(make.answer())
    visitor = log_in(make.member())
    assert visitor.get("/posts/99999/flag").status_code == 404
    assert visitor.get(f"/posts/{hidden.id}/flag").status_code == 404
    assert visitor.get("/members/99999/flag").status_code == 404


def test_members_see_what_came_of_their_reports_and_of_no_others(make, log_in, flagged, decide):
    ann, mia = make.member("ann"), make.moderator()
    agreed, disagreed, waits = (
        make.answer(make.question(title=t)) for t in ("One?", "Two?", "Three?")
    )
    decide(mia, flagged(agreed, by=[ann]), "agree", act="remove")
    decide(mia, flagged(disagreed, by=[ann]), "disagree")
    flagged(waits, by=[ann])
    flagged(make.answer(make.question(title="Of somebody else?")))
    page = log_in(ann).get("/reports").text
    for words in ("agreed with you", "leave it as it is", "not decided yet", "One?", "Three?"):
        assert words in page
    assert "Of somebody else?" not in page


def test_the_list_of_reports_takes_the_same_statements_for_one_as_for_nine(
    make, log_in, flagged, count_queries
):
    ann, ben = make.member("ann"), make.member("ben")
    flagged(make.answer(), by=[ann])
    for _ in range(9):
        flagged(make.answer(), by=[ben])
    counts = []
    for member in (ann, ben):
        log_in(member).get("/reports")
        with count_queries() as sql:
            assert log_in(member).get("/reports").status_code == 200
        counts.append(len(sql))
    assert counts[0] == counts[1]
