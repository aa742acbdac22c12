"""What an event of the floors below does to reputation, even if it arrives twice."""

from community.core.events import emit
from community.votes.events import VoteCast


def test_an_event_that_arrives_twice_books_once(make, long_here, run_jobs, lines):
    ben, cam = long_here("ben"), long_here("cam")
    answer = make.voted(make.answer(author=ben), 1, cam)
    facts = {"post_id": answer.id, "member_id": cam.id, "author_id": ben.id}
    emit(VoteCast(**facts, before=0, value=1))
    run_jobs()
    assert lines(ben) == [("voted-up", 10)]
