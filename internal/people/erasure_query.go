package people

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/people/keyring"
)

// Holds gives the duties for which a person's data must still be kept, in words; none when they may go. What other slices know
// of it cmd hands in.
type Holds func(ctx context.Context, q db.Querier, person int64) ([]string, error)

// Told lists the acts that tell of a person in other slices: memberships, offices. They are erased with the person's own, and
// keep what their kinds leave ([journal.Kind].Remnant). cmd hands it in.
type Told func(ctx context.Context, w *journal.Writer, person int64) ([]int64, error)

// own lists the acts that tell of a person in this slice: registration and changes, and the person's comings and goings in
// households, also voided ones. The founding of a household says nothing but who lived there, which stays; only what was said
// when it was corrected or asked about goes.
func own(ctx context.Context, w *journal.Writer, person int64) ([]int64, error) {
	if err := w.Flush(ctx); err != nil { // the tables must show what this transaction recorded
		return nil, err
	}
	acts, err := journal.Acts(ctx, w, w.Town, person)
	if err != nil {
		return nil, err
	}
	list := journal.Erasable(acts)
	moves, err := journal.Naming(ctx, w, w.Town, "person", person, KindFound.Name, KindJoin.Name, KindPart.Name, KindLead.Name)
	if err != nil {
		return nil, err
	}
	for _, a := range moves {
		says, err := saysOf(ctx, w, a, person)
		if err != nil {
			return nil, err
		}
		if says {
			list = append(list, a.N)
		}
	}
	return list, nil
}

// saysOf reports whether an act on a household says more of a person than stays.
func saysOf(ctx context.Context, w *journal.Writer, a journal.Act, person int64) (bool, error) {
	var b struct {
		Person               int64
		Residents, Relations []Resident
	}
	if a.Erased || json.Unmarshal(a.Body, &b) != nil {
		return false, nil
	}
	is := func(r Resident) bool { return r.Person == person }
	if b.Person != person && !slices.ContainsFunc(b.Residents, is) && !slices.ContainsFunc(b.Relations, is) {
		return false, nil
	}
	if a.Kind != KindFound.Name {
		return true, nil
	}
	acts, err := journal.Acts(ctx, w, w.Town, a.N)
	now, stands := journal.AsCorrected(acts, a.N)
	return !stands || now.Corrected > 0 || len(a.Verdicts) > 0 || a.Answer != "", err
}

// StillHome is the hold that people knows of by itself: who lives in a registered household is on the village's rolls.
func StillHome(ctx context.Context, q db.Querier, town string, person int64) ([]string, error) {
	h, err := HouseholdOf(ctx, q, town, person)
	switch {
	case db.Kind(err) == db.NotFound:
		return nil, nil
	case err != nil:
		return nil, err
	}
	return []string{"仍登记在户号 " + h.Number + " 的住户里，先办理迁出"}, nil
}

// openErasure finds the erasure of a person that waits for consent, −1 when there is none.
func openErasure(ctx context.Context, q db.Querier, town string, person int64) (int64, error) {
	id, err := db.One[int64](ctx, q, `SELECT id FROM people_erasure WHERE town = $1 AND person = $2 AND open = 1 ORDER BY id LIMIT 1`, town, person)
	if db.Kind(err) == db.NotFound {
		return -1, nil
	}
	return id, err
}

// erasureOf finds the last erasure of a person that was asked for and not refused, −1 when there is none.
func erasureOf(ctx context.Context, q db.Querier, town string, person int64) (int64, error) {
	id, err := db.One[int64](ctx, q, `SELECT id FROM people_erasure WHERE town = $1 AND person = $2 AND (open = 1 OR gone = 1) ORDER BY id DESC LIMIT 1`, town, person)
	if db.Kind(err) == db.NotFound {
		return -1, nil
	}
	return id, err
}

// Forget deletes a person's key after the erasure was recorded. A key that is gone already, or never was, is no fault.
func (v Vault) Forget(ctx context.Context, handle int64) error {
	err := v.Ring.Erase(ctx, v.Town, keyring.Handle(handle))
	if errors.Is(err, keyring.ErrUnknown) {
		return nil
	}
	return err
}

// Scrub takes what was erased out of the database files, where the engine does not do it in its own time. It fails while others
// read an older state.
func (v Vault) Scrub(ctx context.Context, d *db.DB) error {
	return errors.Join(v.Ring.Scrub(ctx), d.Scrub(ctx))
}

// ForgetAll deletes the keys of all erased persons once more, and what is also kept of them elsewhere: neither lies in the
// journal's transaction, so that a crash between, or older keys put back, would leave something alive. It
// returns how many persons are erased.
func (v Vault) ForgetAll(ctx context.Context, q db.Querier, also func(ctx context.Context, person int64) error) (int, error) {
	list, err := db.All[struct{ Handle, Person int64 }](ctx, q, `SELECT handle, person FROM people_erasure WHERE town = $1 AND gone = 1 ORDER BY id`, v.Town)
	if err != nil {
		return 0, err
	}
	var failed []error
	for _, x := range list {
		failed = append(failed, v.Forget(ctx, x.Handle), also(ctx, x.Person))
	}
	return len(list), errors.Join(failed...)
}
