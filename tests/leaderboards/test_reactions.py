from community.leaderboards import queries, reactions, services
from community.leaderboards.models import Span
from community.members.events import MemberLeft
from tests.leaderboards.test_services import place


def test_the_worker_works_the_boards_out(make):
    answer = make.voted(make.answer())
    reactions.work_out()
    assert [each.member_id for each in queries.board(Span.WEEK, 0)] == [answer.author_id]


def test_who_leaves_is_taken_off(make):
    ann = make.member("ann")
    services.replace([place(ann, 3)])
    reactions.forget_places(MemberLeft(member_id=ann.id))
    assert list(queries.board(Span.ALL, 0)) == []
