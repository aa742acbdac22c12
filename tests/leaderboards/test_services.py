from community.leaderboards import queries, services
from community.leaderboards.models import Span


def place(member, points):
    return {
        "span": Span.ALL,
        "product_id": 0,
        "member_id": member.id,
        "points": points,
        "solutions": 0,
        "helpful": points,
    }


def test_new_boards_take_the_place_of_the_old_ones(make):
    ann, ben = make.member("ann"), make.member("ben")
    services.replace([place(ann, 3), place(ben, 1)])
    services.replace([place(ben, 2)])
    assert [each.member_id for each in queries.board(Span.ALL, 0)] == [ben.id]
    services.replace([])
    assert list(queries.board(Span.ALL, 0)) == []


def test_a_member_who_left_is_on_no_board(make):
    ann = make.member("ann")
    services.replace([place(ann, 3)])
    services.forget_member(ann.id)
    assert list(queries.board(Span.ALL, 0)) == []
