"""How a database is opened, and what those of a home hold (FORMAT.md, "The databases")."""

from __future__ import annotations

import json
import re
import sqlite3
import tempfile
from datetime import datetime, timedelta
from typing import Any, Iterator

from refusals import Damaged, NewerFormat, Refused

_APPLICATIONS = {
    "private": 0x45420001,
    "shared": 0x45420002,
    "caseload": 0x45420003,
    "record": 0x45420004,
    "process": 0x45420005,
    "safety": 0x45420006,
}
# The newest that this reader knows.
_SCHEMAS = {"private": 3, "shared": 3, "caseload": 1, "record": 3, "process": 1, "safety": 2}
_EPOCH = datetime(1970, 1, 1)
_deserialize = getattr(sqlite3.Connection, "deserialize", None)  # Python 3.10 lacks it
# In milliseconds since 1970: year 1 stands for "not known", and an entry can be
# about the years 1000 to 9998.
_YEAR_ONE, _FIRST, _BEYOND = (
    int((datetime(year, 1, 1) - _EPOCH).total_seconds()) * 1000 for year in (1, 1000, 9999)
)


def open_database(database: bytearray, role: str) -> sqlite3.Connection:
    """Opens SQLite on decrypted pages, in memory only.

    Bytes 18 and 19 say that the database has a write-ahead log, which a database in
    memory can not have; 1 says that it has none. Sorting stays in memory as well.
    """
    database[18] = database[19] = 1
    if _deserialize:
        connection = sqlite3.connect(":memory:")
        _deserialize(connection, bytes(database))
    else:
        connection = _connect_through_memory(database)
    connection.text_factory = _text
    try:
        connection.execute("PRAGMA temp_store = MEMORY")
        _verify(connection, role)
    except sqlite3.DatabaseError:
        raise Damaged("A drawer's pages are genuine, and no database that SQLite can read.") from None
    return connection


def _connect_through_memory(database: bytearray) -> sqlite3.Connection:
    """Opens SQLite on a file in a file system that lies in memory, and removes its name at once.

    SQLite opens no file without a name, which memfd_create would give.
    """
    if not _lies_in_memory("/dev/shm"):
        raise Refused("This Python is too old to open a database in memory: it needs 3.11.")
    with tempfile.NamedTemporaryFile(dir="/dev/shm") as file:
        file.write(database)
        file.flush()
        connection = sqlite3.connect(f"file:{file.name}?mode=ro&immutable=1", uri=True)
        connection.execute("PRAGMA schema_version").fetchone()  # now it is open
    return connection


def _lies_in_memory(folder: str) -> bool:
    try:
        with open("/proc/self/mounts") as mounts:
            return any(line.split()[1:3] == [folder, "tmpfs"] for line in mounts)
    except OSError:
        return False


def _text(raw: bytes) -> str:
    """A text as the export has it: what is not UTF-8 becomes U+FFFD, one for each run, and NUL goes."""
    text = raw.decode("utf-8", "surrogateescape")
    return re.sub("[\udc80-\udcff]+", "\ufffd", text).replace("\0", "")


def _verify(connection: sqlite3.Connection, role: str) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATIONS[role]:
        raise Damaged(f"A drawer that the ring calls {role} holds another kind of database.")
    if connection.execute("PRAGMA user_version").fetchone()[0] > _SCHEMAS[role]:
        raise NewerFormat("A database has a newer schema than this reader knows.")
    found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    if found != ["ok"]:
        raise Damaged("A database's pages are genuine, and SQLite finds it inconsistent.")


def _moment(milliseconds: int) -> str:
    """Milliseconds since 1970 as RFC 3339 in UTC, without zeros at the end of a fraction."""
    seconds, thousandths = divmod(milliseconds, 1000)
    try:
        text = (_EPOCH + timedelta(seconds=seconds)).isoformat()
    except OverflowError:
        raise Refused("The date of an entry is out of range.") from None
    return text + (f".{thousandths:03}".rstrip("0") if thousandths else "") + "Z"


def remembered_ring(connection: sqlite3.Connection) -> int:
    """The sequence that the person's ring had when they were last here, or 0."""
    row = connection.execute("SELECT value FROM setting WHERE name = 'ring-sequence'").fetchone()
    return int(row[0]) if row and row[0].isdecimal() else 0


def entries(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """The entries of a private drawer as an export has them, the oldest first."""
    rows = connection.execute(
        "SELECT id, source, text, moods, tags, written_at, zone, local_date, all_day, starred, created_at, edited_at"
        " FROM entry ORDER BY written_at, seq"
    )
    for entry_id, source, text, moods, tags, written, zone, day, all_day, starred, created, edited in rows:
        if not _FIRST <= written < _BEYOND:
            raise Refused("The date of an entry is out of range.")
        fields = {
            "id": source or "ebb:" + entry_id.hex(),
            "written": _moment(written),
            "zone": zone,
            "localDate": day,
            "allDay": bool(all_day),
            "starred": bool(starred),
            "moods": json.loads(moods),
            "tags": json.loads(tags),
            "created": _moment(created) if created != _YEAR_ONE else "",
            "edited": _moment(edited) if edited != _YEAR_ONE else "",
            "text": text,
        }
        always = ("id", "written", "localDate", "text")
        yield {name: value for name, value in fields.items() if value or name in always}


def _json(value: Any) -> str:
    """JSON on one line, with the line separators of Unicode escaped as Go does."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def export(connection: sqlite3.Connection) -> str:
    """journal.json, byte for byte, as `ebb export --format json` writes it."""
    lines = ",\n".join(_json(e) for e in entries(connection))
    return '{"format":"ebb-journal","version":1,"entries":[' + ("\n" + lines if lines else "") + "\n]}\n"


def shared(connection: sqlite3.Connection) -> dict[str, Any]:
    """The people and the lines of one shared drawer."""
    people = connection.execute("SELECT seat, name, pronouns, about FROM person ORDER BY seat")
    lines = connection.execute("SELECT id, seat, text, shared_on FROM line ORDER BY shared_on, id")
    return {
        "people": [dict(zip(("seat", "name", "pronouns", "about"), row)) for row in people],
        "lines": [{"id": i.hex(), "seat": seat, "text": text, "sharedOn": day} for i, seat, text, day in lines],
    }
