package journal

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/law"
)

// Reading is how an act reads, or would read once it is recorded or corrected, for the rules that are asked about it. What else
// they need to know they read from the Writer.
type Reading[B any] struct {
	Act       int64   // its number, which is also the entity's that it creates
	On        []int64 // the entities that it is about
	Effective calendar.Date
	Body      *B
}

// Rules judge an act as it reads.
type Rules[B any] func(ctx context.Context, w *Writer, r Reading[B]) ([]law.Verdict, error)

// hide forgets the type of the body.
func (f Rules[B]) hide() Rules[any] {
	if f == nil {
		return nil
	}
	return func(ctx context.Context, w *Writer, r Reading[any]) ([]law.Verdict, error) {
		return f(ctx, w, Reading[B]{r.Act, r.On, r.Effective, (*r.Body).(*B)})
	}
}

// Guard has a kind's acts judged, when they are recorded and when they are corrected, by rules that ask what another slice
// knows: whoever wires the slices together hands them in before the journal is opened. A kind that the book does not know is a
// fault of the wiring.
func Guard[B any](b *Book, k Kind[B], rules Rules[B]) {
	info, ok := b.kinds[k.Name]
	if !ok {
		panic("kind " + k.Name + " is not in the book")
	}
	info.guards = append(info.guards, rules.hide())
	b.kinds[k.Name] = info
}

// guarded asks the guards of a kind; a refusal among their verdicts is left to the caller.
func (k kindInfo) guarded(ctx context.Context, w *Writer, r Reading[any]) ([]law.Verdict, error) {
	var out []law.Verdict
	for _, ask := range k.guards {
		verdicts, err := ask(ctx, w, r)
		if err != nil {
			return nil, err
		}
		out = append(out, verdicts...)
	}
	return out, nil
}
