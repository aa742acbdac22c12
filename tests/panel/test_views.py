"""Pages of the panel: who may open them."""

import pytest

PAGES = [
    "/admin",
    "/admin/banners",
    "/admin/brand",
    "/admin/people",
    "/admin/permissions",
    "/admin/products",
    "/admin/replies",
    "/admin/settings",
    "/admin/tags",
]


@pytest.mark.parametrize("address", PAGES)
def test_guests_are_sent_to_log_in(client, address):
    assert client.get(address).headers["Location"].startswith("/login")


@pytest.mark.parametrize("address", PAGES)
def test_moderators_and_members_stay_outside(log_in, make, address):
    for outsider in (make.member(), make.moderator()):
        assert log_in(outsider).get(address).status_code == 403


@pytest.mark.parametrize("address", PAGES)
def test_admins_come_in_and_find_their_way(log_in, make, address):
    page = log_in(make.admin()).get(address)
    assert page.status_code == 200
    assert f'href="{address}"' in page.text
    assert 'aria-current="page"' in page.text
