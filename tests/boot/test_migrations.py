"""Seeing quickly whether the database is up to date."""

import sqlite3
from dataclasses import replace

import pytest
from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from sqlalchemy import NullPool, create_engine, text

from community.boot import migrations
from config import Config
from tests.servers.postgresql import fresh_database


@pytest.fixture
def settings(tmp_path):
    return Config(SECRET_KEY="x" * 32, INSTANCE_FOLDER=tmp_path)


def stamp(settings, name):
    with sqlite3.connect(settings.DATABASE_URL.removeprefix("sqlite:///")) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES (?)", (name,))
    connection.close()


def test_the_last_migration_is_the_one_that_the_migrations_themselves_know():
    known = AlembicConfig()
    known.set_main_option("script_location", "migrations")
    assert ScriptDirectory.from_config(known).get_heads() == [migrations.last()]


def test_a_forum_without_a_database_is_not_up_to_date(settings):
    assert not migrations.are_done(settings)


def test_an_empty_database_is_not_up_to_date(settings, tmp_path):
    sqlite3.connect(tmp_path / "tertulia.db").close()
    assert not migrations.are_done(settings)


@pytest.mark.parametrize(("name", "done"), [("0001", False), (migrations.last(), True)])
def test_only_the_last_migration_counts(settings, name, done):
    stamp(settings, name)
    assert migrations.are_done(settings) is done


def test_what_is_no_database_stops_the_start_with_a_sentence(settings, tmp_path):
    (tmp_path / "tertulia.db").write_text("This is a letter, not a database. " * 50)
    with pytest.raises(SystemExit, match="cannot be opened as an SQLite database"):
        migrations.are_done(settings)


def on_server(settings, address):
    return replace(settings, DATABASE_URL=address)


def test_a_server_is_asked_for_the_last_migration_too(settings):
    known = on_server(settings, fresh_database())
    assert not migrations.are_done(known)
    with create_engine(known.DATABASE_URL, poolclass=NullPool).begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num TEXT)"))
        connection.execute(text(f"INSERT INTO alembic_version VALUES ('{migrations.last()}')"))
    assert migrations.are_done(known)


def test_a_server_that_is_not_there_stops_the_start_with_a_sentence(settings):
    nowhere = "postgresql+psycopg://ann:swordfish@127.0.0.1:1/forum"
    with pytest.raises(SystemExit, match="the PostgreSQL server cannot be used") as stopped:
        migrations.are_done(on_server(settings, nowhere))
    assert "swordfish" not in str(stopped.value)
