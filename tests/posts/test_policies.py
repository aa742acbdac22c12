"""Who may add pictures, and who may see them."""

import pytest

from community.core.clock import now
from community.members.models import Guest
from community.posts.models import Attachment
from community.posts.policies import is_public, may_see, may_upload


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("member", True), ("moderator", True), ("suspended", False), ("guest", False)],
)
def test_who_may_upload(make, who, allowed):
    actors = {
        "member": make.member(),
        "moderator": make.moderator(),
        "suspended": make.member(suspended_at=now()),
        "guest": Guest(),
    }
    assert bool(may_upload(actors[who])) is allowed


@pytest.mark.parametrize(
    ("state", "seen_by"),
    [
        ("waiting", {"uploader", "moderator"}),
        ("posted", {"uploader", "moderator", "stranger", "guest"}),
        ("hidden", {"moderator"}),
        ("deleted", {"moderator"}),
        ("lost", {"moderator"}),
    ],
)
def test_who_may_see_a_picture(make, state, seen_by):
    uploader, post = make.member(), make.question()
    post.hidden_at = now() if state == "hidden" else None
    post.deleted_at = now() if state == "deleted" else None
    picture = Attachment(member_id=uploader.id, post_id=None if state == "waiting" else post.id)
    around = [] if state in {"waiting", "lost"} else [post]
    actors = {
        "uploader": uploader,
        "moderator": make.moderator(),
        "stranger": make.member(),
        "guest": Guest(),
    }
    assert {who for who in actors if may_see(actors[who], picture, around)} == seen_by
    assert is_public(picture, around) is (state == "posted")
