"""Counting stops where the bell stops."""

from community.notifications import queries
from community.notifications.models import Kind, Notification


def test_the_bell_counts_no_further_than_it_says(make, log_in):
    member = make.member()
    for number in range(queries.MOST_COUNTED + 5):
        queries.db.session.add(
            Notification(member_id=member.id, kind=Kind.BADGE, key=str(number), facts={})
        )
    make.keep(member)
    assert queries.unread_count(member) == queries.MOST_COUNTED
    assert "99+" in log_in(member).get("/").text
