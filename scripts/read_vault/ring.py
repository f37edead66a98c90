"""What a ring holds (FORMAT.md, "Rings")."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from refusals import Damaged

IN_USE, UNBUILT, RETIRED = 0, 1, 2
ROLES = ("", "shared", "private", "pair", "caseload", "record", "process", "safety", "executor")
SHARED, PRIVATE, CASELOAD, RECORD, PROCESS, SAFETY = 1, 2, 4, 5, 6, 7
_BIDI = {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


@dataclass(frozen=True)
class Drawer:
    """The keys of one drawer."""

    role: int
    condition: int
    file_name: str | None  # may be missing if it is retired
    drawer_id: bytes
    key: bytes
    seats: int
    highest_state: int


@dataclass(frozen=True)
class Member:
    """A person as the others know them."""

    seat: int
    name: str
    x25519: bytes
    ed25519: bytes
    private_drawer: str | None
    left: bool = False


@dataclass(frozen=True)
class Ring:
    """Everything that one person holds."""

    kind: int
    seat: int
    sequence: int
    file_sequence: int
    x25519_private: bytes
    file_key: bytes
    drawers: tuple[Drawer, ...]
    members: tuple[Member, ...]
    placeholders: tuple[str, ...]
    recovery: bytes  # SHA-256 of the slot of the recovery words, or zeros

    def current(self) -> list[Drawer]:
        """The drawers that are not retired. All that was in a retired one is in a later one."""
        return [d for d in self.drawers if d.condition != RETIRED]

    def in_use(self, role: int) -> Drawer | None:
        """Of several drawers of one role the one in use."""
        return next((d for d in reversed(self.current()) if d.role == role), None)

    def member(self, seat: int) -> Member | None:
        """The person who has, or had, a seat."""
        return next((m for m in self.members if m.seat == seat), None)

    def has_file(self, name: str | None) -> bool:
        """Whether a drawer of the ring lies under a name."""
        return any(d.file_name == name for d in self.drawers)


class Fields:
    """Reads the fields of a ring or a message one after the other."""

    def __init__(self, data: bytes, what: str) -> None:
        self.data, self.at, self.what = data, 0, what

    def bytes(self, size: int) -> bytes:
        if self.at + size > len(self.data):
            raise self.refusal()
        self.at += size
        return self.data[self.at - size : self.at]

    def number(self, size: int = 1, low: int = 0, high: int | None = None) -> int:
        n = int.from_bytes(self.bytes(size), "big")
        if n < low or (high is not None and n > high):
            raise self.refusal()
        return n

    def name(self) -> str:
        try:
            name = self.bytes(self.number(2, 0, 256)).decode()
        except UnicodeDecodeError:
            raise self.refusal() from None
        if any(unicodedata.category(c) == "Cc" or c in _BIDI for c in name):
            raise self.refusal()
        return name

    def file_name(self) -> str:
        name = self.optional_file_name()
        if name is None:
            raise self.refusal()
        return name

    def optional_file_name(self) -> str | None:
        name = self.bytes(8)
        return name.hex() if any(name) else None

    def drawer(self) -> Drawer:
        role, condition = self.number(1, 1, 8), self.number(1, 0, 2)
        name = self.optional_file_name() if condition == RETIRED else self.file_name()
        return Drawer(role, condition, name, self.bytes(16), self.bytes(32), self.number(), self.number(8))

    def member(self) -> Member:
        seat, name = self.number(), self.name()
        if seat & 0x7F > 7:
            raise self.refusal()
        return Member(seat & 7, name, self.bytes(32), self.bytes(32), self.optional_file_name(), seat > 7)

    def begin(self, what: int) -> None:
        """Reads the two bytes in front: what it is, and its format."""
        if self.bytes(2) != bytes([what, 1]):
            raise self.refusal()

    def end(self) -> None:
        """Behind the last field there are zeros only."""
        if any(self.data[self.at :]):
            raise self.refusal()

    def refusal(self) -> Damaged:
        return Damaged(f"{self.what} opens, and does not hold what the format says.")


def parse_ring(opened: bytes, sequence: int, seat: int) -> Ring:
    """The ring of the person in a seat, whose sequence is known from the file."""
    f = Fields(opened, "The ring")
    f.begin(1)
    kind = f.number(1, 1, 2)
    f.number(1, seat, seat)
    f.number(8, sequence, sequence)
    file_sequence = f.number(8)
    x25519_private, _ed25519_seed, file_key = f.bytes(32), f.bytes(32), f.bytes(32)
    drawers = tuple(f.drawer() for _ in range(f.number(1, 0, 64)))
    members = tuple(f.member() for _ in range(f.number(1, 0, 8)))
    placeholders = tuple(f.file_name() for _ in range(f.number(1, 0, 16)))
    recovery = f.bytes(32)
    for _ in range(f.number(1, 0, 16)):  # files to be destroyed, which is for others to do
        f.number(1, 0, 1)
        f.file_name()
    f.bytes(f.number(2, 0, 512))  # the person's own admission, to be told again
    f.end()
    return Ring(kind, seat, sequence, file_sequence, x25519_private, file_key, drawers, members, placeholders, recovery)
