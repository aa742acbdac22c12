"""Pages of pictures."""

from io import BytesIO

import pytest

from community.core.clock import now
from community.core.db import save, transaction
from community.core.files import storage
from community.core.settings import Setting
from community.posts import pace
from community.posts.uploading import Sent, markdown_of, take
from tests.pictures import drawn

keep = transaction(save)
JSON = {"Accept": "application/json"}


def form(data=None, name="kettle.png", **fields):
    return {"file": (BytesIO(data or drawn()), name), **fields}


def multipart(data):
    """Return a body as it travels; the test client would leave a temporary file open."""
    head = 'Content-Disposition: form-data; name="file"; filename="kettle.png"'
    body = b"\r\n".join([b"--edge", head.encode(), b"", data, b"--edge--", b""])
    return {"data": body, "content_type": "multipart/form-data; boundary=edge"}


@pytest.fixture
def ann(make):
    return make.member("ann")


@pytest.fixture
def posted(make, ann):
    """A picture in a question that everybody sees."""
    picture = take(ann, Sent(drawn(), "kettle.png", "A kettle"))
    question = make.question(ann, body=f"This is what it looks like: {markdown_of(picture)}")
    return make.fresh(picture), question


class TestUploading:
    def test_without_script_the_page_shows_the_line_to_copy(self, ann, client, log_in):
        log_in(ann)
        assert client.get("/uploads").status_code == 200
        page = client.post("/uploads", data=form(alt="A kettle"), follow_redirects=True)
        assert "![A kettle](/uploads/" in page.text

    def test_script_gets_json(self, ann, client, log_in):
        log_in(ann)
        answer = client.post("/uploads", data=form(alt="A kettle"), headers=JSON)
        assert answer.status_code == 201
        assert answer.json["markdown"] == f"![A kettle]({answer.json['url']})"
        assert (answer.json["width"], answer.json["height"]) == (8, 6)
        assert client.get(answer.json["url"]).status_code == 200

    def test_a_guest_is_sent_to_log_in(self, client):
        assert "log" in client.post("/uploads", data=form()).location
        assert "log" in client.get("/uploads").location

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            (dict, "Choose a picture first"),
            (lambda: form(b"<svg/>", "kettle.svg"), "not a picture we can show"),
            (lambda: form(alt="x" * 201), "200"),
        ],
    )
    def test_what_is_wrong_is_said(self, ann, client, log_in, fields, words):
        log_in(ann)
        multipart = {"content_type": "multipart/form-data"}
        page = client.post("/uploads", data=fields(), **multipart)
        assert page.status_code == 422
        assert words in page.text
        answer = client.post("/uploads", data=fields(), headers=JSON, **multipart)
        assert answer.status_code == 422
        assert words in answer.json["message"]

    def test_a_file_that_is_too_large_is_refused(self, ann, client, log_in):
        log_in(ann)
        for size, status in ((5 << 20) + 1, 422), (7 << 20, 413):
            answer = client.post("/uploads", **multipart(b"x" * size))
            assert answer.status_code == status

    def test_the_eleventh_picture_of_an_hour_has_to_wait(self, ann, client, log_in, monkeypatch):
        log_in(ann)
        monkeypatch.setattr(pace, "AN_HOUR", Setting("test", 1, "One picture an hour."))
        assert client.post("/uploads", data=form(), headers=JSON).status_code == 201
        answer = client.post("/uploads", data=form(), headers=JSON)
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "3600"


class TestShowing:
    def test_a_posted_picture_is_sent_so_that_it_can_do_nothing(self, posted, client):
        picture, _question = posted
        answer = client.get(f"/uploads/{picture.name}")
        assert answer.data == storage().read(picture.name)
        expected = {
            "Content-Type": "image/png",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cross-Origin-Resource-Policy": "same-site",
            "Content-Disposition": "inline; filename=kettle.png",
            "Cache-Control": "public, max-age=86400, immutable",
        }
        assert {name: answer.headers[name] for name in expected} == expected

    def test_a_browser_that_has_it_is_told_so(self, posted, client):
        picture, _question = posted
        etag = client.get(f"/uploads/{picture.name}").headers["ETag"]
        again = client.get(f"/uploads/{picture.name}", headers={"If-None-Match": etag})
        assert again.status_code == 304
        assert again.data == b""

    @pytest.mark.parametrize("column", ["deleted_at", "hidden_at"])
    def test_a_picture_goes_with_its_post(self, posted, client, column):
        picture, question = posted
        setattr(question, column, now())
        keep(question)
        assert client.get(f"/uploads/{picture.name}", headers=JSON).status_code == 404

    @pytest.mark.parametrize("column", ["deleted_at", "hidden_at"])
    @pytest.mark.parametrize("kind", ["answer", "comment"])
    def test_a_picture_goes_with_the_question_around_its_post(
        self, make, ann, client, kind, column
    ):
        picture = take(ann, Sent(drawn()))
        question = make.question()
        getattr(make, kind)(question, ann, body=f"Here: {markdown_of(picture)}")
        assert client.get(f"/uploads/{picture.name}").status_code == 200
        setattr(question, column, now())
        keep(question)
        assert client.get(f"/uploads/{picture.name}", headers=JSON).status_code == 404

    def test_moderators_still_see_it_and_no_cache_keeps_it(self, posted, make, client, log_in):
        picture, question = posted
        question.hidden_at = now()
        keep(question)
        log_in(make.moderator())
        answer = client.get(f"/uploads/{picture.name}")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"

    def test_before_it_is_posted_only_its_member_sees_it(self, ann, make, app, client, log_in):
        picture = take(ann, Sent(drawn()))
        assert client.get(f"/uploads/{picture.name}", headers=JSON).status_code == 404
        log_in(ann)
        answer = client.get(f"/uploads/{picture.name}")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"

    def test_a_picture_of_the_site_itself_is_public(self, client):
        storage().save("ab" * 16 + ".webp", b"logo")
        answer = client.get(f"/uploads/{'ab' * 16}.webp")
        assert answer.headers["Content-Type"] == "image/webp"
        assert answer.headers["Cache-Control"].startswith("public")

    @pytest.mark.parametrize(
        "name", ["0" * 32 + ".png", "0" * 32 + ".html", "x", "..%2f..%2fsecret_key", "%00"]
    )
    def test_what_never_was_is_not_found(self, client, name):
        assert client.get(f"/uploads/{name}", headers=JSON).status_code == 404

    def test_showing_takes_few_statements(self, posted, client, count_queries):
        with count_queries() as statements:
            client.get(f"/uploads/{posted[0].name}")
        assert len(statements) <= 3
