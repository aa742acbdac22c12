"""The member's own menu, made once for all and filled for each."""

from __future__ import annotations


def test_each_member_finds_their_own_name_and_profile(make, log_in):
    ann, ben = make.member("ann", name="Ann <3"), make.member("ben", name="Ben")
    for member, shown, other in ((ann, "Ann &lt;3", "<strong>Ben"), (ben, "Ben", "Ann &lt;3")):
        page = log_in(member).get("/").text
        assert f"<strong>{shown}</strong>" in page
        assert f'href="/members/{member.id}/{member.handle}"' in page
        assert other not in page


def test_the_menu_of_a_moderator_leads_to_the_queue_and_that_of_a_member_does_not(make, log_in):
    assert "/moderation/queue" in log_in(make.moderator()).get("/").text
    assert "/moderation/queue" not in log_in(make.member()).get("/").text


def test_a_guest_has_no_menu(client):
    assert 'action="/logout"' not in client.get("/").text
