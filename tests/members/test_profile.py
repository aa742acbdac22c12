import io

import pytest
from PIL import Image

from community.core.files import storage
from community.members.models import Theme
from tests.members.conftest import PASSWORD

PROFILE = {
    "name": "Ann Arbor",
    "about": "I *mend* kettles.",
    "website": "https://ann.example/",
    "language": "es",
    "time_zone": "Europe/Madrid",
    "theme": "dark",
}


def picture(width=400, height=200):
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "PNG")
    file.seek(0)
    return file


def test_everybody_sees_a_profile_but_no_address(client, make):
    ann = make.member("ann", name="Ann Arbor", staff_title="Support, Acme")
    page = client.get(f"/members/{ann.id}/ann")
    assert page.status_code == 200
    for shown in ("Ann Arbor", "@ann", "Support, Acme"):
        assert shown in page.text
    assert "ann@example.org" not in page.text


def test_another_handle_leads_to_the_right_address(client, make):
    ann = make.member("ann")
    for address in (f"/members/{ann.id}", f"/members/{ann.id}/old?tab=answers"):
        answer = client.get(address)
        assert answer.status_code == 301
        assert answer.headers["Location"].startswith(f"/members/{ann.id}/ann")
    assert "tab=answers" in client.get(f"/members/{ann.id}/old?tab=answers").headers["Location"]


def test_who_never_was_is_not_found(client):
    assert client.get("/members/999/nobody").status_code == 404


def test_what_members_say_is_kept_and_shown(come_in, ann, make):
    visitor = come_in("ann")
    assert visitor.post("/settings", data=PROFILE).status_code == 303
    member = make.fresh(ann)
    assert (member.name, member.language, member.theme) == ("Ann Arbor", "es", Theme.DARK)
    page = visitor.get(f"/members/{ann.id}/ann").text
    assert "<em>mend</em>" in page
    assert 'rel="nofollow ugc noopener" href="https://ann.example/"' in page
    assert '<html lang="es"' in page
    assert 'data-theme="dark"' in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "Support"),
        ("name", ""),
        ("about", "x" * 1001),
        ("website", "javascript:alert(1)"),
        ("website", "ann.example"),
        ("website", "https://user:pass@ann.example"),
        ("language", "fr"),
        ("time_zone", "Moon/Base"),
        ("theme", "pink"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(come_in, ann, make, field, value):
    page = come_in("ann").post("/settings", data=PROFILE | {field: value})
    assert page.status_code == 422
    assert "field--wrong" in page.text
    assert make.fresh(ann).name == "Ann"


def test_nobody_gives_themselves_powers(come_in, ann, make):
    more = {"role": "admin", "staff_title": "Boss", "reputation": "999", "email": "b@example.org"}
    come_in("ann").post("/settings", data=PROFILE | more)
    member = make.fresh(ann)
    facts = (member.role, member.staff_title, member.reputation, member.email)
    assert facts == ("member", "", 1, "ann@example.org")


def test_a_text_that_would_run_is_harmless(come_in, ann):
    visitor = come_in("ann")
    about = "<script>alert(1)</script> [x](javascript:alert(1))"
    visitor.post("/settings", data=PROFILE | {"about": about})
    page = visitor.get(f"/members/{ann.id}/ann").text
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_a_picture_is_cut_to_a_square_and_can_be_taken_away(come_in, ann, make, client):
    visitor = come_in("ann")
    sent = visitor.post("/settings/avatar", data={"picture": (picture(), "me.png")})
    assert sent.status_code == 303
    name = make.fresh(ann).avatar
    with Image.open(io.BytesIO(client.get(f"/uploads/{name}").data)) as kept:
        assert kept.size == (192, 192)
    visitor.post("/settings/avatar", data={"picture": (picture(50, 90), "other.png")})
    second = make.fresh(ann).avatar
    assert not storage().exists(name)
    visitor.post("/settings/avatar", data={"remove": "yes"})
    assert make.fresh(ann).avatar == ""
    assert not storage().exists(second)


@pytest.mark.parametrize("file", [(io.BytesIO(b"<svg onload=alert(1)>"), "me.png"), None])
def test_what_is_no_picture_is_refused(come_in, ann, make, file):
    data = {"picture": file} if file else {}
    page = come_in("ann").post("/settings/avatar", data=data)
    assert page.status_code == 422
    assert "field--wrong" in page.text
    assert make.fresh(ann).avatar == ""


def test_mentions_are_completed_for_members_only(client, come_in, ann, make):
    make.member("anna")
    assert client.get("/members/complete?q=an").status_code == 303
    found = come_in("ann").get("/members/complete?q=an").json["members"]
    assert {each["handle"] for each in found} == {"ann", "anna"}
    assert set(found[0]) == {"id", "handle", "name", "avatar"}


def test_guests_and_members_choose_their_language(client, come_in, ann, make):
    answer = client.post("/language", data={"language": "es", "next": "/tags?a=b"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/tags?a=b")
    assert '<html lang="es"' in client.get("/").text
    come_in("ann").post("/language", data={"language": "es"})
    assert make.fresh(ann).language == "es"
    answer = client.post("/language", data={"language": "xx", "next": "/"})
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "address",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example",
     "/\n/evil.example", "\\\\evil.example", "javascript:alert(1)", "x", "", "///evil.example",
     "/%09/evil.example\r\nX: y"],
)  # fmt: skip
def test_choosing_a_language_leads_to_no_other_site(client, address):
    answer = client.post("/language", data={"language": "es", "next": address})
    assert answer.headers["Location"] == "/"


def test_a_guest_who_chooses_a_language_needs_no_session(client):
    cookies = client.post("/language", data={"language": "es"}).headers.getlist("Set-Cookie")
    assert [cookie.partition("=")[0] for cookie in cookies] == ["language"]


def test_a_page_of_settings_takes_the_same_statements_for_one_session_as_for_many(
    come_in, ann, count_queries
):
    counts = []
    visitor = come_in("ann")
    visitor.get("/settings/security")
    for _ in range(2):
        with count_queries() as statements:
            visitor.get("/settings/security")
        counts.append(len(statements))
        for _ in range(3):
            come_in("ann", PASSWORD)
    assert counts[0] == counts[1] <= 4
