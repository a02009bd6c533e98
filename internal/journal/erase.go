package journal

import (
	"context"
	"encoding/json"
	"slices"
)

// Erase deletes payload and salt of acts because the law asks for it, together with those of their corrections, and records
// that it did. Headers and commitments stay, so the tree and every proof stand; folds see the acts as erased. The deletion and
// the act that tells of it are one transaction.
func (w *Writer) Erase(ctx context.Context, e Erasure) (int64, error) {
	if err := reasonGiven(e.Basis); err != nil {
		return 0, RefuseField("basis", "%v。", err)
	}
	if err := w.Flush(ctx); err != nil {
		return 0, err
	}
	var on []int64
	for _, n := range e.Targets {
		target, err := w.target(ctx, n)
		if err != nil {
			return 0, err
		}
		if target.Erased {
			return 0, Refuse("第 %d 号的内容已经删除。", n)
		}
		for _, id := range target.On {
			if !slices.Contains(on, id) {
				on = append(on, id)
			}
		}
	}
	for _, id := range on {
		ent, err := w.load(ctx, id)
		if err != nil {
			return 0, err
		}
		for i, a := range ent.acts {
			if slices.Contains(e.Targets, a.N) || slices.Contains(e.Targets, correctionTarget(a)) {
				if _, err := w.tx.Exec(ctx, `UPDATE journal_act SET payload = NULL, salt = NULL WHERE town = $1 AND n = $2`, w.Town, a.N); err != nil {
					return 0, err
				}
				ent.acts[i].Envelope, ent.acts[i].Erased = Envelope{}, true
			}
		}
	}
	raw, err := encode(e)
	if err != nil {
		return 0, err
	}
	return w.add(ctx, Erase.Name, w.Today(), on, raw, nil)
}

// correctionTarget returns the act that a correction is about, −1 for other acts.
func correctionTarget(a Act) int64 {
	if a.Kind != Correct.Name && a.Kind != Void.Name || a.Erased {
		return -1
	}
	t := struct{ Target int64 }{-1}
	if json.Unmarshal(a.Body, &t) != nil {
		return -1
	}
	return t.Target
}
