"""A question with 20 answers arrives quickly on a slow line."""

import gzip
import re

import pytest

MOST_BYTES = 60 * 1024
MOST_REQUESTS = 8


def loaded(page: str) -> set[str]:
    """Return what a browser fetches for a page, apart from the page itself."""
    tags = re.findall(r"<(?:link|script|img|use)\b[^>]*>", page)
    parts = {each for tag in tags for each in re.findall(r'(?:href|src)="(/[^"#]+)', tag)}
    return {each for each in parts if each.startswith(("/assets/", "/brand/", "/uploads/"))}


@pytest.fixture
def question(make):
    question = make.question(body="The filter is **full of sand**.\n\n" * 10)
    for number in range(20):
        answer = make.answer(question, body=f"{number}. Rinse it with *cold* water.\n\n" * 12)
        make.comment(answer)
    return question


def fetched(client, address: str) -> bytes:
    answer = client.get(address, headers={"Accept-Encoding": "gzip"}, follow_redirects=True)
    assert answer.status_code == 200, address
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return answer.data if packed else gzip.compress(answer.data)


@pytest.mark.parametrize("who", ["guest", "member"])
def test_a_page_of_twenty_answers_keeps_its_budget(who, client, log_in, make, question):
    if who == "member":
        log_in(make.member())
    page = fetched(client, f"/questions/{question.id}/{question.slug}")
    text = gzip.decompress(page).decode()
    assert text.count('<article class="answer') == 20
    parts = loaded(text)
    if who == "member":
        community = next(each for each in parts if each.endswith("/community.js"))
        parts.add(community.replace("community.js", "more.js"))
    assert 1 + len(parts) <= MOST_REQUESTS
    assert len(page) + sum(len(fetched(client, each)) for each in parts) <= MOST_BYTES
