"""Commands about questions."""

from community.core.db import db
from community.questions.models import related_questions
from community.questions.queries import documents
from community.search.engine import engine
from community.search.memory_engine import MemoryEngine


def test_relating_all_questions_tells_how_many(app, make, monkeypatch):
    monkeypatch.setitem(app.extensions, "search", MemoryEngine())
    for title in ("My kettle drips from below", "The kettle drips after boiling"):
        make.question(title=title)
    engine().replace_all(documents.every_document())
    result = app.test_cli_runner().invoke(args=["questions", "relate"])
    assert result.exit_code == 0
    assert "Related 2 questions." in result.output
    assert len(db.session.execute(related_questions.select()).all()) == 2
