"""Records, and the log that is made of them (FORMAT.md, "Keys and records" and "The log")."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import primitives as p
from refusals import Damaged

PAGE = 4_096
USED = 4_056  # of a page, by SQLite; tag and masked nonce take the rest on disk
_HEADER_SIZE = 72 + 40
_FRAMES_AT = 4_096
_FRAME_SIZE = 24 + PAGE + 40
_MAGIC = 0x377F0682  # its last bit tells the byte order of the checksums


def record_keys(key: bytes, drawer_id: bytes) -> dict[str, bytes]:
    """The four keys that come from a drawer's key, by the ends of their labels."""
    labels = ("data", "nonce mask", "state", "tag set")
    return {label: p.hkdf(key, drawer_id, b"ebb/drawer/1 " + label.encode(), 32) for label in labels}


def open_record(keys: dict[str, bytes], record: bytes, aad: bytes) -> bytes | None:
    """The plaintext of a record, which is 40 bytes shorter, or None if it does not open."""
    if len(record) < 40:
        return None
    sealed, tag, masked = record[:-24], record[-40:-24], record[-24:]
    nonce = p.xor(masked, nonce_mask(keys, tag))
    return p.xaes256gcm_open(keys["data"], nonce, sealed, aad)


def nonce_mask(keys: dict[str, bytes], tag: bytes) -> bytes:
    """What the nonce behind a tag is masked with, 24 bytes."""
    return p.aes_blocks(keys["nonce mask"], tag + tag[:15] + bytes([tag[15] ^ 1]))[:24]


def sqlite_checksum(before: tuple[int, ...], data: bytes, order: str) -> tuple[int, ...]:
    """The running checksum of SQLite's write-ahead log; order is > for big-endian, or <."""
    a, b = before
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for x, y in zip(words[::2], words[1::2]):
        a = (a + x + b) & 0xFFFFFFFF
        b = (b + y + a) & 0xFFFFFFFF
    return a, b


@dataclass(frozen=True)
class Frame:
    """One page as a commit left it."""

    page: int  # from 0
    commit: int  # pages of the database after the commit that ends here, or 0
    checksum: tuple[int, ...]
    content: bytes


class Log:
    """A log whose header opens, and its frames that count."""

    def __init__(self, file: bytes, keys: dict[str, bytes], drawer_id: bytes, header: bytes) -> None:
        self._file, self._keys, self._drawer_id = file, keys, drawer_id
        self.log_id, self.root = header[32:48], header[56:72]
        self.base = int.from_bytes(header[48:56], "big")
        magic, _version, page_size, _sequence = struct.unpack(">4I", header[:16])
        if magic & ~1 != _MAGIC or page_size != PAGE:
            raise Damaged("The log's header opens, and is none of SQLite's.")
        self._order = ">" if magic & 1 else "<"
        self._salts = header[16:24]
        self._start: tuple[int, ...] = struct.unpack(">2I", header[24:32])
        if sqlite_checksum((0, 0), header[:24], self._order) != self._start:
            raise Damaged("The log's header opens, and its checksum is wrong.")
        unbroken = self._unbroken_frames()
        self._broken_at = len(unbroken) + 1
        commits = [number for number, frame in enumerate(unbroken, 1) if frame.commit]
        self.frames = unbroken[: commits[-1] if commits else 0]

    @classmethod
    def open(cls, file: bytes, keys: dict[str, bytes], drawer_id: bytes) -> Log | None:
        """The log, or None if its header does not open."""
        header = open_record(keys, file[:_HEADER_SIZE], drawer_id + b"L" + bytes(8))
        return None if header is None else cls(file, keys, drawer_id, header)

    @property
    def committed(self) -> int:
        """How many frames count."""
        return len(self.frames)

    @property
    def database_pages(self) -> int:
        """The pages of the database after the last commit."""
        return self.frames[-1].commit

    def _open_frame(self, number: int) -> bytes | None:
        at = _FRAMES_AT + (number - 1) * _FRAME_SIZE
        aad = self._drawer_id + b"W" + number.to_bytes(8, "big") + self.log_id
        record = self._file[at : at + _FRAME_SIZE]
        return open_record(self._keys, record, aad) if len(record) == _FRAME_SIZE else None

    def _frame(self, number: int, before: tuple[int, ...]) -> Frame | None:
        """Frame number, if it opens and continues the checksum of the frame before it."""
        opened = self._open_frame(number)
        if opened is None or opened[8:16] != self._salts:
            return None
        page, commit, _, _, *checksum = struct.unpack(">6I", opened[:24])
        if tuple(checksum) != sqlite_checksum(before, opened[:8] + opened[24:], self._order):
            return None
        return Frame(page - 1, commit, (checksum[0], checksum[1]), opened[24 : 24 + USED])

    def _unbroken_frames(self) -> list[Frame]:
        frames: list[Frame] = []
        before = self._start
        while frame := self._frame(len(frames) + 1, before):
            frames.append(frame)
            before = frame.checksum
        return frames

    def refuse_lost_commits(self) -> None:
        """Refuses a log with damage in front of a commit that had been acknowledged.

        The writer begins a commit only when the one before it is on the disk. So where a
        frame continues the checksum of one that ends a commit, that commit was acknowledged;
        only copies of that frame itself, with which SQLite fills a sector, prove nothing.
        """
        if self._open_frame(self._broken_at) is not None:
            return  # nothing is unreadable: what follows is left of an earlier attempt
        most = (len(self._file) - _FRAMES_AT) // _FRAME_SIZE
        before: tuple[int, ...] | None = None  # page, commit and checksum of the frame before
        content = b""  # and its page
        for number in range(self._broken_at + 1, most + 1):
            opened = self._open_frame(number)
            if opened is None:
                before = None
                continue
            page, commit, _, _, *checksum = struct.unpack(">6I", opened[:24])
            copied = before and (page, commit) == before[:2] and opened[24:] == content
            if before and before[1] and not copied and self._frame(number, before[2:]):
                raise Damaged("A commit that had been saved lies behind damage in the drawer's log.")
            before, content = (page, commit, *checksum), opened[24:]
