package journal

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"cunju/internal/law"
)

func genEnvelope(t *rapid.T) Envelope {
	e := Envelope{
		By: By{Person: rapid.SampledFrom([]int64{0, 7, 1 << 40}).Draw(t, "person"), Office: rapid.SampledFrom([]int64{0, 12}).Draw(t, "office"), System: rapid.Bool().Draw(t, "system")},
		On: rapid.SliceOfN(rapid.Int64Range(0, 1<<50), 0, 3).Draw(t, "on"),
	}
	if len(e.On) == 0 {
		e.On = nil
	}
	if rapid.IntRange(0, 3).Draw(t, "verdicts") == 0 {
		e.Verdicts = []law.Verdict{{Rule: "X-1", Version: 1, Outcome: law.Warn, Given: rapid.String().Draw(t, "given")}}
		e.Answer = rapid.SampledFrom([]string{"", "知悉", `"}<&`}).Draw(t, "answer")
	}
	body, err := encode(map[string]any{"a": rapid.String().Draw(t, "a"), "on": rapid.Int64().Draw(t, "n"), "body": []string{"}", `,"body":`}})
	if err != nil {
		t.Fatal(err)
	}
	e.Body = body
	return e
}

// The payload written by hand is the one that the JSON package would write, byte for byte, and reads back as it was.
func TestEnvelopeIsCanonicalJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := genEnvelope(t)
		got, err := e.sealed()
		if err != nil {
			t.Fatal(err)
		}
		want, err := encode(e)
		if err != nil || string(got) != string(want) {
			t.Fatalf("sealed %s\nwant   %s %v", got, want, err)
		}
		back, err := openEnvelope(got)
		if err != nil || !reflect.DeepEqual(back, e) {
			t.Fatalf("read back %+v %v\nwant      %+v", back, err, e)
		}
		bare := Envelope{By: e.By, On: e.On}
		remnant, err := bare.sealed()
		if err != nil {
			t.Fatal(err)
		}
		if back, err = openEnvelope(remnant); err != nil || !reflect.DeepEqual(back, bare) {
			t.Fatalf("remnant %s reads %+v %v", remnant, back, err)
		}
	})
}

// Whatever stands in a payload, it is read as JSON reads it, or refused.
func FuzzOpenEnvelope(f *testing.F) {
	for _, s := range []string{`{"by":{"person":7,"office":2},"on":[1,2],"body":{"n":1}}`, `{"by":{},"body":null}`, `{"by":{},"on":[]}`, `{"by":{"system":true}}`,
		`{"by":{"person":7,},"on":[1],"body":{}}`, `{"by":{},"on":[1],"verdicts":[],"body":{}}`, `{"by":{},"on":[00012],"body":1}`, `{}`, ``} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := openEnvelope(b)
		if err != nil || !json.Valid(b) {
			return // what is not JSON was never sealed, and its hash tells so
		}
		var want Envelope
		if json.Unmarshal(b, &want) != nil {
			t.Fatalf("%s is read as %+v", b, e)
		}
		if e.By != want.By || len(e.On) != len(want.On) {
			t.Fatalf("%s is read as %+v, want %+v", b, e, want)
		}
	})
}
