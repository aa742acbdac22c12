"""The waiting room: slow senders hold nobody up."""

import io
import threading

import pytest

from community.core.admission import BODIES_OF_ONE_ADDRESS, Admission, Queue

MOST = 1000


class SlowBody:
    """The body of a form that does not come until it is let."""

    def __init__(self):
        self.may_come = threading.Event()
        self.reading = threading.Event()

    def read(self, _size):
        self.reading.set()
        self.may_come.wait(5)
        return b""


def environ(body=b"", address="192.0.2.1", **more):
    stream = io.BytesIO(body) if isinstance(body, bytes) else body
    length = str(len(body)) if isinstance(body, bytes) else "500"
    return {"wsgi.input": stream, "CONTENT_LENGTH": length, "REMOTE_ADDR": address, **more}


def echo(given, start):
    """Answer with what was sent."""
    body = given["wsgi.input"].read()
    start("200 OK", [("Content-Type", "text/plain")])
    return [body]


@pytest.fixture
def call():
    """Send a request: call(environ) returns the status and the answer."""
    room = Admission(echo, places=2, most=MOST, of_one_address=BODIES_OF_ONE_ADDRESS)

    def _call(given, through=room):
        said = []
        answer = b"".join(through(given, lambda status, _headers: said.append(status)))
        return int(said[0][:3]), answer

    _call.room = room
    return _call


def test_a_form_comes_through_whole(call):
    assert call(environ(b"x" * MOST)) == (200, b"x" * MOST)


def test_a_body_of_unknown_length_is_cut_right_after_what_is_allowed(call):
    chunked = environ(b"x" * (MOST * 3), HTTP_TRANSFER_ENCODING="chunked")
    del chunked["CONTENT_LENGTH"]
    assert len(call(chunked)[1]) == MOST + 1


def test_a_body_that_is_announced_too_long_is_not_read(call):
    body = io.BytesIO(b"x" * (MOST + 1))
    assert call(environ(b"") | {"CONTENT_LENGTH": str(MOST + 1), "wsgi.input": body})[0] == 200
    assert body.tell() == 0


def test_one_address_may_hold_only_so_many_bodies(call):
    slow = [SlowBody() for _ in range(BODIES_OF_ONE_ADDRESS)]
    threads = [threading.Thread(target=call, args=(environ(each),)) for each in slow]
    for thread, each in zip(threads, slow, strict=True):
        thread.start()
        assert each.reading.wait(5)
    status, answer = call(environ(b"mine"))
    assert status == 503
    assert "ocupado" in answer.decode()
    assert call(environ(b"other", address="192.0.2.2")) == (200, b"other")
    assert call(environ(b""))[0] == 200
    for each in slow:
        each.may_come.set()
    for thread in threads:
        thread.join()
    assert call(environ(b"mine")) == (200, b"mine")


def test_the_queue_forgets_who_has_left():
    queue = Queue(most=2, of_one_address=1)
    with queue.stand("a") as first, queue.stand("a") as again, queue.stand("b") as second:
        assert (first, again, second) == (True, False, True)
    assert not queue._senders
    with queue.stand("a") as later:
        assert later


def test_only_so_many_requests_are_worked_on_at_once(call, monkeypatch):
    monkeypatch.setattr("community.core.admission.SECONDS_FOR_A_PLACE", 0.05)
    held, go_on = threading.Barrier(3), threading.Event()

    def busy(_environ, start):
        held.wait(5)
        go_on.wait(5)
        start("200 OK", [])
        return [b""]

    room = Admission(busy, places=2, most=MOST, of_one_address=1)
    threads = [threading.Thread(target=call, args=(environ(), room)) for _ in range(2)]
    for thread in threads:
        thread.start()
    held.wait(5)
    assert call(environ(), room)[0] == 503
    go_on.set()
    for thread in threads:
        thread.join()


class Socket(io.BytesIO):
    """A connection that stays open: reading on after the body would wait for ever."""

    def __init__(self, body):
        super().__init__(body)
        self.left = len(body)

    def read(self, size=-1):
        assert 0 < size <= self.left, "reads past the end of the body"
        self.left -= size
        return super().read(size)


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
