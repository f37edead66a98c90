// Package reader compares Ebb with scripts/read_vault, the reader in Python that was
// written from vault/FORMAT.md alone: on the golden vaults, on vaults that the commands
// have just made, and on damaged ones. Where the two differ, one of them does not do
// what the page says, or the page does not say enough.
//
// It is all tests. They need a Python with the packages cryptography and argon2, which
// scripts/setup --tests installs, and fail without.
package reader
