// Package trust says whose signatures a checkpoint needs, and checks them: the trust policy, the cosignature, the checkpoint.
//
// A log signs its checkpoint, and others who watched it grow cosign it: the street, the chair of the supervision committee, a
// neighbouring village. A policy (policy.txt) names the log's key, the witnesses' keys, and how many of whom are enough:
//
//	log     log.wenfeng.example/321002003+8a3c…
//	witness committee watch.example/w+c1f0… https://watch.example
//	witness neighbour village.example/w+77aa…
//	group   two 2 committee neighbour street
//	quorum  two
//
// It is the format that C2SP's tools read; the same file serves this program and theirs. [Policy.Open] answers for any checkpoint
// who signed it, when, and whether that is enough. What a name outside the policy signed counts for nothing.
//
// The package is pure: it reads no file, no clock and no table. Formats: C2SP signed-note, tlog-checkpoint, tlog-cosignature
// (Ed25519, timestamped).
//
// What may never change: that a signature which does not verify is an error, not an absence; that an unknown key is an absence;
// that every policy accepted here is accepted by other readers of the format, with the same verdict.
package trust
