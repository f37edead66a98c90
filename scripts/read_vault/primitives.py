"""The cryptography that vault/FORMAT.md names.

Standard constructions come from python3-cryptography and python3-argon2. Three that
these packages lack are written out from their specifications: HChaCha20 with
XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03), the key derivation of XAES-256-GCM
(c2sp.org/XAES-256-GCM), and the normal form of a passphrase (FORMAT.md).
"""

from __future__ import annotations

import hashlib
import hmac
import re
import struct
import unicodedata

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from refusals import Refused


def sha256(data: bytes) -> bytes:
    """SHA-256, 32 bytes."""
    return hashlib.sha256(data).digest()


def hmac_sha256(key: bytes, data: bytes) -> bytes:
    """HMAC-SHA256, 32 bytes."""
    return hmac.digest(key, data, "sha256")


def hkdf(secret: bytes, salt: bytes, info: bytes, size: int) -> bytes:
    """HKDF-SHA256, extract and expand (RFC 5869)."""
    return HKDF(hashes.SHA256(), size, salt, info).derive(secret)


def argon2id(passphrase: bytes, salt: bytes, passes: int, memory_kib: int, lanes: int) -> bytes:
    """Argon2id, version 0x13, 64 bytes (RFC 9106)."""
    return bytes(hash_secret_raw(passphrase, salt, passes, memory_kib, lanes, 64, Type.ID, 0x13))


def x25519_public(private: bytes) -> bytes:
    """The public key of a private one (RFC 7748)."""
    raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes(*raw)


def x25519(private: bytes, public: bytes) -> bytes | None:
    """The shared secret, or None for a point of low order (RFC 7748)."""
    try:
        return X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        return None


def ed25519_verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether signature is public's over message (RFC 8032)."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def chacha20_stream(key: bytes, data: bytes) -> bytes:
    """data XORed with the key stream of a nonce of zeros, from counter 0 (RFC 8439)."""
    return Cipher(algorithms.ChaCha20(key, bytes(16)), None).encryptor().update(data)


def _quarter_round(s: list[int], a: int, b: int, c: int, d: int) -> None:
    for x, y, z, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
        s[x] = (s[x] + s[y]) & 0xFFFFFFFF
        word = s[z] ^ s[x]
        s[z] = (word << turn | word >> (32 - turn)) & 0xFFFFFFFF


def hchacha20(key: bytes, nonce: bytes) -> bytes:
    """The subkey of a key of 32 bytes and a nonce of 16: the twenty rounds without the final addition."""
    s = list(struct.unpack("<16I", b"expand 32-byte k" + key + nonce))
    for _ in range(10):
        for column in range(4):
            _quarter_round(s, column, column + 4, column + 8, column + 12)
        for column in range(4):
            _quarter_round(s, column, (column + 1) % 4 + 4, (column + 2) % 4 + 8, (column + 3) % 4 + 12)
    return struct.pack("<8I", *s[:4], *s[12:])


def xchacha20poly1305_open(key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes | None:
    """The plaintext of sealed (ciphertext and tag), or None if it does not open. The nonce has 24 bytes."""
    try:
        return ChaCha20Poly1305(hchacha20(key, nonce[:16])).decrypt(bytes(4) + nonce[16:], sealed, aad)
    except InvalidTag:
        return None


def aes_blocks(key: bytes, blocks: bytes) -> bytes:
    """AES-256 of each block of 16 bytes by itself."""
    return Cipher(algorithms.AES(key), modes.ECB()).encryptor().update(blocks)


def aes256gcm_open(key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes | None:
    """The plaintext of sealed (ciphertext and tag), or None if it does not open. The nonce has 12 bytes."""
    try:
        return AESGCM(key).decrypt(nonce, sealed, aad)
    except InvalidTag:
        return None


def xaes_subkey(key: bytes) -> bytes:
    """CMAC's subkey K1: the encryption of zeros, doubled in GF(2^128) (NIST SP 800-38B)."""
    doubled = int.from_bytes(aes_blocks(key, bytes(16)), "big") << 1
    if doubled >> 128:
        doubled ^= 1 << 128 | 0x87
    return doubled.to_bytes(16, "big")


def xaes_key(key: bytes, nonce: bytes) -> bytes:
    """The AES-256-GCM key that XAES-256-GCM derives from the first 12 bytes of a nonce.

    It is the key derivation of NIST SP 800-108 in counter mode with AES-CMAC. Each of
    its two messages is one block, so that its CMAC is AES of the message and K1.
    """
    messages = b"\0\1X\0" + nonce[:12] + b"\0\2X\0" + nonce[:12]
    return aes_blocks(key, xor(messages, xaes_subkey(key) * 2))


def xaes256gcm_open(key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes | None:
    """The plaintext of sealed (ciphertext and tag), or None if it does not open. The nonce has 24 bytes."""
    return aes256gcm_open(xaes_key(key, nonce), nonce[12:], sealed, aad)


def xor(a: bytes, b: bytes) -> bytes:
    """The exclusive or of two strings of one length."""
    if len(a) != len(b):
        raise ValueError("strings of different lengths")
    return (int.from_bytes(a, "big") ^ int.from_bytes(b, "big")).to_bytes(len(a), "big")


# FORMAT.md names the white space: Python's own idea of it is a little wider.
_WHITE_SPACE = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")


def normal_passphrase(raw: bytes) -> bytes:
    """The bytes of a passphrase that Argon2id sees."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("A passphrase is UTF-8 text, and this is not.") from None
    if "\0" in text:
        raise Refused("A passphrase has no NUL in it.")
    normal = _WHITE_SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip(" ").encode()
    if not 1 <= len(normal) <= 1024:
        raise Refused("A passphrase has 1 to 1024 bytes.")
    return normal


_ELEVEN_WORDS = re.compile("[a-z-]+(?: [a-z-]+){10}")


def recovery_words_in_capitals(normal: bytes) -> bytes | None:
    """What recovery words are that were typed in capitals, or None if these can not be any.

    Lower case is the simple mapping, character by character. Python knows the full one,
    in which one letter becomes two: the capital of the Turkish i.
    """
    text = normal.decode()
    lower = "".join("i" if c == "\u0130" else c.lower() for c in text)
    return lower.encode() if lower != text and _ELEVEN_WORDS.fullmatch(lower) else None
