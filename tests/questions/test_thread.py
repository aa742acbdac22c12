"""The page of a question: what is on it, for whom, and at which address."""

import gzip
import re

import pytest
from bs4 import BeautifulSoup

from community.core import settings
from community.questions import readership
from community.questions.models import CloseReason
from community.questions.services import closing, editing, reading, solving
from community.questions.views import reading as counting

CSRF = 'name="csrf_token"'


def address(question, **query):
    suffix = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/questions/{question.id}/{question.slug}" + (f"?{suffix}" if suffix else "")


def test_a_guest_reads_the_whole_thread(make, client):
    question = make.question(body="It leaks **badly**.", tags=("filter",))
    answer = make.answer(question, body="Turn the `valve`.")
    make.comment(answer, body="That was it.")
    page = client.get(address(question))
    assert page.status_code == 200
    for said in ("<strong>badly</strong>", "<code>valve</code>", "That was it.", "/tags/filter"):
        assert said in page.text


def test_what_guests_get_holds_nothing_of_their_own(make, client):
    question = make.question()
    make.comment(make.answer(question))
    page = client.get(address(question))
    assert CSRF not in page.text
    assert "submission_key" not in page.text
    assert "Set-Cookie" not in page.headers
    assert page.text == client.get(address(question)).text
    assert f"/login?next=/questions/{question.id}/" in page.text


@pytest.mark.parametrize("slug", ["an-old-title", "x", "HOW-DO-I-CLEAN-THE-FILTER"])
def test_another_slug_leads_to_the_right_one_and_keeps_the_page(make, client, slug):
    question = make.question()
    answer = client.get(f"/questions/{question.id}/{slug}?page=1")
    assert answer.status_code == 301
    assert answer.location == address(question, page=1)


def test_the_number_alone_is_an_address(make, client):
    question = make.question()
    answer = client.get(f"/questions/{question.id}")
    assert (answer.status_code, answer.location) == (301, address(question))


def test_a_title_that_is_the_name_of_a_page_gets_another_slug(make, client):
    question = make.question(title="Edit!")
    assert question.slug == "edit-question"
    assert client.get(address(question)).status_code == 200


@pytest.mark.parametrize("number", ["4711", "0", "99999999999999999999"])
@pytest.mark.parametrize(
    "path", ["/questions/{}", "/questions/{}/x", "/answers/{}", "/comments/{}"]
)
def test_what_never_was_is_not_found(client, path, number):
    assert client.get(path.format(number)).status_code == 404


def test_a_deleted_question_is_gone_for_all_but_its_asker_and_moderators(make, client, log_in):
    question = make.question()
    author, place = question.author, address(question)
    answer = make.answer(question, author)
    editing.delete(author, question)
    assert client.get(place).status_code == 410
    assert client.get(f"/questions/{question.id}").status_code == 410
    assert client.get(f"/answers/{answer.id}").status_code == 410
    assert log_in(make.member()).get(place).status_code == 410
    for reader in (author, make.moderator()):
        page = log_in(reader).get(place)
        assert page.status_code == 200
        assert "This question is deleted" in page.text


def test_a_hidden_question_is_not_found_but_by_its_asker_and_moderators(make, client, log_in):
    question = make.question()
    author, place = question.author, address(question)
    make.hidden(question)
    assert client.get(place).status_code == 404
    assert client.get(f"/posts/{question.id}/history").status_code == 404
    assert log_in(make.member()).get(place).status_code == 404
    assert log_in(author).get(place).status_code == 200
    assert log_in(make.moderator()).get(place).status_code == 200


def test_a_suspended_member_is_led_to_the_statement(make, client, log_in):
    question = make.question()
    member = make.member(suspended_at=question.created_at)
    page = log_in(member).get(address(question))
    assert (page.status_code, page.location) == (302, "/suspended")


def test_solution_then_official_then_score_then_age(make, client):
    question = make.question()
    first, second, liked, word, solution = (make.answer(question) for _ in range(5))
    make.voted(liked, 1)
    solving.make_official(make.staff(), word)
    solving.accept(question.author, question, solution)
    page = client.get(address(question))
    shown = [int(number) for number in re.findall(r'id="answer-(\d+)"', page.text)]
    assert shown == [solution.id, word.id, liked.id, first.id, second.id]


def test_marks_and_titles_are_words(make, client):
    question = make.question()
    answer = make.answer(question, make.staff("sam", title="Support, Acme"))
    solving.make_official(make.staff(), answer)
    solving.accept(question.author, question, answer)
    page = client.get(address(question))
    for word in ("Solution", "Official answer", "Support, Acme", "Solved"):
        assert word in page.text


def test_answers_come_twenty_a_page(make, client):
    question = make.question()
    answers = [make.answer(question) for _ in range(21)]
    assert client.get(address(question)).text.count('<article class="answer') == 20
    second = client.get(address(question, page=2))
    assert re.findall(r'id="answer-(\d+)"', second.text) == [str(answers[-1].id)]
    assert client.get(address(question, page=3)).status_code == 404
    assert client.get(address(question, page=0)).status_code == 404
    assert client.get(address(question, page="x")).status_code == 404


def test_every_answer_and_comment_has_an_address(make, client):
    question = make.question()
    answers = [make.answer(question) for _ in range(21)]
    late = make.comment(answers[-1])
    early = make.comment(question)
    leads = {
        f"/answers/{answers[0].id}": address(question) + f"#answer-{answers[0].id}",
        f"/answers/{answers[-1].id}": address(question, page=2) + f"#answer-{answers[-1].id}",
        f"/comments/{late.id}": address(question, page=2) + f"#comment-{late.id}",
        f"/comments/{early.id}": address(question) + f"#comment-{early.id}",
    }
    for link, place in leads.items():
        answer = client.get(link)
        assert (answer.status_code, answer.location) == (302, place)
    # What was made a comment, or a question, is found at its old address.
    there = address(question) + f"#answer-{answers[0].id}"
    assert client.get(f"/comments/{answers[0].id}").location == there
    assert client.get(f"/answers/{question.id}").location == address(question)
    assert client.get("/answers/987654").status_code == 404


def test_a_moderator_finds_an_answer_behind_many_hidden_ones(make, client, log_in):
    question = make.question()
    moderator = make.moderator()
    for _ in range(20):
        make.hidden(make.answer(question), by=moderator)
    seen = make.answer(question)
    assert client.get(f"/answers/{seen.id}").location == address(question) + f"#answer-{seen.id}"
    log_in(moderator)
    there = address(question, page=2) + f"#answer-{seen.id}"
    assert client.get(f"/answers/{seen.id}").location == there


def test_a_comment_under_a_deleted_answer_is_gone(make, client):
    answer = make.answer()
    comment = make.comment(answer)
    editing.delete(answer.author, answer)
    assert client.get(f"/comments/{comment.id}").status_code == 410


def test_many_comments_are_folded_after_five(make, client):
    question = make.question()
    for number in range(7):
        make.comment(question, body=f"Remark {number}")
    page = client.get(address(question)).text.partition("</head>")[2]
    assert "Show 2 more comments" in page
    assert page.index("Remark 4") < page.index("Show 2 more") < page.index("Remark 5")


def test_a_duplicate_leads_to_its_original(make, client):
    original, question = make.question(title="How to clean the filter well?"), make.question()
    closing.close(make.moderator(), question, CloseReason.DUPLICATE, original)
    page = client.get(address(question)).text
    assert "This was asked before" in page
    assert f'href="{address(original)}"' in page


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (CloseReason.OFF_TOPIC, "does not belong"),
        (CloseReason.OUTDATED, "no longer so"),
        (CloseReason.RESOLVED_ELSEWHERE, "resolved in another way"),
    ],
)
def test_a_closed_question_says_why(make, client, reason, words):
    question = make.question()
    closing.close(make.moderator(), question, reason)
    assert words in client.get(address(question)).text


def test_texts_say_their_language(make, client):
    question = make.question(lang="es", title="¿Cómo limpio el filtro?")
    make.answer(question)
    page = client.get(address(question)).text
    assert '<html lang="en"' in page
    assert '<h1 lang="es">' in page
    assert page.count('<div class="prose" lang="es">') == 2


def test_edits_lead_to_the_history(make, client):
    question = make.question()
    assert "/history" not in client.get(address(question)).text
    make.edited(question)
    assert f"/posts/{question.id}/history" in client.get(address(question)).text


def test_the_statements_are_few_and_do_not_grow(make, client, log_in, count_queries):
    def counted(answers):
        question = make.question(tags=("filter", "kettle"))
        for _ in range(answers):
            answer = make.answer(question)
            make.comment(answer)
            make.comment(question)
        place = address(question)
        # What is remembered for some seconds is fetched here, and not once more while counting.
        settings.forget()
        client.get(place)
        with count_queries() as sql:
            assert client.get(place).status_code == 200
        return len(sql)

    assert counted(2) == counted(20) <= 6
    log_in(make.member())
    assert counted(2) == counted(20) <= 9
    log_in(make.moderator())
    assert counted(2) == counted(20) <= 9


def test_a_full_page_stays_small(make, client):
    question = make.question()
    text = "I took it apart, *rinsed* every part for a minute, and let it dry overnight. " * 5
    for _ in range(20):
        make.comment(make.answer(question, body=text))
    page = gzip.compress(client.get(address(question)).data)
    assert len(page) < 20_000


def test_views_are_counted_apart_from_reading(make, client, app):
    question = make.question()
    counting.of_app(app).take()
    client.environ_base["REMOTE_ADDR"] = "203.0.113.77"
    for browser in ("Phone", "Phone", "Desk", "Googlebot/2.1", ""):
        client.get(address(question), headers={"User-Agent": browser})
    client.head(address(question), headers={"User-Agent": "Head"})
    assert make.fresh(question).views == 0
    views = counting.of_app(app).take()
    assert views == {question.id: 2}
    reading.add_views(views)
    assert make.fresh(question).views == 2


def test_what_cannot_be_written_is_counted_later():
    written = []

    def write(views):
        if not written:
            written.append("failed")
            raise OSError("The disk is full.")
        written.append(views)

    counter = readership.Readership(write, in_background=False)
    counter.note(7, "ann")
    with pytest.raises(OSError, match="full"):
        counter.write()
    counter.note(7, "ben")
    counter.write()
    assert written == ["failed", {7: 2}]
    counter.write()
    assert len(written) == 2


def test_many_views_are_written_by_themselves():
    written = []
    counter = readership.Readership(written.append)
    for number in range(readership.MOST_UNWRITTEN):
        counter.note(1, f"reader {number}")
    counter.wait()
    assert written == [{1: readership.MOST_UNWRITTEN}]


def test_only_so_many_readers_are_remembered(monkeypatch):
    monkeypatch.setattr(readership, "MOST_REMEMBERED", 3)
    counter = readership.Readership(lambda _views: None, in_background=False)
    for number in range(10):
        counter.note(1, f"reader {number}")
    assert len(counter._seen) == 3


def test_what_one_does_with_a_post_stands_in_its_row(make, client, log_in):
    question = make.question()
    answer = make.answer(question)
    remark = make.comment(answer)
    solving.accept(question.author, question, answer)
    page = BeautifulSoup(log_in(question.author).get(address(question)).text, "lxml")
    row = page.select_one(f"#answer-{answer.id} .post__actions")
    back = f"/questions/{question.id}/solution/removal"
    assert page.select_one(f'#answer-{answer.id} .answer__ribbon a[href="{back}"]')
    assert not row.select(f'a[href="{back}"]')
    assert row.select_one("form textarea[name=comment]")
    shares = row.select("[data-behaviour=copy-link]")
    assert [bool(each.find_parent(class_="menu")) for each in shares] == [False, True]
    assert page.select_one(f"#comment-{remark.id} .comment__foot a")["href"].startswith("/posts/")


def test_guests_have_no_menu_and_share_in_the_row(make, client):
    question = make.question()
    page = BeautifulSoup(client.get(address(question)).text, "lxml")
    [share] = page.select("[data-behaviour=copy-link]")
    assert "never-on-phones" not in share["class"]
