"""One drawer: its state, its pages and the root over their tags (FORMAT.md, "A drawer")."""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass, replace

import primitives as p
from log import PAGE, USED, Log, open_record, record_keys
from refusals import Damaged, NewerFormat

BLOCK = 4_096
SIZE_CLASS, SMALL_SIZE_CLASS = 4 << 20, 512 << 10
MOST_PAGES = 262_140
_PAGES_AT = 4 * BLOCK
BUILDING, CLEAN, CHECKPOINTING = 1, 2, 3


@dataclass(frozen=True)
class State:
    """What a state slot says."""

    kind: int
    log_bound: bool
    pages: int
    pages_when_done: int
    frames: int
    sequence: int
    log_id: bytes
    root: bytes

    @classmethod
    def parse(cls, opened: bytes) -> State:
        """The 56 bytes of a state, which are authentic: what is unknown in them is newer."""
        layout, kind, bound, zero, pages, when_done, frames, sequence = struct.unpack(">4B3IQ", opened[:24])
        if layout != 1 or kind not in (BUILDING, CLEAN, CHECKPOINTING) or bound > 1 or zero:
            raise NewerFormat("A drawer is in a newer format than this reader knows.")
        return cls(kind, bound == 1, pages, when_done, frames, sequence, opened[24:40], opened[40:56])


class TagSet:
    """The root over the tags of pages: the exclusive or of one share for each."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def root(self, tags: dict[int, bytes]) -> bytes:
        """The root of the pages with these tags, by number from 0."""
        numbers = b"".join(bytes(12) + (page + 1).to_bytes(4, "big") for page in tags)
        if not tags:
            return bytes(16)
        shares = p.aes_blocks(self._key, p.xor(p.aes_blocks(self._key, numbers), b"".join(tags.values())))
        root = 0
        for at in range(0, len(shares), 16):
            root ^= int.from_bytes(shares[at : at + 16], "big")
        return root.to_bytes(16, "big")


@dataclass(frozen=True)
class Contents:
    """A drawer that was read and is whole."""

    database: bytearray  # SQLite's file, pages of 4,096 bytes; empty if the drawer was never finished
    pages: int
    frames: int  # of the log that count and are in the database
    sequence: int
    state: str
    notes: tuple[str, ...] = ()  # what was not whole, and cost nothing


class DrawerFiles:
    """The two files of a drawer, and the keys to read them."""

    def __init__(self, main: bytes, log: bytes, key: bytes, drawer_id: bytes, size_class: int = SIZE_CLASS) -> None:
        self.main, self.log = main, log
        self.drawer_id, self.size_class = drawer_id, size_class
        self.keys = record_keys(key, drawer_id)
        self.tag_set = TagSet(self.keys["tag set"])

    @classmethod
    def load(cls, path: str, key: bytes, drawer_id: bytes) -> DrawerFiles:
        """Reads both files as they are; a log that is missing is an empty one."""
        try:
            with open(path, "rb") as f:
                main = f.read()
        except FileNotFoundError:
            raise Damaged(f"The drawer {os.path.basename(path)} is missing.") from None
        try:
            with open(path + "-wal", "rb") as f:
                log = f.read()
        except FileNotFoundError:
            log = b""
        entrusted = len(os.path.basename(path)) == 24
        return cls(main, log, key, drawer_id, SMALL_SIZE_CLASS if entrusted else SIZE_CLASS)

    def states(self) -> list[State]:
        """The states of the slots that open, the one that counts first."""
        found = []
        for slot in (0, 1):
            block = self.main[slot * 2 * BLOCK :][:84]
            aad = self.drawer_id + b"S" + bytes([slot])
            opened = p.aes256gcm_open(self.keys["state"], block[:12], block[12:], aad) if len(block) == 84 else None
            if opened is not None:
                found.append(State.parse(opened))
        return sorted(found, key=lambda s: -s.sequence)

    def read(self, every_page: bool = False) -> Contents:
        """The database, after everything that a reader verifies has held.

        With every_page, those pages of the main file have to open, too, in whose place
        the log has newer ones.
        """
        states = self.states()
        if not states:
            raise Damaged("Neither state of the drawer opens.")
        notes = () if len(states) == 2 else ("one of its two states is damaged",)
        try:
            return replace(self._read_at(states[0], every_page), notes=notes)
        except RootDiffers:
            first, other = states[0], states[1] if len(states) > 1 else None
            # The end of a checkpoint was not whole: it can be done again.
            if (
                first.kind == CLEAN
                and not first.log_bound
                and other is not None
                and other.kind == CHECKPOINTING
                and other.sequence == first.sequence - 1
            ):
                notes = ("the end of a checkpoint was not whole: the state before it was taken",)
                return replace(self._read_at(other, every_page), notes=notes)
            raise

    def _read_at(self, state: State, every_page: bool) -> Contents:
        if state.kind == BUILDING:
            return Contents(bytearray(), 0, 0, state.sequence, "unfinished")
        log = Log.open(self.log, self.keys, self.drawer_id)
        if state.log_bound:
            if log is None or log.log_id != state.log_id:
                raise Damaged("The drawer's log is not the one that its state binds.")
            if log.committed < state.frames:
                raise Damaged("The drawer's log is shorter than what was saved.")
            if len(self.log) < self.size_class:
                raise Damaged("The drawer's log is cut off.")
        elif log is not None and not (log.base >= state.sequence and log.committed):
            log = None  # it was brought home before, or belongs to nothing
        if log is not None:
            if not state.log_bound and log.root != state.root:
                raise Damaged("The drawer's main file is older than its log.")
            log.refuse_lost_commits()
        tags = self._verify_root(state, log)
        for page in tags if every_page else ():
            self._open_page(page, tags)
        return self._assemble(state, log, tags)

    def _tag(self, page: int) -> bytes:
        at = _PAGES_AT + page * BLOCK + USED
        tag = self.main[at : at + 16]
        if len(tag) != 16:
            raise Damaged("The drawer's main file is cut off.")
        return tag

    def _verify_root(self, state: State, log: Log | None) -> dict[int, bytes]:
        """The tags of the main file's pages that the root vouches for."""
        if max(state.pages, state.pages_when_done) > MOST_PAGES:
            raise Damaged("The drawer's state names more pages than there can be.")
        covered = set(range(state.pages))
        if state.kind == CHECKPOINTING:
            if log is None:
                raise Damaged("A checkpoint was under way, and its log is missing.")
            covered = set(range(min(state.pages, state.pages_when_done)))
            covered -= {f.page for f in log.frames[: state.frames]}
        tags = {page: self._tag(page) for page in sorted(covered)}
        if self.tag_set.root(tags) != state.root:
            raise RootDiffers("The drawer's pages are not those that its state vouches for.")
        return tags

    def _assemble(self, state: State, log: Log | None, tags: dict[int, bytes]) -> Contents:
        last = {f.page: f for f in log.frames} if log else {}
        pages = log.database_pages if log and log.frames else state.pages
        database = bytearray(pages * PAGE)
        for page in range(pages):
            content = last[page].content if page in last else self._open_page(page, tags)
            database[page * PAGE : page * PAGE + len(content)] = content
        if pages and database[20] != PAGE - USED:
            raise Damaged("The drawer's database does not leave room for tags.")
        state_name = "checkpointing" if state.kind == CHECKPOINTING else "clean"
        return Contents(database, pages, log.committed if log else 0, state.sequence, state_name)

    def _open_page(self, page: int, tags: dict[int, bytes]) -> bytes:
        at = _PAGES_AT + page * BLOCK
        aad = self.drawer_id + b"D" + page.to_bytes(8, "big")
        content = open_record(self.keys, self.main[at : at + BLOCK], aad) if page in tags else None
        if content is None:
            raise Damaged(f"Page {page} of the drawer does not open.")
        return content


class RootDiffers(Damaged):
    """The tags in the main file are not those that the state vouches for."""
