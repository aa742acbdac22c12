"""The waiting room before the application takes in bodies, and no more than they are."""

from __future__ import annotations

import io

import pytest

from community.core.admission import Admission


class Socket(io.BytesIO):
    """A connection that stays open: reading on after the body would wait for ever."""

    def __init__(self, body):
        super().__init__(body)
        self.left = len(body)

    def read(self, size=-1):
        assert 0 < size <= self.left, "reads past the end of the body"
        self.left -= size
        return super().read(size)


def echo(environ, start):
    start("200 OK", [])
    return [environ["wsgi.input"].read()]


def sent(body, **more):
    environ = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": Socket(body)} | more
    admission = Admission(echo, places=1, most=1000, of_one_address=1)
    return b"".join(admission(environ, lambda *_: None))


@pytest.mark.parametrize("length", [1, 999, 1000])
def test_a_body_is_read_to_its_end_and_no_further(length):
    assert sent(b"x" * length) == b"x" * length


def test_a_body_that_is_too_long_is_not_read():
    assert sent(b"x" * 1001) == b""


def test_a_body_of_unknown_length_is_read_until_the_stream_ends():
    environ = {"wsgi.input": io.BytesIO(b"abc"), "CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": ""}
    admission = Admission(echo, places=1, most=1000, of_one_address=1)
    assert b"".join(admission(environ, lambda *_: None)) == b"abc"
