"""What the databases of a practice hold (FORMAT.md, "The drawers of a practice")."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

import vault as vaults
from refusals import Damaged, Refused
from ring import IN_USE, PROCESS, RECORD, Drawer

# The tables of a record as its JSON has them: the name there, the columns, the table
# and its order.
_RECORD = [
    ("members", "id name pronouns description ask legal_name level access joined_on left_on", "member", "place"),
    ("pairs", "first second words", "pair", "first, second"),
    (
        "beforeYouCall",
        "member number voicemail times post code_word emergency_name emergency_number emergency_bounds",
        "contact_sheet",
        "member",
    ),
    ("contacts", "id member at zone local_date way incoming words", "contact", "at"),
    ("meetings", "id at zone local_date minutes member state interpreter", "meeting", "at"),
    ("attendance", "meeting member state video place earshot", "attendance", "meeting, member"),
    (
        "notes",
        "id audience member meeting template local_date state sections created_at edited_at",
        "note",
        "local_date, seq",
    ),
    (
        "versions",
        "note number act meeting template local_date sections reason at zone hash",
        "note_version",
        "note, number",
    ),
    ("plans", "version day text", "plan", "version"),
    ("intake", "member section text day", "intake", "member, section"),
    ("checkIns", "", "", ""),
    ("checkInsBefore", "check_in number day answers at", "check_in_earlier", "check_in, number"),
    ("files", "id title member day size hash", "attachment WHERE discarded = 0", "day, id"),
    ("documents", "name version language level text hash issued_on", "document", "name, version"),
    ("policies", "document version day", "policy", "seq"),
    ("decisions", "member document version hash decision method remark day", "decision", "seq"),
    ("seenAlone", "member day", "seen_alone", "seq"),
    ("limits", "member closeness categories exercises at_once day", "menu_limit", "seq"),
    ("menu", "exercise state note since reviewed_on", "menu_item", "exercise"),
    ("menuChanges", "exercise state day", "menu_change", "seq"),
    ("ownExercises", "id text", "own_exercise", "id"),
    ("overrides", "exercise reason day", "override", "seq"),
    (
        "observations",
        "id member day domain words band context lasting source released",
        "observation",
        "day, seq",
    ),
    ("feedback", "id member day about keep change drop_it changed changed_on", "feedback", "day, seq"),
    ("prep", "id page member text", "prep_line", "seq"),
    ("reviews", "id kind due_on done_on", "review", "due_on, id"),
]
_CHECK_INS = (
    "SELECT c.id, c.member, c.day, a.item, a.answer FROM check_in AS c"
    " LEFT JOIN check_in_answer AS a ON a.check_in = c.id ORDER BY c.day, c.id, a.item"
)


@dataclass(frozen=True)
class Apart:
    """A drawer behind the second unlock: its key is wrapped."""

    drawer: Drawer
    member: bytes | None


@dataclass(frozen=True)
class Case:
    """A case as the practice drawer names it."""

    code: str
    record: Drawer
    apart: tuple[Apart, ...]


class Practice:
    """A practice whose practice drawer is open."""

    def __init__(self, vault: vaults.Vault) -> None:
        self.vault = vault
        self._caseload = vault.caseload_database()

    def cases(self) -> list[Case]:
        """All cases, by code."""
        found = []
        for case_id, code in self._caseload.execute("SELECT id, code FROM case_file ORDER BY code").fetchall():
            records, apart = [], []
            rows = self._caseload.execute(
                "SELECT id, role, member, file, key, seen FROM case_drawer WHERE case_id = ? ORDER BY role, member", (case_id,)
            )
            for drawer_id, role, member, file, key, seen in rows:
                drawer = Drawer(role, IN_USE, file, drawer_id, key, 1, seen)
                if role == RECORD:
                    records.append(drawer)
                else:
                    apart.append(Apart(drawer, member))
            if len(records) != 1 or len(records[0].key) != 32:
                raise Damaged("The practice drawer does not name one record for each case.")
            found.append(Case(code, records[0], tuple(apart)))
        return found

    def _case(self, code: str) -> Case:
        for case in self.cases():
            if case.code == code:
                return case
        raise Refused("No case has this code.")

    def record(self, code: str) -> str:
        """The record of a case, byte for byte as `ebb export` writes it."""
        connection = self.vault.entrusted_database(self._case(code).record)
        parts = ['{\n"ebbRecord": 1']
        for name, columns, table, order in _RECORD:
            query = f"SELECT {', '.join(columns.split())} FROM {table} ORDER BY {order}" if table else _CHECK_INS
            rows = ",\n".join(_json(row) for row in _rows(connection, query))
            parts.append(f'"{name}": [' + ("\n" + rows if rows else "") + "]")
        return ",\n".join(parts) + "\n}\n"

    def apart(self, code: str, passphrase: bytes) -> list[dict[str, Any]]:
        """What lies behind the second unlock of a case, with the passphrase once more."""
        case = self._case(code)
        secret = self.vault.key_file.step_up_secret(passphrase)
        names = dict(self.vault.entrusted_database(case.record).execute("SELECT id, name FROM member").fetchall())
        found = []
        for one in case.apart:
            d = one.drawer
            key = self.vault.key_file.unwrap(secret, d.key, d.drawer_id)
            opened = Drawer(d.role, d.condition, d.file_name, d.drawer_id, key, d.seats, d.highest_state)
            connection = self.vault.entrusted_database(opened)
            room: dict[str, Any] = {"role": "process" if d.role == PROCESS else "safety"}
            if one.member is not None:
                room["member"] = names.get(one.member, one.member.hex())
            room["notes"] = _texts(connection, "SELECT sections FROM note ORDER BY local_date DESC, seq DESC")
            room["drafts"] = _texts(connection, "SELECT sections FROM note_draft ORDER BY saved_at DESC, id")
            found.append(room)
        return found


def _rows(connection: sqlite3.Connection, query: str) -> list[dict[str, Any]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    return [{name: value for name, value in zip(names, row) if value is not None} for row in cursor]


def _json(row: dict[str, Any]) -> str:
    """A row on one line: columns by name, blobs in hexadecimal, and what HTML takes for its own escaped."""
    plain = {name: value.hex() if isinstance(value, bytes) else value for name, value in row.items()}
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _texts(connection: sqlite3.Connection, query: str) -> list[str]:
    """Of each note the text of its first section."""
    return [json.loads(sections)[0]["text"] for (sections,) in connection.execute(query)]
