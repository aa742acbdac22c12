"""Finding the history of a post."""

from community.posts import queries
from community.posts.services import Edit, revise
from community.posts.texts import prepare


def test_the_history_holds_every_text_with_its_editor(make, count_queries):
    answer = make.answer(body="First words.")
    revise(answer.author, answer, Edit(text=prepare("Better words."), version=1, reason="typo"))
    with count_queries() as statements:
        history = queries.revisions_of(answer)
        assert [(r.number, r.body, r.reason, r.editor.id == answer.author_id) for r in history] == [
            (1, "First words.", "", True),
            (2, "Better words.", "typo", True),
        ]
    assert len(statements) <= 2


def test_no_names_and_no_numbers_find_no_pictures():
    assert queries.pictures([]) == queries.attachments([]) == []
