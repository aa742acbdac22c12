"""The overview: what waits, and the last thirty days."""

import re
from datetime import timedelta

from community.core.clock import now
from community.core.job_rows import Job
from community.panel.queries import waiting


def test_questions_without_answer_are_counted_by_age(make):
    for days in (0, 3, 3, 30):
        question = make.question()
        question.created_at = now() - timedelta(days=days)
        make.keep(question)
    make.answer(make.question())
    ages = waiting.questions()
    assert (ages.up_to_a_day, ages.up_to_a_week, ages.longer) == (1, 2, 1)


def test_jobs_and_mails_that_fail_are_told(make):
    before = waiting.jobs()
    make.keep(Job(name="mail.deliver", arguments={}, tries=2))
    make.keep(Job(name="other", arguments={}, tries=10, parked_at=now()))
    after = waiting.jobs()
    assert after.failing == before.failing + 1
    assert after.parked == before.parked + 1
    assert after.mails_failing == before.mails_failing + 1


def test_charts_tell_each_day_of_the_last_thirty(make):
    question = make.question()
    make.answer(question)
    questions, answers, members = waiting.charts()
    assert [len(chart.days) for chart in (questions, answers, members)] == [30, 30, 30]
    assert (questions.days[-1][1], answers.days[-1][1]) == (1, 1)
    assert questions.total == 1
    assert members.total >= 2


def test_the_page_takes_the_same_statements_however_much_there_is(make, log_in, count_queries):
    panel = log_in(make.admin())
    panel.get("/admin")
    with count_queries() as few:
        panel.get("/admin")
    for _ in range(4):
        make.answer()
    panel.get("/admin")
    with count_queries() as many:
        page = panel.get("/admin")
    assert len(many) == len(few)
    assert "As a table" in page.text


def test_a_chart_is_drawn_without_styles_and_says_what_the_table_says(make, log_in):
    for _ in range(3):
        make.question()
    page = log_in(make.admin()).get("/admin").text
    drawing = page.split("<svg viewBox")[1].split("</svg>")[0]
    columns = [
        float(found)
        for found in re.findall(r'<rect[^>]* height="([0-9.E+-]+)" fill="currentColor"', drawing)
    ]
    assert len(columns) == 30
    assert columns[-1] > 40
    assert set(columns[:-1]) == {0}
    assert not re.search(r"<style|<script|\s(style|on\w+)=", drawing)
    table = page.split("<svg viewBox")[1].split("<table")[1].split("</table>")[0]
    assert '<td class="number">3</td>' in table
    assert table.count("<tr>") == 31
