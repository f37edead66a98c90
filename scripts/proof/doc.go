// Package proof is what the campaigns share: tests that attack, hurt or kill what
// keeps a person's words, by the hundred or by the thousand, and then look whether
// everything that was promised still holds. vault/PROOFS.md lists them.
//
// Every campaign logs one line when it ends,
//
//	campaign NAME runs=… injected=… failures=…
//
// behind which stand the seed and what came of the runs, and fails if it injected
// nothing. Its size is that of the CI. -short makes it small; EBB_SOAK=1 makes it
// long, EBB_SOAK_TIME=10m ends a long one after ten minutes, and EBB_SEED=n makes
// it choose otherwise.
//
// Besides the counting there is the search for plaintext in files ([Find],
// [Disguises]) and the statistics that tell noise from everything else
// ([Patterns]).
package proof
