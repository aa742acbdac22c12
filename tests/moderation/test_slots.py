"""What moderation shows on pages below."""

from tests.questions.test_thread import address


def test_who_is_muted_reads_on_every_page_until_when_and_why(make, client, log_in):
    question = make.question()
    page = log_in(make.muted()).get(address(question)).text
    assert "but not write until" in page
    assert 'href="/measures"' in page
    log_in(make.member())
    assert "but not write until" not in client.get(address(question)).text


def test_only_moderators_are_led_to_measures(make, client, log_in):
    answer = make.answer()
    place = f"/answers/{answer.id}"
    way = f"/moderation/measure?post={answer.id}"
    assert way in log_in(make.moderator()).get(place, follow_redirects=True).text
    assert way not in log_in(make.member()).get(place, follow_redirects=True).text
