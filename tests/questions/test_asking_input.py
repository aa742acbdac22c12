"""Whatever is typed into the form is taken as it was meant, or refused, and never breaks a page."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from community.core.db import db
from community.products.services import TAG_LENGTH
from community.questions.forms.asking import one_line, tag_names, with_unix_lines
from community.questions.models import Question

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
BODY = "I fill it, it boils, and then water drips from below."
QUICK = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@given(TEXT)
@example("a\u202eb\u2066c\u2028d\x00e\tf")
def test_a_title_is_one_line_that_runs_in_one_direction(text):
    title = one_line(text)
    assert title == one_line(title)
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\n\r\t\x00") & set(title)
    assert title == title.strip()
    assert len(title) <= len(text)


@given(TEXT)
def test_letters_of_a_title_are_kept(text):
    assert [c for c in one_line(text) if c.isalnum()] == [c for c in text if c.isalnum()]


def test_joined_emoji_and_accents_are_kept():
    assert one_line("  ¿Cómo limpio 👩‍👧 el  filtro? ") == "¿Cómo limpio 👩‍👧 el filtro?"


@given(TEXT)
def test_tags_are_slugs_each_once(text):
    names = tag_names(text)
    assert len(set(names)) == len(names)
    assert all(name and name == name.lower() and "," not in name for name in names)
    assert tag_names(", ".join(names)) == names


@given(TEXT)
def test_line_ends_count_once(text):
    assert "\r" not in with_unix_lines(text)
    plain = text.replace("\r", "")
    assert with_unix_lines(plain.replace("\n", "\r\n")) == with_unix_lines(plain)


@QUICK
@given(title=TEXT, tags=TEXT)
@example(title="<script>alert(1)</script> and more", tags="<b>,&amp;")
@example(title="'; DROP TABLE posts; --  please help", tags='"x", y')
@example(title="% _ \\ percent and so on is here", tags="a,b,c,d,e,f")
def test_any_title_and_tags_lead_to_a_question_or_a_clear_refusal(log_in, make, title, tags):
    author = make.member()
    product = make.product()
    form = {"title": title, "body": BODY, "tags": tags, "kind": "question", "lang": "en"}
    visitor = log_in(author)
    answer = visitor.post(
        f"/questions/new/{product.slug}", data=form | {"seen_similar": "y"}, follow_redirects=True
    )
    asked = db.session.query(Question).filter_by(author_id=author.id).one_or_none()
    assert answer.status_code == (422 if asked is None else 200)
    assert "<script>alert" not in answer.text
    if asked is None:
        assert 'class="error-summary"' in answer.text
    else:
        assert 15 <= len(asked.title) <= 150
        assert asked.slug
        assert len(tag_names(tags)) <= 5
        assert all(len(name) <= TAG_LENGTH for name in tag_names(tags))
