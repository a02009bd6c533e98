// Package journal keeps the acts of a town: the one record from which everything else derives.
//
// An act is one official deed, recorded once and never changed: who did it, when it was recorded, when it takes effect, which
// entities it is about, and a payload. Acts are numbered from 0 without gaps. An entity's id is the number of the act that
// created it, and its state is the fold of its acts in order of (effective, number). Projections — the tables of the slices,
// the ledger's lines, the life of each entity — are printed from states and can always be rebuilt.
//
// The life of an act: [Journal.Record] hands a request to the town's one writer, which drains its queue into one durable
// transaction. The request's Decide reads states and tables through the [Writer] and adds acts; each is folded at once, and an
// act that does not fit is refused. What other entities need is checked in time: an act that would leave a later act without
// ground is refused, and that later act is named. Whoever waits together is written as one batch: acts, the rows of the
// entities they are about, ledger lines. Each act is encoded once; those bytes are stored, and their commitment enters the
// town's Merkle tree. Then the transaction commits and the callers are answered. A refused request is taken back in memory;
// where that is impossible, because it wrote or failed otherwise, the group is carried out again with a savepoint for each.
// [Journal.Rehearse] walks the same path and rolls back.
//
// A correction is itself an act ([Correct], [Void]): the fold takes the corrected payload, the original stays. There is no
// other way to change anything.
//
// Order that survives a kill at any moment:
//
//  1. the head row is locked and compared with the tree in memory (a second process is noticed here);
//  2. acts, index, projections, full tiles, then size and root are written, all in the same transaction;
//  3. the transaction commits; only then is the caller answered;
//  4. a checkpoint is signed later, for a size that is already durable, and published at once or when witnesses have cosigned it. A signature for a tree that could be lost would be a
//     second history; a missing signature is only a delay.
//
// The log's entry is the act's header (town, number, kind, recorded, effective) and a commitment SHA-256(salt ‖ payload).
// Payload and salt lie beside it and can be erased when the law asks for it, while the tree stands: who acted, about what and
// when is kept, and sealed in the act that tells of the erasure; so is what the kind's fold needs of the body ([Kind].Remnant),
// that what was counted stays counted. Public acts publish payload and salt.
// Tiles, checkpoints and proofs follow C2SP tlog-tiles, tlog-checkpoint and tlog-proof.
//
// [Journal.Verify] holds everything against everything else and names the first entry at fault; [Journal.CheckProjections]
// prints all tables anew and compares.
//
// Tables (journal_*): act, on (which entity's history an act belongs to), tile (full tiles), head, checkpoint, request
// (idempotency keys) are the journal and migrate; entity, use and version are projections.
//
// What may never change: the bytes of an entry and of a payload once recorded; kind names and payload fields once used (a
// change is a new kind with an upgrade at read); the meaning of a commitment. Hash: SHA-256 throughout.
//
// Bodies are frozen from the first release on. Until then there is one exception: a body may gain an optional field
// (omitempty), as long as every act recorded without it still encodes to the same bytes and folds to the same state.
package journal
