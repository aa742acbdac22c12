"""The database: the base model, and the one way to change data."""

from community.core.db.base import (
    Model,
    connection,
    db,
    insert,
    insert_once,
    put,
    put_each_once,
    put_once,
    save,
    speaks_postgresql,
    was_inserted,
)
from community.core.db.columns import Moment, Word, words_of
from community.core.db.locks import FOR_CHANGING, lock, stand_in_line, take_turns
from community.core.db.routing import REPLICA, reading_replica, reads_replica
from community.core.db.straight import change_straight, save_straight
from community.core.db.transactions import (
    after_commit,
    after_rollback,
    before_commit,
    before_commit_together,
    session_of_its_own,
    transaction,
)

__all__ = [
    "FOR_CHANGING",
    "REPLICA",
    "Model",
    "Moment",
    "Word",
    "after_commit",
    "after_rollback",
    "before_commit",
    "before_commit_together",
    "change_straight",
    "connection",
    "db",
    "insert",
    "insert_once",
    "lock",
    "put",
    "put_each_once",
    "put_once",
    "reading_replica",
    "reads_replica",
    "save",
    "save_straight",
    "session_of_its_own",
    "speaks_postgresql",
    "stand_in_line",
    "take_turns",
    "transaction",
    "was_inserted",
    "words_of",
]
