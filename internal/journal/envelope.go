package journal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"cunju/internal/law"
)

// Envelope is the payload as it is sealed: frozen, encoded once as canonical JSON and never re-encoded.
type Envelope struct {
	By       By              `json:"by"`
	On       []int64         `json:"on,omitempty"`
	Verdicts []law.Verdict   `json:"verdicts,omitempty"`
	Answer   string          `json:"answer,omitempty"` // what whoever recorded it said to warnings among the verdicts
	Body     json.RawMessage `json:"body"`
}

// By says who recorded an act: a person in an office, or the system itself (a clock that ran out, the set-up of a town).
type By struct {
	Person int64 `json:"person,omitempty"`
	Office int64 `json:"office,omitempty"` // the office in which the person acted
	System bool  `json:"system,omitempty"`
}

// encode turns a body into its bytes: compact JSON, keys in the order of the frozen types, no HTML escapes.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// sealed returns the payload around a body that is encoded already. Without a body it is what stays of an erased act.
// The bytes are those that encode would give; they are written by hand so that a body is encoded exactly once.
func (e Envelope) sealed() ([]byte, error) {
	b := make([]byte, 0, 96+len(e.Body))
	b = append(b, `{"by":{`...)
	if e.By.Person != 0 {
		b = strconv.AppendInt(append(b, `"person":`...), e.By.Person, 10)
	}
	if e.By.Office != 0 {
		b = strconv.AppendInt(append(comma(b), `"office":`...), e.By.Office, 10)
	}
	if e.By.System {
		b = append(comma(b), `"system":true`...)
	}
	b = append(b, '}')
	for i, id := range e.On {
		if i == 0 {
			b = append(b, `,"on":[`...)
		}
		b = append(strconv.AppendInt(b, id, 10), ',')
	}
	if len(e.On) > 0 {
		b[len(b)-1] = ']'
	}
	if len(e.Verdicts) > 0 {
		v, err := encode(e.Verdicts)
		if err != nil {
			return nil, err
		}
		b = append(append(b, `,"verdicts":`...), v...)
	}
	if e.Answer != "" {
		v, err := encode(e.Answer)
		if err != nil {
			return nil, err
		}
		b = append(append(b, `,"answer":`...), v...)
	}
	if len(e.Body) > 0 {
		b = append(append(b, `,"body":`...), e.Body...)
	}
	return append(b, '}'), nil
}

func comma(b []byte) []byte {
	if b[len(b)-1] == '{' {
		return b
	}
	return append(b, ',')
}

// openEnvelope reads a payload. Nearly all have no verdicts: then the body is what stands between known marks, and need not be
// parsed to be found. Any other payload is read as the JSON that it is.
func openEnvelope(payload []byte) (Envelope, error) {
	if e, ok := openPlain(payload); ok {
		return e, nil
	}
	var e Envelope
	if err := json.Unmarshal(payload, &e); err != nil {
		return e, fmt.Errorf("not an envelope: %w", err)
	}
	return e, nil
}

// openPlain reads a payload that sealed wrote without verdicts.
func openPlain(b []byte) (e Envelope, ok bool) {
	r := reading{b}
	if !r.head(&e) {
		return e, false
	}
	if string(r.rest) == "}" {
		return e, true
	}
	if !r.skip(`,"body":`) || len(r.rest) < 2 || r.rest[len(r.rest)-1] != '}' {
		return e, false
	}
	e.Body = slices.Clip(r.rest[:len(r.rest)-1])
	return e, true
}

// head reads what stands before verdicts and body.
func (r *reading) head(e *Envelope) (ok bool) {
	if !r.skip(`{"by":{`) {
		return false
	}
	if r.skip(`"person":`) {
		if e.By.Person, ok = r.number(); !ok {
			return false
		}
		r.skip(",")
	}
	if r.skip(`"office":`) {
		if e.By.Office, ok = r.number(); !ok {
			return false
		}
		r.skip(",")
	}
	e.By.System = r.skip(`"system":true`)
	if !r.skip("}") {
		return false
	}
	if !r.skip(`,"on":[`) {
		return true
	}
	for more := true; more; more = r.skip(",") {
		id, ok := r.number()
		if !ok {
			return false
		}
		e.On = append(e.On, id)
	}
	return r.skip("]")
}

// reading walks through bytes.
type reading struct{ rest []byte }

func (r *reading) skip(mark string) bool {
	if len(r.rest) < len(mark) || string(r.rest[:len(mark)]) != mark {
		return false
	}
	r.rest = r.rest[len(mark):]
	return true
}

func (r *reading) number() (n int64, ok bool) {
	i := 0
	for i < len(r.rest) && i < 18 && r.rest[i] >= '0' && r.rest[i] <= '9' {
		n = n*10 + int64(r.rest[i]-'0')
		i++
	}
	r.rest = r.rest[i:]
	return n, i > 0
}
