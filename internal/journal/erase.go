package journal

import (
	"context"
	"encoding/json"
	"slices"
)

// Erase deletes payload and salt of acts because the law asks for it, together with those of their corrections, and records
// that it did. Headers and commitments stay, so the tree and every proof stand; folds see the acts as erased, in the place and
// under the date that they had. The deletion and the act that tells of it are one transaction.
func (w *Writer) Erase(ctx context.Context, e Erasure) (int64, error) {
	if err := reasonGiven(e.Basis); err != nil {
		return 0, RefuseField("basis", "%v。", err)
	}
	if len(e.Targets) == 0 {
		return 0, Refuse("没有指明要删除哪一号的内容。")
	}
	if err := w.Flush(ctx); err != nil {
		return 0, err
	}
	e.Kept = nil
	gone := map[int64]bool{} // acts whose payloads go
	var on []int64
	for _, n := range e.Targets {
		target, err := w.target(ctx, n)
		if err != nil {
			return 0, err
		}
		if target.Erased || gone[n] {
			return 0, Refuse("第 %d 号的内容已经删除。", n)
		}
		// A correction is about the same entities as its target: the first of them has all.
		ent, err := w.desk.load(ctx, target.On[0])
		if err != nil {
			return 0, err
		}
		k, err := w.keep(target, correctionsIn(ent.acts, -1)[n])
		if err != nil {
			return 0, err
		}
		e.Kept = append(e.Kept, k)
		gone[n] = true
		for _, a := range ent.acts {
			if corrects(a) == n {
				e.Kept = append(e.Kept, Kept{Act: a.N, By: a.By, On: a.On})
				gone[a.N] = true
			}
		}
		for _, id := range target.On {
			if !slices.Contains(on, id) {
				on = append(on, id)
			}
		}
	}
	if err := w.forget(ctx, e.Kept, on); err != nil {
		return 0, err
	}
	raw, err := encode(e)
	if err != nil {
		return 0, err
	}
	n, err := w.add(ctx, Erase.Name, w.Today(), on, raw, nil)
	if err != nil {
		w.broken = err // the payloads are deleted in this transaction: it must not be recorded without its act
	}
	return n, err
}

// keep gathers what stays of an act that is corrected by f.
func (w *Writer) keep(a Act, f fix) (k Kept, err error) {
	k = Kept{Act: a.N, By: a.By, On: a.On, Correction: f.n, Void: f.void, Effective: f.effective}
	if remnant := w.desk.j.book.kinds[a.Kind].remnant; remnant != nil {
		if k.Left, err = remnant(a.Body); err == nil && len(f.body) > 0 {
			k.Read, err = remnant(f.body)
		}
	}
	return k, err
}

// Erasable are the acts of a history that an erasure can be asked for: corrections go with what they correct, and what is erased
// is gone.
func Erasable(acts []Act) []int64 {
	var list []int64
	for _, a := range acts {
		if !a.Erased && !isMeta(a.Kind) {
			list = append(list, a.N)
		}
	}
	return list
}

// Told lists the erasable acts of all entities that a kind's acts create about somebody, also of those that are void: field is the
// body's that has the number.
func Told[B any](ctx context.Context, w *Writer, k Kind[B], field string, id int64, about func(*B) int64) ([]int64, error) {
	made, err := Naming(ctx, w, w.Town, field, id, k.Name)
	if err != nil {
		return nil, err
	}
	var list []int64
	for _, a := range made {
		b := new(B)
		if a.Erased || json.Unmarshal(a.Body, b) != nil || about(b) != id {
			continue
		}
		acts, err := Acts(ctx, w, w.Town, a.N)
		if err != nil {
			return nil, err
		}
		list = append(list, Erasable(acts)...)
	}
	return list, nil
}

// forget deletes the payloads from the table and from what the request holds in memory.
func (w *Writer) forget(ctx context.Context, kept []Kept, on []int64) error {
	w.wrote = true
	left := map[int64]Envelope{}
	for _, k := range kept {
		remnant, err := k.remnant()
		if err != nil {
			return err
		}
		if _, err := w.desk.tx.Exec(ctx, `UPDATE journal_act SET payload = $3, salt = NULL WHERE town = $1 AND n = $2`, w.Town, k.Act, string(remnant)); err != nil {
			return err
		}
		left[k.Act] = Envelope{By: k.By, On: k.On}
		if own := w.desk.own(k.Act); own != nil {
			own.act.Envelope, own.act.Erased = left[k.Act], true
		}
	}
	for _, id := range on {
		ent, err := w.desk.load(ctx, id)
		if err != nil {
			return err
		}
		for i, a := range ent.acts {
			if env, ok := left[a.N]; ok {
				ent.acts[i].Envelope, ent.acts[i].Erased = env, true
			}
		}
	}
	return nil
}

// corrects returns the act that a correction is about, −1 for other acts.
func corrects(a Act) int64 {
	if a.Kind != Correct.Name && a.Kind != Void.Name || a.Erased {
		return -1
	}
	t := struct{ Target int64 }{-1}
	if json.Unmarshal(a.Body, &t) != nil {
		return -1
	}
	return t.Target
}
