from community.search import queries, services


def test_the_oldest_changes_come_first_and_are_counted():
    for key in ("questions:2", "questions:1", "questions:3"):
        services.note_change(key)
    assert [change.key for change in queries.pending(2)] == ["questions:2", "questions:1"]
    assert queries.number_of_pending() == 3
