from community.core.db import db
from community.thanks import queries


def test_one_tap_says_thank_you_and_another_takes_it_back(make, log_in):
    ann, answer = make.member("ann"), make.answer()
    page = log_in(ann)
    page.post(f"/answers/{answer.id}/thanks", data={"thanks": "1"})
    shown = page.get(f"/answers/{answer.id}", follow_redirects=True).text
    assert "Add words" in shown
    assert 'name="thanks" value="0"' in shown
    page.post(f"/answers/{answer.id}/thanks", data={"thanks": "0"})
    assert queries.of(ann, answer) is None


def test_a_script_hears_how_many_there_are(make, log_in):
    answer = make.answer()
    told = log_in(make.member()).post(
        f"/answers/{answer.id}/thanks", data={"thanks": "1"}, headers={"Accept": "application/json"}
    )
    assert told.json == {"count": 1, "own": True}


def test_everybody_sees_how_many_said_thank_you(make, log_in, client):
    answer = make.answer()
    log_in(make.member()).post(f"/answers/{answer.id}/thanks")
    client.delete_cookie("session")
    shown = client.get(f"/answers/{answer.id}", follow_redirects=True).text
    assert "1 person said thank you" in shown


def test_words_reach_only_the_author_of_the_answer(make, log_in, run_jobs):
    ben = make.member("ben")
    answer = make.answer(author=ben)
    page = log_in(make.member("ann"))
    sent = page.post(f"/answers/{answer.id}/thanks/words", data={"words": "It boots again!"})
    assert sent.status_code == 303
    run_jobs()
    assert "It boots again!" not in page.get(f"/answers/{answer.id}", follow_redirects=True).text
    notices = log_in(ben).get("/notifications").text
    assert "Ann says thank you for your answer" in notices
    assert "It boots again!" in notices


def test_words_after_the_tap_come_in_the_same_notice(make, log_in, run_jobs):
    ben = make.member("ben")
    answer = make.answer(author=ben)
    page = log_in(make.member("ann"))
    page.post(f"/answers/{answer.id}/thanks")
    run_jobs()
    page.post(f"/answers/{answer.id}/thanks/words", data={"words": "It boots again!"})
    run_jobs()
    notices = log_in(ben).get("/notifications").text
    assert notices.count("says thank you") == 1
    assert "It boots again!" in notices


def test_a_thank_you_that_was_taken_back_is_no_notice(make, log_in, run_jobs):
    ben = make.member("ben")
    answer = make.answer(author=ben)
    page = log_in(make.member("ann"))
    page.post(f"/answers/{answer.id}/thanks")
    run_jobs()
    page.post(f"/answers/{answer.id}/thanks", data={"thanks": "0"})
    run_jobs()
    assert "says thank you" not in log_in(ben).get("/notifications").text


def test_too_many_words_stay_in_the_form(make, log_in):
    answer = make.answer()
    sent = log_in(make.member()).post(
        f"/answers/{answer.id}/thanks/words", data={"words": "w" * 201}
    )
    assert sent.status_code == 422
    assert "w" * 201 in sent.text


def test_the_own_answer_offers_no_thanks(make, log_in):
    answer = make.answer()
    ben, number = answer.author, answer.id
    shown = log_in(ben).get(f"/answers/{number}", follow_redirects=True).text
    assert f"/answers/{number}/thanks" not in shown
    assert log_in(ben).get(f"/answers/{number}/thanks/words").status_code == 403


def test_a_guest_is_sent_to_log_in(make, client):
    answer = make.answer()
    db.session.commit()
    sent = client.post(f"/answers/{answer.id}/thanks")
    assert sent.headers["Location"].startswith("/login")
