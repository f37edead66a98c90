"""A vault's folder, opened with one person's passphrase (FORMAT.md, "Reading a vault")."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass, field
from typing import Iterator

import primitives as p
from drawer import Contents, DrawerFiles
from inbox import take_in
from journal import open_database, remembered_ring
from keyfile import FIRST_INVITATION, FIRST_RECOVERY, SEATS, KeyFile
from refusals import Damaged, NewerFormat, Refused
from ring import CASELOAD, PRIVATE, PROCESS, RECORD, ROLES, SAFETY, SHARED, UNBUILT, Drawer, Ring, parse_ring

HOME, PRACTICE = 1, 2


def role_name(drawer: Drawer) -> str:
    """What a drawer is for."""
    return ROLES[drawer.role]


@dataclass
class Vault:
    """What one passphrase opens."""

    folder: str
    ring: Ring
    key_file: KeyFile
    notes: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, folder: str, passphrase: bytes, cheap: bool = False) -> Vault:
        """Opens the key file, a slot, the ring behind it and its inbox."""
        with open(os.path.join(folder, "keys"), "rb") as f:
            key_file = KeyFile.read(f.read(), cheap)
        index, seed = key_file.open_typed(p.normal_passphrase(passphrase))
        if index >= FIRST_RECOVERY + SEATS:
            raise NewerFormat("The passphrase fits a slot that this format does not use.")
        if FIRST_INVITATION <= index < FIRST_RECOVERY:
            raise Refused("That is a one-time code: it lets somebody in, and opens no drawer.")
        seat = index % FIRST_RECOVERY  # the recovery words of a seat open the same ring
        sequence, opened = key_file.open_ring(seed, seat)
        ring = parse_ring(opened, sequence, seat)
        notes = list(key_file.notes)
        if any(ring.recovery) and p.sha256(key_file.slot(FIRST_RECOVERY + seat)) != ring.recovery:
            notes.append("the recovery words of this person were overwritten")
        if not key_file.mac_holds(ring.file_key):
            notes.append("somebody without a passphrase has changed the key file")
        if key_file.sequence < ring.file_sequence:
            notes.append("the key file is older than this person's ring")
        ring, unread = take_in(key_file, ring)
        return cls(folder, ring, key_file, notes + unread)

    @property
    def name(self) -> str:
        """What the person whose passphrase it was is called."""
        me = self.ring.member(self.ring.seat)
        return me.name if me else "Somebody"

    def members(self) -> str:
        """The names of everybody who has not left."""
        return ", ".join(m.name for m in self.ring.members if not m.left)

    def _path(self, drawer: Drawer) -> str:
        if drawer.file_name is None:
            raise Refused("A drawer that was retired has no file any more.")
        return os.path.join(self.folder, drawer.file_name)

    def _read(self, drawer: Drawer, every_page: bool = False) -> Contents:
        contents = DrawerFiles.load(self._path(drawer), drawer.key, drawer.drawer_id).read(every_page)
        self.notes += [f"drawer {drawer.file_name}: {note}" for note in contents.notes]
        if contents.sequence < drawer.highest_state:
            self.notes.append(f"drawer {drawer.file_name} is older than it was when this person was last here")
        return contents

    def built_drawers(self) -> list[Drawer]:
        """The drawers of the ring, but for retired ones, and those that are named and not built yet."""
        return [d for d in self.ring.current() if d.condition != UNBUILT or os.path.exists(self._path(d))]

    def verify(self, drawer: Drawer) -> Contents:
        """Reads every page of a drawer, and its database if it is one that is known."""
        contents = self._read(drawer, every_page=True)
        if drawer.role in (PRIVATE, SHARED, CASELOAD, RECORD, PROCESS, SAFETY):
            self._open(drawer, contents).close()
        return contents

    def pages_sha256(self, file_name: str) -> str:
        """SHA-256, in hexadecimal, of SQLite's file in a drawer."""
        for drawer in self.ring.drawers:
            if drawer.file_name == file_name:
                return p.sha256(bytes(self._read(drawer).database)).hex()
        raise Refused("This passphrase opens no drawer of that name.")

    def private_database(self) -> sqlite3.Connection:
        """The database of the person's own drawer."""
        return self._database(self.ring.in_use(PRIVATE), PRIVATE)

    def shared_databases(self) -> Iterator[tuple[Drawer, sqlite3.Connection]]:
        """The databases of the shared drawers, the oldest first."""
        for drawer in self.ring.current():
            if drawer.role == SHARED:
                yield drawer, self._database(drawer, SHARED)

    def entrusted_database(self, drawer: Drawer) -> sqlite3.Connection:
        """The database of a drawer whose key lay in another."""
        return self._open(drawer, self._read(drawer))

    def caseload_database(self) -> sqlite3.Connection:
        """The database of the practice drawer."""
        if self.ring.kind != PRACTICE:
            raise Refused("This vault is a home, which has no cases.")
        return self._database(self.ring.in_use(CASELOAD), CASELOAD)

    def _database(self, drawer: Drawer | None, role: int) -> sqlite3.Connection:
        if self.ring.kind != HOME and role in (PRIVATE, SHARED):
            raise Refused("This vault is a practice, which has no journal: --record reads the record of a case.")
        if drawer is None:
            raise Damaged(f"The ring names no {ROLES[role]} drawer.")
        return self._open(drawer, self._read(drawer))

    def _open(self, drawer: Drawer, contents: Contents) -> sqlite3.Connection:
        role = ROLES[drawer.role]
        if not contents.database:
            raise Damaged(f"The {role} drawer was never finished.")
        connection = open_database(contents.database, role)
        if drawer.role in (PRIVATE, CASELOAD) and remembered_ring(connection) > self.ring.sequence:
            self.notes.append("this person's ring is older than their drawer remembers")
        return connection
