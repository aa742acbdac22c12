"""Files are kept by name, whole or not at all, and never outside of their folder."""

import socket
import stat
import subprocess
import sys
import time

import pytest

from community.core.errors import NotFound
from community.core.files import BucketStorage, LocalStorage, storage

NAME = "0123456789abcdef" * 2 + ".png"


@pytest.fixture
def folder(tmp_path):
    return LocalStorage(tmp_path / "uploads")


@pytest.fixture(scope="module")
def store():
    """A store that speaks S3, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "moto.server", "-p", str(port)]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    bucket = BucketStorage(f"s3+http://key:secret@127.0.0.1:{port}/pictures")
    for _ in range(200):
        try:
            bucket._client.create_bucket(Bucket="pictures")
            break
        except Exception:
            time.sleep(0.1)
    yield bucket
    server.kill()
    server.wait()


@pytest.fixture(params=["folder", "store"])
def kept(request):
    """Each way to keep files."""
    return request.getfixturevalue(request.param)


def test_a_file_is_kept_read_and_deleted(kept):
    assert not kept.exists(NAME)
    kept.save(NAME, b"picture")
    assert kept.exists(NAME)
    assert kept.read(NAME) == b"picture"
    assert list(kept.names()) == [NAME]
    kept.delete(NAME)
    kept.delete(NAME)
    assert not kept.exists(NAME)
    assert list(kept.names()) == []


def test_what_is_not_there_is_not_found_and_no_name_leads_elsewhere(kept):
    for name in (NAME, "../secret_key", "a/b.png", ""):
        with pytest.raises(NotFound):
            kept.read(name)


def test_deleting_twice_is_no_error(folder):
    folder.delete(NAME)
    folder.delete(NAME)


def test_a_file_that_is_not_there_is_not_found(folder):
    with pytest.raises(NotFound):
        folder.read(NAME)


def test_others_on_the_machine_cannot_read_it(folder, tmp_path):
    folder.save(NAME, b"picture")
    (kept,) = tmp_path.rglob("*.png")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640


def test_nothing_is_left_when_saving_fails(folder, tmp_path):
    with pytest.raises(TypeError):
        folder.save(NAME, "not bytes")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../secret_key",
        "/etc/passwd",
        NAME + "/x",
        NAME.upper(),
        NAME + "\n",
        "a.png",
    ],
)
def test_a_strange_name_leads_nowhere(folder, name):
    for act in (folder.read, folder.delete, folder.exists, lambda name: folder.save(name, b"")):
        with pytest.raises(NotFound):
            act(name)


def test_the_site_keeps_files_where_the_settings_say(app):
    with app.app_context():
        assert storage().folder == app.config["UPLOADS_FOLDER"]
