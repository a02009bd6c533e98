package mirror

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"cunju/internal/journal"
)

// Deleted says which acts' contents were deleted by law as a public act tells it; ok is false for kinds that tell of none.
type Deleted func(kind string, body json.RawMessage) (acts []int64, ok bool)

// in reads the acts out of a public act's payload.
func (d Deleted) in(kind, payload string) []int64 {
	var env journal.Envelope
	if d == nil || json.Unmarshal([]byte(payload), &env) != nil {
		return nil
	}
	acts, _ := d(kind, env.Body)
	return acts
}

// tombstone is a public act whose contents were deleted.
type tombstone struct {
	n, erased int64 // the act, and the act of erasure that it refers to
	kind      string
}

// deletions holds every tombstone against the public acts that name it. An act of erasure is sealed but not public: it shows that
// something was deleted, not what. Without a public act that says so, whoever keeps the mirror could hide an act behind the erasure
// of another.
func (v *verifier) deletions() {
	var unnamed, late []int64
	for _, x := range v.gone {
		switch {
		case x.erased >= v.Size: // the checkpoint was signed before the erasure: its entry is not in here yet
			late = append(late, x.n)
		case slices.ContainsFunc(v.named[x.n], func(by int64) bool { return x.n < by && by < x.erased }):
		case v.opt.Owed != nil && v.opt.Owed(x.kind):
			v.fault("%s：第 %d 号的内容不在了，说是已由第 %d 号依法删除；但在那以前，没有一件公开的遮盖登记说到它", v.prefix+actPath(x.n), x.n, x.erased)
		default:
			unnamed = append(unnamed, x.n)
		}
	}
	if len(late) > 0 {
		v.remark("%s的内容说是在这个检查点以后依法删除的；删除登记还不在里面，没有核对。请过一会儿另取一份再核对", numbers(late))
	}
	if len(unnamed) > 0 {
		v.remark("%s的内容已依法删除；删除有登记，但没有公开的登记说明删的是哪一号，没有核对", numbers(unnamed))
	}
}

// numbers lists acts by their numbers, the first of them when they are many.
func numbers(acts []int64) string {
	const most = 20
	var s []string
	for _, n := range acts[:min(len(acts), most)] {
		s = append(s, fmt.Sprint(n))
	}
	text := "第 " + strings.Join(s, "、") + " 号"
	if len(acts) > most {
		text += fmt.Sprintf("等 %d 件", len(acts))
	}
	return text
}
