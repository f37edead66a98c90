"""What the reader says when it reads no further. The exit codes are those of ebb."""

from __future__ import annotations


class Refused(Exception):
    """Nothing can be read, for the reason that the message gives in a sentence."""

    exit_code = 2


class Damaged(Refused):
    """The vault does not hold what its keys vouch for."""

    exit_code = 1


class NewerFormat(Refused):
    """A later program wrote this: it is sound perhaps, and unknown here."""


class WrongPassphrase(Refused):
    """No slot of the key file fits."""

    exit_code = 3
