package law

// Opt is a fact that may be missing. Its zero value is missing; a known value
// may well be zero ("no ballot was cast").
type Opt[T any] struct {
	value T
	known bool
}

// Some is a known fact.
func Some[T any](v T) Opt[T] { return Opt[T]{v, true} }

// Get gives the fact and whether it is known.
func (o Opt[T]) Get() (T, bool) { return o.value, o.known }

// Known reports whether the fact is known.
func (o Opt[T]) Known() bool { return o.known }

// Value is the fact, or the zero value where it is missing; ask Known first.
func (o Opt[T]) Value() T { return o.value }

// Missing collects the Chinese names of facts that are not known, in the order
// asked.
type Missing []string

// Want notes the name when the fact is not known.
func (m *Missing) Want(name string, known bool) {
	if !known {
		*m = append(*m, name)
	}
}
