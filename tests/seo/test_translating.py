"""Official content in two languages."""

import pytest

BASE = "http://localhost:8000"


@pytest.fixture
def pair(make):
    staff = make.staff()
    return [make.question(staff, f"The new kettle, in {each}", lang=each) for each in ("en", "es")]


def link(client, one, other):
    return client.post(f"/questions/{one.id}/translations", data={"other": other})


def test_staff_link_two_and_both_lead_to_each_other(make, log_in, pair, address, app):
    english, spanish = pair
    where = BASE + address(spanish)
    assert link(log_in(make.staff()), english, where).status_code == 303
    for each in pair:
        page = app.test_client().get(address(each)).text
        for language, there in (("en", english), ("es", spanish)):
            assert (
                f'<link rel="alternate" hreflang="{language}" href="{BASE}{address(there)}">'
                in page
            )
    page = app.test_client().get(address(english)).text.partition("</head>")[2]
    assert f'href="{address(spanish)}" hreflang="es"' in page


def test_the_link_can_be_taken_back(make, log_in, pair, client, address):
    link(log_in(make.staff()), pair[0], str(pair[1].id))
    assert client.post(f"/questions/{pair[0].id}/translations/removal").status_code == 303
    assert "hreflang" not in client.get(address(pair[0])).text
    assert "hreflang" not in client.get(address(pair[1])).text


def test_what_cannot_be_a_translation_is_refused(make, log_in, pair):
    client = log_in(make.staff())
    english = pair[0]
    for other in ("", "nonsense", str(english.id), str(make.question(lang="en").id),
                  str(make.question(lang="other").id)):  # fmt: skip
        answer = link(client, english, other)
        assert answer.status_code == 422, other
        assert "field__error" in answer.text
        assert make.fresh(english).translations_id is None


def test_only_staff_link_translations(make, log_in, pair):
    client = log_in(make.member())
    assert link(client, pair[0], str(pair[1].id)).status_code == 403
    assert "/translations" not in client.get(f"/questions/{pair[0].id}/{pair[0].slug}").text


def test_a_thread_without_translations_takes_no_statement_for_them(
    make, client, count_queries, address, pair, log_in, app
):
    link(log_in(make.staff()), *[pair[0], str(pair[1].id)])
    guest = app.test_client()
    guest.get(address(pair[0]))
    with count_queries() as statements:
        guest.get(address(pair[0]))
    assert len(statements) <= 6
