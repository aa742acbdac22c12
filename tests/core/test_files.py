"""Files are kept by name, whole or not at all, and never outside of their folder."""

import stat

import pytest

from community.core.errors import NotFound
from community.core.files import LocalStorage, storage

NAME = "0123456789abcdef" * 2 + ".png"


@pytest.fixture
def folder(tmp_path):
    return LocalStorage(tmp_path / "uploads")


def test_a_file_is_kept_read_and_deleted(folder):
    assert not folder.exists(NAME)
    folder.save(NAME, b"picture")
    assert folder.exists(NAME)
    assert folder.read(NAME) == b"picture"
    folder.delete(NAME)
    assert not folder.exists(NAME)


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
