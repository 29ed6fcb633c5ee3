"""The tables of class sessions. They hold random tokens (hashed), options and times; nothing about persons.

sessions       one row per session. `version` increases with each action of the lecturer; `round_id` is the round on
               screen, or NULL between questions. `key` (hashed) lets another browser become the lecturer's; it was
               made at `key_time`.
participants   one row per browser that has joined a session
rounds         one row per vote on a question: `question` counts the questions of a session, `attempt` the votes on one.
               `link` is the page that the lecturer showed with the answer.
votes          one row per browser and round
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    inspect,
    select,
)

from ui.classroom.errors import DatabaseUnavailableError

SCHEMA_VERSION = 2
"""Increase it with each change of the tables. Older tables are then replaced: sessions live for hours only."""

POSTGRESQL_LOCK = 0x50F73A
"""Number of the lock that a transaction holds on PostgreSQL while it creates tables or a session."""

METADATA = MetaData()
_VERSIONS = MetaData()
HASH_LENGTH = 64

schema_version = Table("classroom_schema", _VERSIONS, Column("version", Integer, nullable=False))

sessions = Table(
    "classroom_sessions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("code", String(6), nullable=False, unique=True),
    Column("lecturer", String(HASH_LENGTH), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("round_id", Integer),
    Column("ended", Boolean, nullable=False),
    Column("created", Float, nullable=False),
    Column("key", String(HASH_LENGTH)),
    Column("key_time", Float),
    sqlite_autoincrement=True,
)


def _session_id(*, primary_key: bool = False) -> Column[int]:
    return Column(
        "session_id", ForeignKey(sessions.c.id, ondelete="CASCADE"), nullable=False, index=True, primary_key=primary_key
    )


participants = Table(
    "classroom_participants",
    METADATA,
    _session_id(primary_key=True),
    Column("browser", String(HASH_LENGTH), primary_key=True),
)

rounds = Table(
    "classroom_rounds",
    METADATA,
    Column("id", Integer, primary_key=True),
    _session_id(),
    Column("question", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("step", String(64), nullable=False),
    Column("text", String(300), nullable=False),
    Column("options", JSON, nullable=False),
    Column("right", String(100), nullable=False),
    Column("state", String(8), nullable=False),
    Column("link", Text, nullable=False),
    sqlite_autoincrement=True,  # a late vote of a deleted round must not count in a new one
)

votes = Table(
    "classroom_votes",
    METADATA,
    Column("round_id", ForeignKey(rounds.c.id, ondelete="CASCADE"), primary_key=True),
    Column("browser", String(HASH_LENGTH), primary_key=True),
    Column("option", String(100), nullable=False),
    Column("time", Float, nullable=False),
)


def create_tables(connection: Connection) -> None:
    """Create the tables unless they exist. Tables of an older version are replaced.

    One transaction at a time does this. Raises DatabaseUnavailableError if the tables are those of a newer version.
    """
    if connection.dialect.name == "postgresql":  # a writing transaction on SQLite excludes all others anyway
        connection.execute(select(func.pg_advisory_xact_lock(POSTGRESQL_LOCK)))
    if are_current(connection):
        return
    METADATA.drop_all(connection)
    METADATA.create_all(connection)
    _VERSIONS.create_all(connection)
    connection.execute(delete(schema_version))
    connection.execute(insert(schema_version).values(version=SCHEMA_VERSION))


def are_current(connection: Connection) -> bool:
    """Return whether the tables exist in this version. Raises DatabaseUnavailableError if they are newer."""
    if not inspect(connection).has_table(schema_version.name):
        return False
    found = connection.scalar(select(schema_version.c.version))
    if found is not None and found > SCHEMA_VERSION:
        raise DatabaseUnavailableError(f"the database has version {found}, the app has {SCHEMA_VERSION}")
    return found == SCHEMA_VERSION
