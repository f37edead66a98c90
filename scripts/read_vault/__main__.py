"""Reads a vault of Ebb without Ebb, from vault/FORMAT.md alone.

    python3 scripts/read_vault VAULT --passphrase-file FILE [what]

        says what there is, and whether it is whole; or, as [what] asks for it:

        --json          the journal, byte for byte as `ebb export --format json` writes it
        --shared        people and lines of the shared drawers, as JSON
        --raw DRAWER    SHA-256 of a drawer's decrypted pages
        --record CODE   of a practice the record of a case, byte for byte as
                        `ebb export --format json --case CODE` writes it
        --apart CODE    what lies behind the second unlock of that case, as JSON:
                        nothing else here opens any of it

    python3 scripts/read_vault --vectors vault/FORMAT.md

        recomputes every vector of the specification

FILE's first line is the passphrase; - is standard input. Notes go to standard error.
Nothing is ever written to a disk, and nothing in the vault is changed, not even what
Ebb would repair. Close Ebb first: a vault that is being written may look damaged. It
needs Python 3.11 (on Linux 3.10), python3-cryptography and python3-argon2.

Exit codes are those of ebb: 0 done, 1 damaged, 2 cannot be read, 3 wrong passphrase.
"""

from __future__ import annotations

import argparse
import json
import os
import sys

sys.dont_write_bytecode = True  # a reader leaves nothing behind

try:
    import vault as vaults
    import vectors
    from journal import export, shared
    from practice import Practice
except ModuleNotFoundError as missing:
    print(f"Please install python3-cryptography and python3-argon2: {missing.name} is missing.", file=sys.stderr)
    sys.exit(2)
from refusals import Refused


def _passphrase(name: str) -> bytes:
    """The first line of a file."""
    with sys.stdin.buffer if name == "-" else open(name, "rb") as f:
        return f.readline().rstrip(b"\r\n")


def _survey(vault: vaults.Vault) -> int:
    """Prints what there is, in sentences, and returns the exit code."""
    print(f"{vault.name}, in seat {vault.ring.seat}. Members: {vault.members()}.")
    code = 0
    for drawer in vault.built_drawers():
        try:
            c = vault.verify(drawer)
            found = f"{c.state}, {c.pages} pages, {c.frames} frames of the log, state {c.sequence}: whole."
        except Refused as refused:
            found, code = str(refused), refused.exit_code
        print(f"{drawer.file_name}, {vaults.role_name(drawer)}: {found}")
    if code == 0 and vault.ring.kind == vaults.PRACTICE:
        code = _survey_cases(vault)
    return code


def _survey_cases(vault: vaults.Vault) -> int:
    """Prints how the records of a practice are. What lies behind the second unlock stays closed."""
    code, office = 0, Practice(vault)
    for case in office.cases():
        try:
            found = f"{vault.verify(case.record).state}: whole."
        except Refused as refused:
            found, code = str(refused), refused.exit_code
        print(f"{case.code}, record: {found} Not looked at: {len(case.apart)} drawers behind the second unlock.")
    return code


def _arguments() -> argparse.Namespace:
    as_written = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="read_vault", description=__doc__, formatter_class=as_written)
    parser.add_argument("vault", nargs="?", metavar="VAULT")
    parser.add_argument("--passphrase-file", metavar="FILE")
    parser.add_argument("--cheap", action="store_true", help="accept the costs of test vaults, which protect nothing")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--json", action="store_true")
    what.add_argument("--shared", action="store_true")
    what.add_argument("--raw", metavar="DRAWER")
    what.add_argument("--record", metavar="CODE")
    what.add_argument("--apart", metavar="CODE")
    what.add_argument("--vectors", metavar="FORMAT.md")
    arguments = parser.parse_args()
    if not arguments.vectors and not (arguments.vault and arguments.passphrase_file):
        parser.error("a vault and --passphrase-file are needed")
    return arguments


def _run(arguments: argparse.Namespace) -> int:
    if arguments.vectors:
        print(vectors.recompute(arguments.vectors))
        return 0
    vault = vaults.Vault.open(arguments.vault, _passphrase(arguments.passphrase_file), arguments.cheap)
    code = 0
    if arguments.raw:
        print(vault.pages_sha256(arguments.raw))
    elif arguments.json:
        print(export(vault.private_database()), end="")
    elif arguments.record is not None:
        print(Practice(vault).record(arguments.record), end="")
    elif arguments.apart is not None:
        passphrase = vaults.p.normal_passphrase(_passphrase(arguments.passphrase_file))
        print(json.dumps(Practice(vault).apart(arguments.apart, passphrase), ensure_ascii=False, indent=2))
    elif arguments.shared:
        everything = [{"drawer": d.file_name, **shared(c)} for d, c in vault.shared_databases()]
        print(json.dumps(everything, ensure_ascii=False, indent=2))
    else:
        code = _survey(vault)
    for note in vault.notes:
        print(f"Note: {note}.", file=sys.stderr)
    return code


def main() -> int:
    """Runs the program and returns its exit code."""
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[attr-defined]
    try:
        return _run(_arguments())
    except Refused as refused:
        print(refused, file=sys.stderr)
        return refused.exit_code
    except OSError as error:
        print(f"{os.strerror(error.errno) if error.errno else error}: {error.filename}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
