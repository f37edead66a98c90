"""What a ring and a message hold, and who may join (FORMAT.md, "Rings" and "Joining")."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

import primitives as p
from keyfile import SEATS, KeyFile
from refusals import Damaged

ROLES = ("", "shared", "private", "pair", "caseload", "record", "process", "safety", "executor")
SHARED, PRIVATE = 1, 2
_BIDI = {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


@dataclass(frozen=True)
class Drawer:
    """The keys of one drawer."""

    role: int
    unbuilt: bool  # named, and perhaps not built yet
    file_name: str
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

    @property
    def shared_in_use(self) -> Drawer | None:
        """The last shared drawer that is built."""
        return self._last(SHARED)

    @property
    def private_in_use(self) -> Drawer | None:
        """The person's own drawer."""
        return self._last(PRIVATE)

    def _last(self, role: int) -> Drawer | None:
        return next((d for d in reversed(self.drawers) if d.role == role), None)


class _Fields:
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
        role, unbuilt = self.number(1, 1, 8), self.number(1, 0, 1) == 1
        name, drawer_id, key = self.file_name(), self.bytes(16), self.bytes(32)
        return Drawer(role, unbuilt, name, drawer_id, key, self.number(), self.number(8))

    def member(self) -> Member:
        seat, name = self.number(1, 0, 7), self.name()
        return Member(seat, name, self.bytes(32), self.bytes(32), self.optional_file_name())

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
    f = _Fields(opened, "The ring")
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
    f.end()
    return Ring(kind, seat, sequence, file_sequence, x25519_private, file_key, drawers, members, placeholders, recovery)


@dataclass(frozen=True)
class Admission:
    """A member's word that somebody joined, and the drawer that they share from then on."""

    member: Member
    drawer: Drawer
    transcript: bytes
    signature: bytes
    mac: bytes


def parse_admission(opened: bytes, vault_id: bytes) -> Admission:
    """The admission in a message."""
    f = _Fields(opened, "A message")
    f.begin(3)
    member = f.member()
    if member.private_drawer is None:
        raise f.refusal()
    name, drawer_id, key, seats = f.file_name(), f.bytes(16), f.bytes(32), f.number()
    transcript = b"ebb admission" + vault_id + opened[: f.at]
    signature, mac = f.bytes(64), f.bytes(32)
    f.end()
    return Admission(member, Drawer(SHARED, False, name, drawer_id, key, seats, 0), transcript, signature, mac)


def admission_key(shared: Drawer, vault_id: bytes, seat: int) -> bytes:
    """What vouches for the person who takes a seat."""
    return p.hkdf(shared.key, vault_id, b"ebb admission" + bytes([seat]), 32)


def _believed(a: Admission, ring: Ring, vault_id: bytes, sender: int) -> bool:
    """Whether all four conditions of FORMAT.md hold."""
    shared = ring.shared_in_use
    if shared is None or a.member.seat != sender or any(m.seat == sender for m in ring.members):
        return False
    if p.hmac_sha256(admission_key(shared, vault_id, sender), a.transcript + a.signature) != a.mac:
        return False
    if not p.ed25519_verifies(a.member.ed25519, a.signature, a.transcript):
        return False
    known_files = {d.file_name for d in ring.drawers} | {m.private_drawer for m in ring.members}
    names = {a.drawer.file_name, a.member.private_drawer}
    if any(m.x25519 == a.member.x25519 or m.ed25519 == a.member.ed25519 for m in ring.members):
        return False
    if known_files & names or len(names) != 2:
        return False
    return a.drawer.seats == sum(1 << m.seat for m in ring.members) | 1 << sender


def take_in(key_file: KeyFile, ring: Ring) -> tuple[Ring, list[str]]:
    """The ring with every admission in the person's inbox that can be believed, and notes about the others.

    Nothing is written: a program that may write saves the ring and empties the cells.
    """
    waiting: dict[int, Admission | None] = {}
    for sender in range(SEATS):
        opened = key_file.open_cell(ring.seat, sender, ring.x25519_private)
        if opened is None:
            continue
        try:
            waiting[sender] = parse_admission(opened, key_file.vault_id)
        except Damaged:
            waiting[sender] = None
    # One admission can vouch for the next.
    while new := next(((s, a) for s, a in waiting.items() if a and _believed(a, ring, key_file.vault_id, s)), None):
        seat, admission = new
        del waiting[seat]
        names = {admission.drawer.file_name, admission.member.private_drawer}
        ring = replace(
            ring,
            drawers=(*ring.drawers, admission.drawer),
            members=(*ring.members, admission.member),
            placeholders=tuple(f for f in ring.placeholders if f not in names),
        )
    known = {m.seat: (m.x25519, m.ed25519) for m in ring.members}
    unread = [s for s, a in waiting.items() if a is None or known.get(s) != (a.member.x25519, a.member.ed25519)]
    return ring, [f"a message for seat {s} could not be taken in" for s in unread]
