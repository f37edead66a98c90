"""The key file: two whitened copies, sixteen slots, a ring behind each (FORMAT.md, "The key file")."""

from __future__ import annotations

from dataclasses import dataclass

import primitives as p
from refusals import Damaged, NewerFormat, WrongPassphrase

COPY_SIZE = 106_496
SEATS = 4
SLOTS = 16
FIRST_INVITATION, FIRST_RECOVERY = 4, 8
_NAME = b"ebb key file"
_FORMAT = 1
_BODY_SIZE = COPY_SIZE - 32
_SLOTS_AT, _SLOT_SIZE = 256, 256
_RINGS_AT, _RING_SIZE = 4_352, 8_192
_CELLS_AT, _CELL_SIZE = 69_888, 2_048
_CHECKSUM_AT = _BODY_SIZE - 32


@dataclass(frozen=True)
class Costs:
    """What one guess at a passphrase costs: Argon2id's memory in KiB, passes and lanes."""

    memory_kib: int
    passes: int
    lanes: int

    def permitted(self, cheap: bool) -> bool:
        """Whether they lie within the limits; cheap lifts the lower ones, for test vaults."""
        low, high = (64, 1, 1) if cheap else (65_536, 3, 4), (1_048_576, 10, 8)
        return all(a <= b <= c for a, b, c in zip(low, (self.memory_kib, self.passes, self.lanes), high))


@dataclass(frozen=True)
class KeyFile:
    """The copy that counts."""

    body: bytes
    vault_id: bytes
    salt: bytes
    costs: Costs
    sequence: int
    notes: tuple[str, ...]

    @classmethod
    def read(cls, file: bytes, cheap: bool = False) -> KeyFile:
        """Takes the whitening off both copies and chooses the one that counts."""
        bodies = [unwhitened(file[at : at + COPY_SIZE]) for at in (0, COPY_SIZE)]
        if any(_is_newer(b) for b in bodies):
            raise NewerFormat("The key file is in a newer format than this reader knows.")
        copies = [cls._parse(b) for b in bodies if _is_sound(b, cheap)]
        if not copies:
            raise Damaged("Neither copy in the key file is whole: it is damaged, or no key file of Ebb.")
        notes = [] if len(copies) == 2 else ["one of the two copies in the key file is damaged"]
        if len({c.vault_id for c in copies}) != 1:
            raise Damaged("The two copies in the key file belong to different vaults.")
        counts = max(copies, key=lambda c: c.sequence)  # the first of two equal ones
        return cls(counts.body, counts.vault_id, counts.salt, counts.costs, counts.sequence, tuple(notes))

    @classmethod
    def _parse(cls, body: bytes) -> KeyFile:
        sequence = int.from_bytes(body[72:80], "big")
        return cls(body, body[16:32], body[32:64], _costs(body), sequence, ())

    def mac(self, file_key: bytes) -> bytes:
        """The MAC that should stand in the header."""
        key = p.hkdf(file_key, self.vault_id, b"ebb/keys/1 file", 32)
        return p.hmac_sha256(key, self.body[:80] + self.body[256:_CHECKSUM_AT])

    def mac_holds(self, file_key: bytes) -> bool:
        """Whether somebody with a ring wrote the file last."""
        return self.mac(file_key) == self.body[80:112]

    def aad(self, purpose: int, index: int, cell: int = 0, sequence: int = 0) -> bytes:
        """The additional data, 47 bytes, of everything that is sealed in the file."""
        return (
            b"ebb/keys/1"
            + bytes([purpose])
            + self.vault_id
            + bytes([index, cell])
            + sequence.to_bytes(8, "big")
            + self.body[14:15]
            + self.costs.memory_kib.to_bytes(4, "big")
            + self.costs.passes.to_bytes(4, "big")
            + bytes([self.costs.lanes])
        )

    def root(self, passphrase: bytes) -> bytes:
        """The one evaluation of Argon2id that all slots are tried with."""
        return p.argon2id(passphrase, self.salt, self.costs.passes, self.costs.memory_kib, self.costs.lanes)

    def slot_keys(self, root: bytes, index: int) -> tuple[bytes, bytes]:
        """The slot key and the commitment that root gives for a slot."""
        both = p.hkdf(root, self.vault_id, b"ebb/keys/1 slot" + bytes([index]), 64)
        return both[:32], both[32:]

    def seed_key(self, slot_key: bytes) -> bytes:
        """What the seed in a slot is sealed with."""
        return p.hkdf(slot_key, self.vault_id, b"ebb/keys/1 person seed", 32)

    def step_up_key(self, slot_key: bytes) -> bytes:
        """What the step-up secret in a slot is sealed with."""
        return p.hkdf(slot_key, self.vault_id, b"ebb/keys/1 step-up secret", 32)

    def slot(self, index: int) -> bytes:
        """The 256 bytes of a slot."""
        at = _SLOTS_AT + index * _SLOT_SIZE
        return self.body[at : at + _SLOT_SIZE]

    def open_slot(self, passphrase: bytes) -> tuple[int, bytes]:
        """The number of the slot that a passphrase fits, and the seed in it."""
        root = self.root(passphrase)
        for index in range(SLOTS):
            slot = self.slot(index)
            slot_key, commitment = self.slot_keys(root, index)
            if slot[:32] != commitment:
                continue
            seed = p.xchacha20poly1305_open(self.seed_key(slot_key), slot[32:56], slot[56:104], self.aad(1, index))
            if seed is None:
                raise Damaged("The passphrase is right, and the slot that it fits is damaged.")
            return index, seed
        raise WrongPassphrase("That passphrase does not open this vault.")

    def open_typed(self, normal: bytes) -> tuple[int, bytes]:
        """The slot and the seed that a passphrase in its normal form opens, or recovery words in capitals.

        This reader does not have the list of words. In capitals it takes eleven for
        recovery words if they open a slot in which nothing else lies.
        """
        try:
            return self.open_slot(normal)
        except WrongPassphrase:
            words = p.recovery_words_in_capitals(normal)
            if words is None:
                raise
        index, seed = self.open_slot(words)
        if not FIRST_RECOVERY <= index < FIRST_RECOVERY + SEATS:
            raise WrongPassphrase("That passphrase does not open this vault.")
        return index, seed

    def step_up_secret(self, normal: bytes) -> bytes:
        """The secret in the second compartment of the slot that a passphrase, or recovery words, fits."""
        for typed in (normal, p.recovery_words_in_capitals(normal)):
            root = self.root(typed) if typed is not None else None
            for index in range(SLOTS) if root is not None else ():
                slot = self.slot(index)
                slot_key, commitment = self.slot_keys(root, index)
                if slot[:32] != commitment:
                    continue
                key, aad = self.step_up_key(slot_key), self.aad(2, index)
                secret = p.xchacha20poly1305_open(key, slot[104:128], slot[128:176], aad)
                if secret is None:
                    raise Damaged("The passphrase is right, and the second compartment of its slot is damaged.")
                return secret
        raise WrongPassphrase("That passphrase does not open this vault.")

    def unwrap(self, secret: bytes, wrapped: bytes, drawer_id: bytes) -> bytes:
        """The key of a drawer that is wrapped under a step-up secret."""
        wrapping = p.hkdf(secret, self.vault_id, b"ebb/keys/1 wrap", 32)
        key = p.xchacha20poly1305_open(wrapping, wrapped[:24], wrapped[24:], self.aad(7, 0) + drawer_id)
        if len(wrapped) != 72 or key is None:
            raise Damaged("The key of a drawer behind the second unlock does not open.")
        return key

    def ring_key(self, seed: bytes, index: int) -> bytes:
        """What a ring is sealed with."""
        return p.hkdf(seed, self.vault_id, b"ebb/keys/1 ring" + bytes([index]), 32)

    def ring(self, index: int) -> bytes:
        """The 8,192 bytes of a ring, sealed."""
        at = _RINGS_AT + index * _RING_SIZE
        return self.body[at : at + _RING_SIZE]

    def ring_mask(self, seed: bytes, index: int) -> bytes:
        """What the sequence of a ring is masked with."""
        return p.hkdf(self.ring_key(seed, index), self.ring(index)[:24], b"ebb/keys/1 ring sequence", 8)

    def open_ring(self, seed: bytes, index: int) -> tuple[int, bytes]:
        """The sequence and the 8,144 bytes of a ring."""
        ring, key = self.ring(index), self.ring_key(seed, index)
        sequence = int.from_bytes(p.xor(ring[24:32], self.ring_mask(seed, index)), "big")
        purpose = 3 if index < SEATS else 4
        opened = p.xchacha20poly1305_open(key, ring[:24], ring[32:], self.aad(purpose, index, 0, sequence))
        if opened is None:
            raise Damaged("The passphrase is right, and the ring behind it is damaged.")
        return sequence, opened

    def cell_keys(self, private: bytes, ephemeral: bytes, reader: bytes) -> tuple[bytes, bytes] | None:
        """The key and the nonce of a message in an inbox."""
        shared = p.x25519(private, ephemeral)
        if shared is None:
            return None
        both = p.hkdf(shared, ephemeral + reader, b"ebb/keys/1 inbox" + self.vault_id, 56)
        return both[:32], both[32:]

    def cell(self, to: int, sender: int) -> bytes:
        """The 2,048 bytes that seat sender may write for seat to."""
        at = _CELLS_AT + (4 * to + sender) * _CELL_SIZE
        return self.body[at : at + _CELL_SIZE]

    def open_cell(self, to: int, sender: int, private: bytes) -> bytes | None:
        """The 2,000 bytes that seat sender left for seat to, or None if there is no message."""
        ephemeral, sealed = self.cell(to, sender)[:32], self.cell(to, sender)[32:]
        keys = self.cell_keys(private, ephemeral, p.x25519_public(private))
        return keys and p.xchacha20poly1305_open(*keys, sealed, self.aad(5, to, sender))


def unwhitened(copy: bytes) -> bytes:
    """The body of a copy; what is cut short stays short, and is not sound."""
    return p.chacha20_stream(p.sha256(b"ebb/keys/1 whitening" + copy[:32]), copy[32:])


def _costs(body: bytes) -> Costs:
    return Costs(int.from_bytes(body[64:68], "big"), int.from_bytes(body[68:72], "big"), body[15])


def _has_header(body: bytes) -> bool:
    return body[:12] == _NAME and p.sha256(body[:224]) == body[224:256]


def _is_newer(body: bytes) -> bool:
    return _has_header(body) and int.from_bytes(body[12:14], "big") > _FORMAT


def _is_sound(body: bytes, cheap: bool) -> bool:
    return (
        len(body) == _BODY_SIZE
        and _has_header(body)
        and int.from_bytes(body[12:14], "big") == _FORMAT
        and body[14] == 1
        and not any(body[112:224])
        and p.sha256(body[:_CHECKSUM_AT]) == body[_CHECKSUM_AT:]
        and _costs(body).permitted(cheap)
    )
