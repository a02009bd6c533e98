package journal

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"cunju/internal/law"
)

// KindInfo is what [Kind] says about reading and correcting its acts.
type KindInfo struct {
	Final  string
	Keep   []string
	Power  string
	Read   string
	Person bool
}

// Info returns what a kind says about reading and correcting its acts.
func (b *Book) Info(kind string) KindInfo { return b.kinds[kind].KindInfo }

// Correct records that act target should read thus; see [Correction]. What the kind keeps out of a correction's reach is refused,
// and the slice's rules are asked again about the body as it then reads; their verdicts stay in the correction.
func (w *Writer) Correct(ctx context.Context, c Correction) (int64, error) {
	target, err := w.amendable(ctx, c.Target)
	if err != nil {
		return 0, err
	}
	if err := reasonGiven(c.Reason); err != nil {
		return 0, RefuseField("reason", "%v。", err)
	}
	if c.Effective != "" && !c.Effective.Valid() {
		return 0, RefuseField("effective", "生效日期“%s”不是有效的日期。", c.Effective)
	}
	k := w.desk.j.book.kinds[target.Kind]
	if len(c.Body) > 0 {
		if target.Erased {
			return 0, Refuse("第 %d 号的内容已依法删除，不能再更正内容；生效日期仍可更正，整件也可撤销。没有办理。", c.Target)
		}
		if c.Body, err = k.canon(c.Body); err != nil {
			return 0, refusalOf(err)
		}
		if field := k.moved(target.Body, c.Body); field != "" {
			return 0, RefuseField("body", "“%s”里的 %s 不能用更正来改：它关系到人、单位和职权。没有办理；请撤销这一件，再按程序重新办理。", k.title, field)
		}
	}
	verdicts, err := w.judgeAgain(ctx, k, target, c)
	if err != nil {
		return 0, err
	}
	raw, err := encode(c)
	if err != nil {
		return 0, err
	}
	return w.add(ctx, Correct.Name, w.Today(), target.On, raw, verdicts)
}

// amendable reads an act that is to be corrected or voided, unless its kind is final.
func (w *Writer) amendable(ctx context.Context, n int64) (Act, error) {
	a, err := w.target(ctx, n)
	if err != nil {
		return a, err
	}
	if why := w.desk.j.book.Info(a.Kind).Final; why != "" {
		return a, Refuse("第 %d 号“%s”不能更正，也不能撤销：%s。没有办理。", n, w.desk.j.book.Title(a.Kind), why)
	}
	return a, nil
}

// judgeAgain asks the kind's rules and guards about the act as it will read.
func (w *Writer) judgeAgain(ctx context.Context, k kindInfo, target Act, c Correction) ([]law.Verdict, error) {
	if k.rules == nil && k.guards == nil || target.Erased {
		return nil, nil
	}
	history, err := w.desk.load(ctx, target.On[0])
	if err != nil {
		return nil, err
	}
	now, ok := AsCorrected(history.acts, target.N)
	if !ok { // voided: the correction brings it back as it was recorded
		now = target
	}
	on, raw := now.Effective, now.Body
	if c.Effective != "" {
		on = c.Effective
	}
	if len(c.Body) > 0 {
		raw = c.Body
	}
	body, err := k.decode(raw)
	if err != nil {
		return nil, err
	}
	read := Reading[any]{target.N, target.On, on, &body}
	verdicts, err := k.guarded(ctx, w, read)
	if err == nil && k.rules != nil {
		var own []law.Verdict
		own, err = k.rules(ctx, w, read)
		verdicts = append(own, verdicts...)
	}
	if err != nil {
		return nil, err
	}
	return verdicts, Judge(verdicts...)
}

// moved names the first field that a correction would change and may not.
func (k KindInfo) moved(was, is json.RawMessage) string {
	if len(k.Keep) == 0 {
		return ""
	}
	var a, b map[string]json.RawMessage
	if json.Unmarshal(was, &a) != nil || json.Unmarshal(is, &b) != nil {
		return k.Keep[0]
	}
	for _, field := range k.Keep {
		if !bytes.Equal(a[field], b[field]) {
			return field
		}
	}
	return ""
}

// Void records that act target was entered in error.
func (w *Writer) Void(ctx context.Context, v Voiding) (int64, error) {
	target, err := w.amendable(ctx, v.Target)
	if err != nil {
		return 0, err
	}
	if err := reasonGiven(v.Reason); err != nil {
		return 0, RefuseField("reason", "%v。", err)
	}
	raw, err := encode(v)
	if err != nil {
		return 0, err
	}
	return w.add(ctx, Void.Name, w.Today(), target.On, raw, nil)
}

// AsCorrected returns an act of a history as its last correction reads it; the body of one that was erased is what was left of it.
// ok is false when the act is voided or not there.
func AsCorrected(acts []Act, n int64) (a Act, ok bool) {
	ordered := effectiveOrder(acts, -1)
	i := slices.IndexFunc(ordered, func(a Act) bool { return a.N == n })
	if i < 0 {
		return Act{}, false
	}
	return ordered[i], true
}
