package trust

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

// party is a log or a witness with its key.
type party struct {
	signer note.Signer
	vkey   string
}

func newLog(t rapid.TB, name string) party {
	t.Helper()
	skey, vkey, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := note.NewSigner(skey)
	if err != nil {
		t.Fatal(err)
	}
	return party{s, vkey}
}

func newWitness(t rapid.TB, name string) party {
	t.Helper()
	l := newLog(t, name)
	c, err := NewCosigner(l.signer, l.vkey, func() time.Time { return time.Unix(1_790_000_000, 0) })
	if err != nil {
		t.Fatal(err)
	}
	return party{c, c.VKey()}
}

func sign(t rapid.TB, text string, by ...party) string {
	t.Helper()
	var s []note.Signer
	for _, p := range by {
		s = append(s, p.signer)
	}
	b, err := note.Sign(&note.Note{Text: text}, s...)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

const logName = "log.example/321002003"

func text(size int64) string {
	return Checkpoint{logName, size, tlog.RecordHash([]byte("root"))}.String()
}

// Whatever policy is written and whoever signs, the verdict is that of another implementation.
func TestVerdictsAreThoseOfTorchwood(t *testing.T) {
	l := newLog(t, logName)
	var witnesses []party
	for i := range 5 {
		witnesses = append(witnesses, newWitness(t, fmt.Sprintf("watch.example/%d", i)))
	}
	rapid.Check(t, func(rt *rapid.T) {
		lines := "log " + l.vkey + "\n"
		var free []string // not yet a member of a group
		for i, w := range witnesses[:rapid.IntRange(1, 5).Draw(rt, "witnesses")] {
			lines += fmt.Sprintf("witness w%d %s https://w%d.example/\n", i, w.vkey, i)
			free = append(free, fmt.Sprint("w", i))
		}
		for g := range rapid.IntRange(0, 3).Draw(rt, "groups") {
			k := rapid.IntRange(1, len(free)).Draw(rt, "members")
			members := free[:k]
			n := fmt.Sprint(rapid.IntRange(1, k).Draw(rt, "k"))
			if r := rapid.IntRange(0, 3).Draw(rt, "word"); r == 0 {
				n = "any"
			} else if r == 1 {
				n = "all"
			}
			lines += fmt.Sprintf("group g%d %s %s\n", g, n, strings.Join(members, " "))
			free = append(slices.Clone(free[k:]), fmt.Sprint("g", g))
		}
		lines += "quorum " + rapid.SampledFrom(append(free, none)).Draw(rt, "quorum") + "\n"
		ours, err := Parse(lines)
		if err != nil {
			rt.Fatalf("%s\n%v", lines, err)
		}
		theirs, err := torchwood.ParsePolicy([]byte(lines))
		if err != nil {
			rt.Fatal(err)
		}
		by := []party{l}
		for _, w := range witnesses {
			if rapid.Bool().Draw(rt, "signs") {
				by = append(by, w)
			}
		}
		signed := sign(rt, text(7), by...)
		o, err := ours.Open(signed)
		if err != nil {
			rt.Fatal(err)
		}
		_, _, err = torchwood.VerifyCheckpoint([]byte(signed), theirs)
		if o.Met != (err == nil) {
			rt.Fatalf("%s\n%s\nours %v, theirs %v", lines, signed, o.Met, err)
		}
		again, err := Parse(ours.String())
		if err != nil || again.String() != ours.String() || again.Rule() != ours.Rule() {
			rt.Fatalf("written again: %v\n%s", err, ours)
		}
		if _, err := torchwood.ParsePolicy([]byte(ours.String())); err != nil {
			rt.Fatalf("torchwood on what we write: %v\n%s", err, ours)
		}
	})
}

// A signature in a known name that does not hold is an error; a stranger's counts for nothing.
func TestSignaturesThatDoNotCount(t *testing.T) {
	l, w, x := newLog(t, logName), newWitness(t, "watch.example/w"), newWitness(t, "watch.example/x")
	p, err := Parse("log " + l.vkey + "\nwitness w " + w.vkey + "\nquorum w\n")
	if err != nil {
		t.Fatal(err)
	}
	good := sign(t, text(7), l, w)
	if o, err := p.Open(good); err != nil || !o.Met || o.Size != 7 || o.Cosigned[0].At != 1_790_000_000 || len(o.Others) != 0 {
		t.Errorf("%+v %v", o, err)
	}
	if o, err := p.Open(sign(t, text(7), l, x)); err != nil || o.Met || len(o.Others) != 1 {
		t.Errorf("a stranger: %+v %v", o, err)
	}
	other := Checkpoint{"log.example/other", 7, tlog.RecordHash(nil)}.String()
	for what, signed := range map[string]string{
		"without the log":        sign(t, text(7), w),
		"changed after signing":  strings.Replace(good, "\n7\n", "\n8\n", 1),
		"another origin":         sign(t, other, l, w),
		"another log's key":      sign(t, text(7), newLog(t, logName), w),
		"no note":                "hello",
		"a leading zero":         sign(t, strings.Replace(text(7), "\n7\n", "\n07\n", 1), l),
		"an extension line":      sign(t, text(7)+"more\n", l),
		"a witness's other size": strings.Split(sign(t, text(7), l), "— ")[0] + "— " + strings.Split(sign(t, text(7), l), "— ")[1] + "— " + strings.Split(good[:0]+sign(t, text(8), l, w), "— ")[2],
	} {
		if o, err := p.Open(signed); err == nil {
			t.Errorf("%s: %+v", what, o)
		}
	}
	if _, _, err := p.Witnesses[0].Accept(sign(t, text(7), l), lastLine(sign(t, text(7), l, x))); err == nil {
		t.Error("another witness's answer is accepted")
	}
	if _, _, err := p.Witnesses[0].Accept(sign(t, text(7), l), lastLine(sign(t, text(8), l, w))); err == nil {
		t.Error("an answer to another checkpoint is accepted")
	}
	if lines, at, err := p.Witnesses[0].Accept(sign(t, text(7), l), lastLine(good)); err != nil || len(lines) != 1 || lines[0]+"\n" != lastLine(good) || at == 0 {
		t.Errorf("%q %d %v", lines, at, err)
	}
}

func lastLine(signed string) string {
	_, lines := Lines(signed)
	return lines[len(lines)-1] + "\n"
}

func TestPoliciesAreRefusedInWords(t *testing.T) {
	l, w := newLog(t, logName), newWitness(t, "watch.example/w")
	v := newWitness(t, "watch.example/v")
	head := "log " + l.vkey + "\n"
	both := head + "witness w " + w.vkey + "\nwitness v " + v.vkey + "\n"
	for text, say := range map[string]string{
		"":                                  "缺少 log 行",
		head:                                "缺少 quorum 行",
		"log " + w.vkey + "\nquorum none":   "第 1 行：这是见证方的公钥",
		head + "witness w " + l.vkey:        "第 2 行：这是总账的公钥",
		head + "witness w x+y+z":            "第 2 行：公钥形如",
		head + "quorum w":                   "没有叫“w”的",
		head + "log " + l.vkey:              "log 只写一行",
		both + "witness u " + w.vkey:        "同一把公钥",
		both + "group g 3 w v":              "1 到 2 的数字",
		both + "group g 1 w w":              "写了两次",
		both + "group g 1 x":                "没有叫“x”的",
		both + "group none 1 w":             "不能用",
		both + "group g 1 w\ngroup h 1 w":   "已经在“g”组里",
		both + "quorum w\nquorum v":         "quorum 只写一行",
		both + "quorum w\ngroup g 1 w":      "应当是最后一行",
		both + "trust me":                   "不认识“trust”",
		head + "witness w " + w.vkey + " x": "不是网址",
		head + "witness w " + strings.Replace(w.vkey, "example", "exampel", 1): "对不上",
	} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("%q: %v, want %q", text, err, say)
		}
	}
	p, err := Parse(both + "# 注释\ngroup two 2 w v\nquorum two # 都要\n")
	if err != nil || p.Rule() != "要有街道自己的签名，还要“w”、“v”全部签名" {
		t.Errorf("%q %v", p.Rule(), err)
	}
}
