"""What members tell each other, and what of it is believed (FORMAT.md, "Joining" and "Changes")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Callable, Union

import primitives as p
from keyfile import SEATS, KeyFile
from refusals import Damaged
from ring import IN_USE, RETIRED, SHARED, Drawer, Fields, Member, Ring

_ADMISSION, _LEAVING, _REKEYING = 3, 4, 5
_ORDER = (_ADMISSION, _REKEYING, _LEAVING)  # in a cell


@dataclass(frozen=True)
class Admission:
    """Somebody joined, and this is the drawer that everybody shares from then on."""

    member: Member
    drawer: Drawer
    transcript: bytes
    signature: bytes
    mac: bytes

    def taken_in(self, ring: Ring, vault_id: bytes, sender: int) -> Ring | None:
        """The ring with the new member, or None if this can not be believed."""
        shared, member = ring.in_use(SHARED), self.member
        if shared is None or member.seat != sender or ring.member(sender) is not None:
            return None
        if p.hmac_sha256(admission_key(shared, vault_id, sender), self.transcript + self.signature) != self.mac:
            return None
        if not p.ed25519_verifies(member.ed25519, self.signature, self.transcript):
            return None
        if any(m.x25519 == member.x25519 or m.ed25519 == member.ed25519 for m in ring.members):
            return None
        names = {self.drawer.file_name, member.private_drawer}
        if len(names) != 2 or not all(_is_free(ring, name) for name in names):
            return None
        if not _is_for_everybody(ring, self.drawer.seats & ~(1 << sender)) or not self.drawer.seats >> sender & 1:
            return None
        return replace(ring, drawers=(*ring.drawers, self.drawer), members=(*ring.members, member))

    def is_known(self, ring: Ring, sender: int) -> bool:
        """Whether it was read before."""
        known = ring.member(sender) if self.member.seat == sender else None
        return known is not None and (known.x25519, known.ed25519) == (self.member.x25519, self.member.ed25519)


@dataclass(frozen=True)
class Rekeying:
    """A new shared drawer took the place of others."""

    drawer: Drawer
    replaced: tuple[bytes, ...]  # drawer ids, the earliest first
    transcript: bytes
    signature: bytes

    def taken_in(self, ring: Ring, vault_id: bytes, sender: int) -> Ring | None:
        """The ring with the new drawer in use, or None if this can not be believed."""
        member, shared = ring.member(sender), ring.in_use(SHARED)
        if member is None or member.left or not self._is_signed(member):
            return None
        if shared is None or shared.drawer_id not in self.replaced or self._is_had(ring):
            return None
        if not _is_for_everybody(ring, self.drawer.seats) or not _is_free(ring, self.drawer.file_name):
            return None
        drawers = tuple(replace(d, condition=RETIRED) if d == shared else d for d in ring.drawers)
        had = {d.drawer_id for d in ring.drawers}
        between = (Drawer(SHARED, RETIRED, None, i, bytes(32), 0, 0) for i in self.replaced if i not in had)
        return replace(ring, drawers=(*drawers, *between, self.drawer))

    def is_known(self, ring: Ring, sender: int) -> bool:
        """Whether it was read before, or is past."""
        member = ring.member(sender)
        return member is not None and self._is_signed(member) and self._is_had(ring)

    def _is_signed(self, member: Member) -> bool:
        return p.ed25519_verifies(member.ed25519, self.signature, self.transcript)

    def _is_had(self, ring: Ring) -> bool:
        return any(d.drawer_id == self.drawer.drawer_id for d in ring.drawers)


@dataclass(frozen=True)
class Leaving:
    """Somebody gave up their seat."""

    seat: int
    transcript: bytes
    signature: bytes

    def taken_in(self, ring: Ring, vault_id: bytes, sender: int) -> Ring | None:
        """The ring with the member marked, or None if this can not be believed."""
        member = ring.member(sender)
        if member is None or member.left or not self._is_signed(member, sender):
            return None
        return replace(ring, members=tuple(replace(m, left=m.left or m.seat == sender) for m in ring.members))

    def is_known(self, ring: Ring, sender: int) -> bool:
        """Whether it was read before."""
        member = ring.member(sender)
        return member is not None and member.left and self._is_signed(member, sender)

    def _is_signed(self, member: Member, sender: int) -> bool:
        return self.seat == sender and p.ed25519_verifies(member.ed25519, self.signature, self.transcript)


Message = Union[Admission, Rekeying, Leaving]


def admission_key(shared: Drawer, vault_id: bytes, seat: int) -> bytes:
    """What vouches for the person who takes a seat."""
    return p.hkdf(shared.key, vault_id, b"ebb admission" + bytes([seat]), 32)


def _is_free(ring: Ring, name: str | None) -> bool:
    return not ring.has_file(name) and all(m.private_drawer != name for m in ring.members)


def _is_for_everybody(ring: Ring, seats: int) -> bool:
    """Whether the seats are those of all who have not left, and perhaps of some who have."""
    present = sum(1 << m.seat for m in ring.members if not m.left)
    ever = sum(1 << m.seat for m in ring.members)
    return seats & present == present and seats & ~ever == 0


def parse_messages(opened: bytes, vault_id: bytes) -> list[Message]:
    """The messages in a cell, in their order."""
    f = Fields(opened, "A message")
    messages: list[Message] = []
    last = -1
    while f.at < len(opened) and opened[f.at]:
        begin, kind = f.at, opened[f.at]
        rank = _ORDER.index(kind) if kind in _ORDER else -1
        if rank < last or rank == last and kind != _REKEYING:
            raise f.refusal()
        f.begin(kind)
        last = rank
        messages.append(_PARSERS[kind](f, begin, vault_id))
    if not messages:
        raise f.refusal()
    f.end()
    return messages


def _new_drawer(f: Fields) -> Drawer:
    name, drawer_id, key = f.file_name(), f.bytes(16), f.bytes(32)
    return Drawer(SHARED, IN_USE, name, drawer_id, key, f.number(), 0)


def _admission(f: Fields, begin: int, vault_id: bytes) -> Admission:
    member = f.member()
    if member.private_drawer is None:
        raise f.refusal()
    drawer = _new_drawer(f)
    transcript = b"ebb admission" + vault_id + f.data[begin : f.at]
    return Admission(member, drawer, transcript, f.bytes(64), f.bytes(32))


def _rekeying(f: Fields, begin: int, vault_id: bytes) -> Rekeying:
    drawer = _new_drawer(f)
    replaced = tuple(f.bytes(16) for _ in range(f.number(1, 1, 24)))
    transcript = b"ebb re-keyed" + vault_id + f.data[begin : f.at]
    return Rekeying(drawer, replaced, transcript, f.bytes(64))


def _leaving(f: Fields, begin: int, vault_id: bytes) -> Leaving:
    seat = f.number(1, 0, SEATS - 1)
    return Leaving(seat, b"ebb left" + vault_id + f.data[begin : f.at], f.bytes(64))


_PARSERS: dict[int, Callable[[Fields, int, bytes], Message]] = {
    _ADMISSION: _admission,
    _REKEYING: _rekeying,
    _LEAVING: _leaving,
}


def take_in(key_file: KeyFile, ring: Ring) -> tuple[Ring, list[str]]:
    """The ring with everything in the person's inbox that can be believed, and notes about the rest.

    Nothing is written: a program that may write saves the ring and empties the cells.
    """
    waiting: dict[int, list[Message]] = {}
    notes = []
    for sender in range(SEATS):
        # In the person's own cell stands a receipt, which is for the others.
        opened = key_file.open_cell(ring.seat, sender, ring.x25519_private) if sender != ring.seat else None
        if opened is None:
            continue
        try:
            waiting[sender] = parse_messages(opened, key_file.vault_id)
        except Damaged:
            notes.append(f"what seat {sender} tells can not be read")
    progress = True
    while progress:  # one message can vouch for the next, in whichever cell
        progress = False
        for sender, messages in waiting.items():
            while messages:
                after = messages[0].taken_in(ring, key_file.vault_id, sender)
                if after is None and not messages[0].is_known(ring, sender):
                    break
                ring, progress = after or ring, True
                messages.pop(0)
    notes += [f"what seat {sender} tells can not be believed" for sender, messages in waiting.items() if messages]
    return ring, notes
