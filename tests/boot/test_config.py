"""Settings from outside: read, checked, and refused with one clear sentence."""

import pytest

import config
from community.core.setting_checks import WrongSetting
from config import Config


@pytest.fixture
def read(tmp_path):
    """Read settings as if the environment held them: read(PORT="80")."""
    return lambda **given: Config.from_environment({"INSTANCE_FOLDER": str(tmp_path), **given})


def test_without_any_setting_everything_lies_in_the_instance_folder(read, tmp_path):
    settings = read()
    assert f"sqlite:///{tmp_path}/tertulia.db" == settings.DATABASE_URL
    assert settings.SQLALCHEMY_DATABASE_URI == settings.DATABASE_URL
    for path in (settings.UPLOADS_FOLDER, settings.SEARCH_FOLDER, settings.QUEUE_FILE):
        assert path.parent == tmp_path
    assert settings.BASE_URL == "http://localhost:8000"
    assert settings.HOST == "127.0.0.1"


def test_an_empty_setting_is_the_default(read):
    assert read(PORT="", BASE_URL="").PORT == 8000


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "eighty"),
        ("PORT", "٨٠"),
        ("WORKERS", "0"),
        ("HOST", "example.org"),
        ("BASE_URL", "forum.example.org"),
        ("BASE_URL", "https://example.org/forum"),
        ("BASE_URL", "https://user@example.org"),
        ("BASE_URL", "https://example.org:port"),
        ("DATABASE_URL", "mysql://localhost/forum"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "postgresql+psycopg2://localhost/forum"),
        ("DATABASE_URL", "postgresql://localhost"),
        ("UPLOADS_URL", "s3://s3.example.org/bucket"),
        ("UPLOADS_URL", "https://s3.example.org/bucket"),
        ("DATABASE_SECONDS", "0"),
        ("DATABASE_REPLICA_URL", "sqlite:///second.db"),
        ("DATABASE_REPLICA_SECONDS", "0"),
        ("MAIL_URL", "mail.example.org"),
        ("MAIL_FROM", "nobody"),
        ("MAIL_FROM", "a@example.org\nBcc: b@example.org"),
        ("REDIS_URL", "localhost:6379"),
        ("SEARCH_BACKEND", "sphinx"),
        ("SQLITE_SYNCHRONOUS", "OFF"),
        ("RATE_LIMITS", "yes"),
        ("LOG_LEVEL", "loud"),
        ("TRUSTED_PROXIES", "-1"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_allowed(read, name, given):
    with pytest.raises(WrongSetting) as refused:
        read(**{name: given})
    said = str(refused.value)
    assert said.startswith(f"{name} is {given!r}, but must be ")
    assert said.endswith("See docs/settings.md.")


def test_postgresql_is_spoken_to_by_the_driver_that_is_installed(read):
    settings = read(DATABASE_URL="postgresql://ann:secret@db/forum?sslmode=require", THREADS="6")
    wanted = "postgresql+psycopg://ann:secret@db/forum?sslmode=require"
    assert wanted == settings.SQLALCHEMY_DATABASE_URI
    assert settings.SQLALCHEMY_ENGINE_OPTIONS["pool_size"] == 6
    on_sqlite = read().SQLALCHEMY_ENGINE_OPTIONS
    assert on_sqlite["hide_parameters"]
    assert "pool_size" not in on_sqlite
    assert "secret" not in repr(settings)
    assert (settings.SEARCH_BACKEND, read().SEARCH_BACKEND) == ("postgresql", "whoosh")


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", "MAIL_URL"])
def test_a_refused_address_keeps_its_password_to_itself(read, name):
    with pytest.raises(WrongSetting) as refused:
        read(**{name: "what://user:swordfish@host"})
    assert "swordfish" not in str(refused.value)


def test_a_short_secret_key_is_refused_without_showing_it(read):
    with pytest.raises(WrongSetting) as refused:
        read(SECRET_KEY="swordfish")
    assert "swordfish" not in str(refused.value)


def test_the_secret_key_is_made_once_for_its_owner_alone(read, tmp_path):
    first, second = read(), read()
    assert first.SECRET_KEY == second.SECRET_KEY
    assert len(first.SECRET_KEY) == 64
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert first.SECRET_KEY not in repr(first)


def test_an_instance_folder_that_cannot_be_made_is_named():
    with pytest.raises(WrongSetting, match="INSTANCE_FOLDER is '/proc/forum'"):
        Config.from_environment({"INSTANCE_FOLDER": "/proc/forum"})


def test_relative_paths_start_where_the_forum_is(read):
    assert read(UPLOADS_FOLDER="pictures").UPLOADS_FOLDER == config.ROOT / "pictures"
    assert (f"sqlite:///{config.ROOT}/data/a.db") == read(
        DATABASE_URL="sqlite:///data/a.db"
    ).DATABASE_URL


def test_cookies_belong_to_the_host_alone_once_there_is_tls(read):
    plain, safe = read(), read(BASE_URL="https://forum.example.org/")
    assert (plain.SESSION_COOKIE_NAME, plain.SESSION_COOKIE_SECURE) == ("session", False)
    assert (safe.SESSION_COOKIE_NAME, safe.SESSION_COOKIE_SECURE) == ("__Host-session", True)
    assert safe.BASE_URL == "https://forum.example.org"
    assert safe.MAIL_FROM == "forum@forum.example.org"


def test_what_is_for_tests_cannot_be_set_from_outside(read):
    settings = read(TESTING="on", WTF_CSRF_ENABLED="off")
    assert (settings.TESTING, settings.WTF_CSRF_ENABLED) == (False, True)


def test_a_replica_needs_postgresql(read):
    second = "postgresql://forum@second/forum"
    with pytest.raises(WrongSetting, match="PostgreSQL for a replica"):
        read(DATABASE_REPLICA_URL=second)
    settings = read(DATABASE_URL="postgresql://forum@first/forum", DATABASE_REPLICA_URL=second)
    bound = settings.SQLALCHEMY_BINDS["replica"]
    assert bound["url"] == "postgresql+psycopg://forum@second/forum"
    assert bound["pool_size"] == settings.THREADS
