"""Pages are sent packed."""

import gzip

import brotli
import pytest

UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress}


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("gzip;q=0, br", "br")],
)
def test_a_page_is_packed_for_who_can_unpack_it(accepted, encoding, make, client):
    question = make.question(body="It leaks. " * 300)
    place = f"/questions/{question.id}/{question.slug}"
    plain = client.get(place)
    packed = client.get(place, headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == encoding
    assert UNPACK[encoding](packed.data) == plain.data
    assert len(packed.data) == packed.content_length < len(plain.data) / 3
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_what_can_unpack_nothing_gets_it_plain(make, client):
    question = make.question(body="It leaks. " * 300)
    place = f"/questions/{question.id}/{question.slug}"
    page = client.get(place, headers={"Accept-Encoding": "gzip;q=0, zstd"})
    assert "Content-Encoding" not in page.headers


def test_short_answers_and_answers_without_a_text_stay_as_they_are(make, client):
    question = make.question()
    headers = {"Accept-Encoding": "gzip"}
    assert (
        "Content-Encoding" not in client.get(f"/questions/{question.id}", headers=headers).headers
    )
    head = client.head(f"/questions/{question.id}/{question.slug}", headers=headers)
    assert head.status_code == 200
