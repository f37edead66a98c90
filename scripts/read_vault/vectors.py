"""Recomputes every vector of the specification, so that page and reader can not drift apart.

A vector is a row of two columns under a heading that begins with "Vectors": a name and
hexadecimal digits. What a name that ends with "given" stands for is an input; each of
the others is recomputed here, under the very words of its name.
"""

from __future__ import annotations

import json
import os
import re
from typing import Callable

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

import primitives as p
from drawer import TagSet
from inbox import Admission, admission_key, parse_messages
from keyfile import KeyFile
from log import nonce_mask, record_keys, sqlite_checksum
from refusals import Damaged, Refused
from ring import SHARED, parse_ring

Given = dict[str, bytes]
_ROW = re.compile(r"^\| (.+?) \| `([0-9a-f]+)` \|$")


def in_page(page: str) -> Given:
    """The vectors of a specification, by their names."""
    found: Given = {}
    within = False
    for line in page.splitlines():
        if line.startswith("#"):
            within = line.lstrip("# ").startswith("Vectors")
        row = _ROW.match(line)
        if not within or not row:
            continue
        name, digits = row.groups()
        if name in found:
            raise Refused(f"Two vectors are called: {name}")
        found[name] = bytes.fromhex(digits)
    return found


def _inbox_key(v: Given) -> bytes:
    ephemeral, reader = v["public key E at the head of cell 1 of her inbox, given"], v["Anna's X25519 public key, R"]
    info = b"ebb/keys/1 inbox" + v["vault id, given"]
    return p.hkdf(v["shared secret of E and her private key"], ephemeral + reader, info, 56)


def _x25519(v: Given) -> bytes:
    private, public = v["Anna's X25519 private key, given"], v["public key E at the head of cell 1 of her inbox, given"]
    return p.x25519(private, public) or b""


def _ring_sequence(v: Given) -> bytes:
    return p.xor(v["nonce and masked sequence of ring 0, given"][24:], v["mask of the sequence of ring 0"])


def _seed(v: Given) -> bytes:
    nonce, sealed = v["nonce and sealed seed of slot 0, given"][:24], v["nonce and sealed seed of slot 0, given"][24:]
    return p.xchacha20poly1305_open(v["seed key of slot 0"], nonce, sealed, v["AAD of the seed in slot 0"]) or b""


def _aad(v: Given, purpose: int, index: int, cell: int, sequence: int) -> bytes:
    costs = b"\1" + (64).to_bytes(4, "big") + (1).to_bytes(4, "big") + b"\1"
    place = bytes([index, cell]) + sequence.to_bytes(8, "big")
    return b"ebb/keys/1" + bytes([purpose]) + v["vault id, given"] + place + costs


def _derived(v: Given, secret: str, label: bytes, size: int = 32) -> bytes:
    return p.hkdf(v[secret], v["vault id, given"], label, size)


_KEY_FILE: dict[str, Callable[[Given], bytes]] = {
    "that passphrase in its normal form": lambda v: p.normal_passphrase(v["a passphrase as typed, given"]),
    "root of `correct horse battery staple` with the salt 00 01 … 1f, m = 65,536, t = 3, p = 4": lambda v: p.argon2id(
        b"correct horse battery staple", bytes(range(32)), 3, 65_536, 4
    ),
    "key of its whitening": lambda v: p.sha256(b"ebb/keys/1 whitening" + v["seed of the first copy, given"]),
    "first 32 bytes of its key stream": lambda v: p.chacha20_stream(v["key of its whitening"], bytes(32)),
    "root": lambda v: p.argon2id(b"golden passphrase of Anna", v["salt, given"], 1, 64, 1),
    "slot key of slot 0": lambda v: _derived(v, "root", b"ebb/keys/1 slot\0", 64)[:32],
    "commitment of slot 0": lambda v: _derived(v, "root", b"ebb/keys/1 slot\0", 64)[32:],
    "seed key of slot 0": lambda v: _derived(v, "slot key of slot 0", b"ebb/keys/1 person seed"),
    "step-up key of slot 0": lambda v: _derived(v, "slot key of slot 0", b"ebb/keys/1 step-up secret"),
    "HChaCha20 of the seed key and the first 16 bytes of the nonce": lambda v: p.hchacha20(
        v["seed key of slot 0"], v["nonce and sealed seed of slot 0, given"][:16]
    ),
    "AAD of the seed in slot 0": lambda v: _aad(v, 1, 0, 0, 0),
    "seed": _seed,
    "ring key of ring 0": lambda v: _derived(v, "seed", b"ebb/keys/1 ring\0"),
    "mask of the sequence of ring 0": lambda v: p.hkdf(
        v["ring key of ring 0"], v["nonce and masked sequence of ring 0, given"][:24], b"ebb/keys/1 ring sequence", 8
    ),
    "sequence of ring 0": _ring_sequence,
    "AAD of ring 0": lambda v: _aad(v, 3, 0, 0, int.from_bytes(v["sequence of ring 0"], "big")),
    "MAC key of the file": lambda v: _derived(v, "file key, given", b"ebb/keys/1 file"),
    "Anna's X25519 public key, R": lambda v: p.x25519_public(v["Anna's X25519 private key, given"]),
    "shared secret of E and her private key": _x25519,
    "key and nonce of the message": _inbox_key,
    "AAD of the message": lambda v: _aad(v, 5, 0, 1, 0),
    "key and nonce of a receipt with E at its head": lambda v: p.hkdf(
        v["key of the shared drawer in use, given"],
        v["public key E at the head of cell 1 of her inbox, given"],
        b"ebb/keys/1 receipt" + v["vault id, given"],
        56,
    ),
    "key that wraps under the step-up secret 00 01 … 1f": lambda v: p.hkdf(
        bytes(range(32)), v["vault id, given"], b"ebb/keys/1 wrap", 32
    ),
    "AAD of a key wrapped under it, of the drawer with the id a0 a1 … af": lambda v: _aad(v, 7, 0, 0, 0)
    + bytes(range(0xA0, 0xB0)),
    "admission key for seat 1": lambda v: _derived(v, "key of the shared drawer in use, given", b"ebb admission\1"),
    "MAC of the admission": lambda v: p.hmac_sha256(
        v["admission key for seat 1"], v["transcript of the admission, given"] + v["signature of the admission, given"]
    ),
}

_DRAWER_KEY, _DRAWER_ID = bytes(range(32)), bytes(range(0xA0, 0xB0))
_NONCE = bytes(range(24))
_LOG_ID = b"\x22" * 16
_KEYS = record_keys(_DRAWER_KEY, _DRAWER_ID)
_TAGS = {0: b"\x33" * 16, 1: b"\x44" * 16}
_PAGE_AAD = _DRAWER_ID + b"D" + (7).to_bytes(8, "big")
_FRAME_AAD = _DRAWER_ID + b"W" + (3).to_bytes(8, "big") + _LOG_ID
_PAGE = "the record of 16 bytes 11, as page 7, nonce 00 01 … 17"
_STATE = "the state clean, that log bound, 2 frames, 2 pages, sequence 9, the root before"


def _sealed(plain: bytes, aad: bytes) -> bytes:
    return AESGCM(p.xaes_key(_KEYS["data"], _NONCE)).encrypt(_NONCE[12:], plain, aad)


def _record(plain: bytes, aad: bytes) -> bytes:
    sealed = _sealed(plain, aad)
    return sealed + p.xor(_NONCE, nonce_mask(_KEYS, sealed[-16:]))


def _state(v: Given) -> bytes:
    counts = b"".join(n.to_bytes(4, "big") for n in (2, 0, 2))
    return bytes([1, 2, 1, 0]) + counts + (9).to_bytes(8, "big") + _LOG_ID + TagSet(_KEYS["tag set"]).root(_TAGS)


_DRAWER: dict[str, Callable[[Given], bytes]] = {
    **{f"K(`ebb/drawer/1 {label}`)": lambda v, label=label: _KEYS[label] for label in _KEYS},  # type: ignore[misc]
    "XAES-256-GCM: the subkey K1 of CMAC under K(`ebb/drawer/1 data`)": lambda v: p.xaes_subkey(_KEYS["data"]),
    "XAES-256-GCM: the key of AES-256-GCM for the nonce 00 01 … 17": lambda v: p.xaes_key(_KEYS["data"], _NONCE),
    "additional data of page 7": lambda v: _PAGE_AAD,
    _PAGE: lambda v: _record(b"\x11" * 16, _PAGE_AAD),
    "the mask of its nonce": lambda v: nonce_mask(_KEYS, v[_PAGE][16:32]),
    "additional data of frame 3 of the log with the id 22 22 … 22": lambda v: _FRAME_AAD,
    "ciphertext and tag of the same, as frame 3 of the log with the id 22 22 … 22": lambda v: _sealed(
        b"\x11" * 16, _FRAME_AAD
    ),
    "SQLite's checksum over the bytes 00 01 … 1f, begun with 0 and 0, big-endian: two numbers": lambda v: b"".join(
        n.to_bytes(4, "big") for n in sqlite_checksum((0, 0), bytes(range(32)), ">")
    ),
    "the same, little-endian": lambda v: b"".join(
        n.to_bytes(4, "big") for n in sqlite_checksum((0, 0), bytes(range(32)), "<")
    ),
    "root of page 0 with the tag 33 33 … 33": lambda v: TagSet(_KEYS["tag set"]).root({0: _TAGS[0]}),
    "root of that and page 1 with the tag 44 44 … 44": lambda v: TagSet(_KEYS["tag set"]).root(_TAGS),
    "the table of those two pages, nonce 00 01 … 17": lambda v: _record(
        b"".join(_TAGS.values()), _DRAWER_ID + b"T" + (2).to_bytes(8, "big")
    ),
    _STATE: _state,
    "its record in slot 1, nonce 00 01 … 0b": lambda v: _NONCE[:12]
    + AESGCM(_KEYS["state"]).encrypt(_NONCE[:12], v[_STATE], _DRAWER_ID + b"S\1"),
}


def golden_values(file: bytes, code: str) -> dict[str, bytes]:
    """Every value on the way into a golden key file, under the names that its JSON has."""
    k = KeyFile.read(file, cheap=True)
    whitening_key = p.sha256(b"ebb/keys/1 whitening" + file[:32])
    v = {
        "whitening seed of copy A": file[:32],
        "whitening stream of copy A, 64 bytes": p.chacha20_stream(whitening_key, bytes(64)),
        "header": k.body[:256],
        "body sha256": p.sha256(k.body),
    }
    for name, typed, slot, purpose in (
        ("anna", "golden passphrase of Anna", 0, 3),
        ("ben", "Ben's grüne Passphrase", 1, 3),
        ("code", code, 6, 4),
    ):
        passphrase = p.normal_passphrase(typed.encode())
        root = k.root(passphrase)
        slot_key, commitment = k.slot_keys(root, slot)
        _, seed = k.open_slot(passphrase)
        sequence, ring = k.open_ring(seed, slot)
        values = {
            "passphrase": passphrase,
            "argon2id": root,
            "slot key": slot_key,
            "commitment": commitment,
            "seed compartment key": k.seed_key(slot_key),
            "step-up compartment key": k.step_up_key(slot_key),
            "seed compartment aad": k.aad(1, slot),
            "seed": seed,
            "ring key": k.ring_key(seed, slot),
            "ring number mask": k.ring_mask(seed, slot),
            "ring aad": k.aad(purpose, slot, 0, sequence),
            "ring": ring.rstrip(b"\0"),
        }
        v.update({f"{name}: {what}": value for what, value in values.items()})
    anna = parse_ring(v["anna: ring"].ljust(8_144, b"\0"), 2, 0)
    shared = anna.in_use(SHARED)
    private = anna.x25519_private
    ephemeral, message = k.cell(0, 1)[:32], k.open_cell(0, 1, private)
    admission = parse_messages(message, k.vault_id)[0] if message else None
    if shared is None or message is None or not isinstance(admission, Admission):
        raise Damaged("The golden key file has no shared drawer or no admission.")
    both = k.cell_keys(private, ephemeral, p.x25519_public(private)) or (b"", b"")
    v.update(
        {
            "file key": anna.file_key,
            "file mac key": p.hkdf(anna.file_key, k.vault_id, b"ebb/keys/1 file", 32),
            "file mac": k.mac(anna.file_key),
            "admission key for seat 1": admission_key(shared, k.vault_id, 1),
            "inbox 0 cell 1: x25519": p.x25519(private, ephemeral) or b"",
            "inbox 0 cell 1: key and nonce": b"".join(both),
            "inbox 0 cell 1: aad": k.aad(5, 0, 1),
            "inbox 0 cell 1: message": message.rstrip(b"\0"),
            "admission: transcript": admission.transcript,
            "admission: signature": admission.signature,
            "admission: mac": admission.mac,
        }
    )
    return v


def recompute(page: str) -> str:
    """Recomputes the vectors of a specification and of the golden key file beside it, or refuses."""
    with open(page, encoding="utf-8") as f:
        found = in_page(f.read())
    known = {**_KEY_FILE, **_DRAWER}
    for name in found.keys() - known.keys():
        if not name.endswith("given"):
            raise Refused(f"This reader knows no vector called: {name}")
    for name in known:
        if name not in found:
            raise Refused(f"The specification has no vector called: {name}")
        if known[name](found) != found[name]:
            raise Damaged(f"Another value comes out for: {name}")
    golden = os.path.join(os.path.dirname(page), "keys", "testdata", "home-1")
    with open(golden + ".json", encoding="utf-8") as f:
        written = json.load(f)
    with open(golden + ".keys", "rb") as f:
        values = golden_values(f.read(), written["code"])
    if {name: value.hex() for name, value in values.items()} != written["value"]:
        names = {*values, *written["value"]}
        differing = sorted(n for n in names if values.get(n, b"").hex() != written["value"].get(n))
        raise Damaged(f"Another value comes out for the golden key file: {', '.join(differing)}")
    return f"{len(known)} vectors of the page and {len(values)} of the golden key file come out."
