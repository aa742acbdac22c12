"""The pages of the notices."""

import pytest

from community.notifications import queries, services
from community.notifications.models import Kind
from community.notifications.services import Notice


@pytest.fixture
def told(make, run_jobs):
    """A member whom somebody answered."""
    question = make.question(title="Sand in the <filter>?")
    run_jobs()
    services.read_all(question.author)
    make.answer(question, make.member("ben"))
    run_jobs()
    return question.author


def test_the_bell_counts_what_is_new_and_leads_to_the_list(told, log_in):
    page = log_in(told).get("/")
    assert "1 new notice" in page.text
    assert 'class="bell__count"' in page.text
    assert 'href="/notifications"' in page.text


@pytest.fixture
def kept(app, monkeypatch):
    """Pages of members are kept, as they are when the forum runs."""
    monkeypatch.setitem(app.config, "KEPT_PAGES", True)


def test_a_kept_page_is_shown_with_the_number_of_this_moment(kept, told, log_in):
    visitor = log_in(told)
    assert "1 new notice" in visitor.get("/").text
    services.read_all(told)
    assert "1 new notice" not in visitor.get("/").text


def test_the_bell_of_a_kept_page_asks_no_statement_of_its_own(kept, told, log_in, count_queries):
    visitor = log_in(told)
    visitor.get("/")
    with count_queries() as sql:
        assert "1 new notice" in visitor.get("/").text
    assert sum("notifications" in each for each in sql) == 1
    assert all("sessions" in each for each in sql if "notifications" in each)


def test_who_looks_as_another_sees_their_bell(kept, told, log_in, make):
    admin = log_in(make.admin())
    admin.post(f"/admin/people/{told.id}/look", data={"reason": "Her bell rings."})
    assert "1 new notice" in admin.get("/").text


def test_the_list_says_what_happened_and_escapes_it(told, log_in):
    page = log_in(told).get("/notifications")
    assert "Ben answered your question “Sand in the &lt;filter&gt;?”." in page.text
    assert "notices__one--unread" in page.text


def test_opening_a_notice_reads_it_and_leads_to_the_answer(told, log_in):
    notice = queries.of_member(told, 1, 10).items[0]
    answer = log_in(told).post(f"/notifications/{notice.id}/opening")
    assert answer.status_code == 303
    assert answer.location == f"/answers/{notice.post_id}"
    assert queries.unread_count(told) == 0


def test_nobody_opens_the_notices_of_others(told, log_in, make):
    notice = queries.of_member(told, 1, 10).items[0]
    assert log_in(make.member()).post(f"/notifications/{notice.id}/opening").status_code == 404
    assert queries.unread_count(told) == 1


def test_all_are_read_at_once(told, log_in):
    assert log_in(told).post("/notifications/reading").location == "/notifications"
    assert queries.unread_count(told) == 0


@pytest.mark.parametrize("path", ["/notifications", "/settings/notifications"])
def test_a_guest_is_sent_to_log_in(client, path):
    assert "/login" in client.get(path).location


def test_a_member_chooses_what_comes_by_mail(make, log_in):
    member = make.member()
    page = log_in(member).get("/settings/notifications")
    assert page.text.count("checked") == 4
    log_in(member).post("/settings/notifications", data={"mail": ["badge", "answered", "nonsense"]})
    assert queries.mailed_kinds(member.id) == {Kind.BADGE, Kind.ANSWERED}
    assert log_in(member).get("/settings/notifications").text.count("checked") == 2


def test_the_list_takes_as_many_statements_for_ten_as_for_two(make, log_in, count_queries):
    member, counts = make.member(), []
    log_in(member)
    for rows in (2, 8):
        for _each in range(rows):
            question = make.question()
            notice = Notice(
                kind=Kind.MENTIONED,
                key=f"post:{question.id}",
                actor_id=question.author_id,
                question_id=question.id,
                post_id=question.id,
                facts={"kind": "questions"},
            )
            services.tell(notice, [member.id])
        log_in(member).get("/notifications")
        with count_queries() as sql:
            page = log_in(member).get("/notifications")
        counts.append(len(sql))
        assert page.text.count("notices__text") >= rows
    assert counts[0] == counts[1] <= 8, sql


def test_a_member_sees_a_question_with_nine_statements(make, log_in, count_queries):
    answer = make.answer()
    make.comment(answer)
    client = log_in(make.member())
    client.get(f"/questions/{answer.question_id}", follow_redirects=True)
    address = client.get(f"/questions/{answer.question_id}").location
    with count_queries() as sql:
        assert client.get(address).status_code == 200
    assert len(sql) <= 9
