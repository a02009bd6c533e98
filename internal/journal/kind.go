package journal

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sort"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/ledger"
)

// Kind is one sort of act with its frozen body type.
type Kind[B any] struct {
	Name   string // "org.establish/1"; a changed body is a new name
	Title  string // what people read: "设立组织"
	Public bool   // payload and salt are published with the log
	Check  func(*B) error

	// What a correction of such an act may not do. A correction is made by form, outside the slice's decisions, so whatever
	// decides about powers and procedures is out of its reach: it is undone by another act of the slice, or voided and done anew.
	Final  string   // why acts of this kind are neither corrected nor voided, in words that end "…"; "" when they may be
	Keep   []string // JSON fields of the body that a correction leaves as they are
	Rules  Rules[B] // the slice's rules, asked again about a corrected body
	Power  string   // the act of package access that a correction needs for the units concerned, beside journal.correct
	Read   string   // the act of package access that reading the payload needs; "" for matter.read
	Person bool     // the payload is about a person: showing it is noted in the view log

	// Remnant gives what an erasure leaves of a body: what the fold cannot do without and nobody is known by, never words. Without
	// it nothing is left, and the fold is given an empty body.
	Remnant func(B) B
}

// Step is what a fold is given beside the body: the act's header, and the means to post to the ledger.
type Step struct {
	Town      string
	Entity    int64 // whose fold this is
	N         int64
	Kind      string
	Recorded  int64
	Effective calendar.Date
	By        By
	On        []int64
	Erased    bool // the body is gone by law: it is given as its kind's Remnant
	lines     *[]ledger.Line
}

// Move posts a move of a commodity between two accounts, on the act's effective date.
func (s *Step) Move(from, to, commodity string, amount int64) {
	for _, l := range ledger.Move(s.N, s.Effective, from, to, commodity, amount) {
		l.Entity = s.Entity
		*s.lines = append(*s.lines, l)
	}
}

// Use is a need of one entity for another: through the whole span the used entity must be alive. Act is the act that needs it
// and that is named when someone would take the ground away.
type Use struct {
	Entity int64
	Act    int64
	Span   Span
}

// Row is one row of a slice's table, without town: the columns after it in order.
type Row struct {
	Table  *db.Table
	Values []any
}

// Print is everything that a state is printed into.
type Print struct {
	Rows []Row
	Life Span // when the entity exists; an empty span means that it never did
	Uses []Use
}

// Entity describes one type of entity of a slice.
type Entity[S any] struct {
	Name   string // "org.unit"
	Tables []*db.Table
	Folds  []Fold[S]
	Print  func(id int64, s *S) Print
}

// Fold is how one kind of act changes the state of an entity. Make it with [Creates] or [On].
type Fold[S any] struct {
	kind    kindInfo
	creates bool
	apply   func(s *S, st *Step, body any) error // body as kindInfo.decode gives it
}

// kindInfo is a kind without its type parameter.
type kindInfo struct {
	name, title string
	public      bool
	canon       func(json.RawMessage) (json.RawMessage, error) // checks a body that comes as JSON and encodes it as the frozen type
	decode      func(json.RawMessage) (any, error)             // *B; of an erased act, which has no body, the zero one
	body        reflect.Type
	KindInfo
	rules   Rules[any]
	guards  []Rules[any]                                   // of other slices; see [Guard]
	remnant func(json.RawMessage) (json.RawMessage, error) // nil when an erasure leaves nothing
}

func (k Kind[B]) info() kindInfo {
	decode := func(raw json.RawMessage) (any, error) {
		b := new(B)
		if len(raw) == 0 {
			return b, nil
		}
		return b, json.Unmarshal(raw, b)
	}
	canon := func(raw json.RawMessage) (json.RawMessage, error) {
		b, err := decode(raw)
		if err == nil && k.Check != nil {
			err = k.Check(b.(*B))
		}
		if err != nil {
			return nil, err
		}
		return encode(b)
	}
	var remnant func(json.RawMessage) (json.RawMessage, error)
	if k.Remnant != nil {
		remnant = func(raw json.RawMessage) (json.RawMessage, error) {
			b, err := decode(raw)
			if err != nil {
				return nil, err
			}
			return encode(k.Remnant(*b.(*B)))
		}
	}
	return kindInfo{k.Name, k.Title, k.Public, canon, decode, reflect.TypeFor[B](), KindInfo{k.Final, k.Keep, k.Power, k.Read, k.Person}, k.Rules.hide(), nil, remnant}
}

func fold[S, B any](k Kind[B], creates bool, f func(*S, *Step, *B) error) Fold[S] {
	return Fold[S]{k.info(), creates, func(s *S, st *Step, body any) error { return f(s, st, body.(*B)) }}
}

// Creates declares that a kind of act brings an entity of this type into being: the entity's id is the act's number.
func Creates[S, B any](k Kind[B], f func(*S, *Step, *B) error) Fold[S] { return fold(k, true, f) }

// On declares what a kind of act does to an entity that exists.
func On[S, B any](k Kind[B], f func(*S, *Step, *B) error) Fold[S] { return fold(k, false, f) }

// Type is an entity type with its state type hidden; make it with [Define].
type Type struct {
	name   string
	tables []*db.Table
	shared []*db.Table // of all slices; set by [NewBook]
	kinds  map[string]typeKind
	fresh  func() any
	print  func(int64, any) Print
}

type typeKind struct {
	info    kindInfo
	creates bool
	apply   func(s any, st *Step, body any) error
}

// Define makes a Type of a typed description.
func Define[S any](e Entity[S]) *Type {
	t := &Type{name: e.Name, tables: e.Tables, kinds: map[string]typeKind{},
		fresh: func() any { return new(S) },
		print: func(id int64, s any) Print { return e.Print(id, s.(*S)) }}
	for _, f := range e.Folds {
		apply := f.apply
		t.kinds[f.kind.name] = typeKind{f.kind, f.creates, func(s any, st *Step, body any) error { return apply(s.(*S), st, body) }}
	}
	return t
}

// Slice is what a domain brings to the journal.
type Slice struct {
	Name    string
	Version int // raise it when a fold, a table or a derived table changes: projections are then rebuilt
	Types   []*Type
	Shared  []*db.Table // tables that entities of other slices print into (matters)
	Derived []Derived
}

// Book is the set of slices that a program knows.
type Book struct {
	slices []Slice
	types  map[string]*Type
	makes  map[string]*Type     // kind → the type that it creates
	kinds  map[string]kindInfo  // every kind
	tables map[string]*db.Table // every projection table
	order  []*db.Table          // in order of declaration
}

// NewBook checks and joins the slices.
func NewBook(slices ...Slice) (*Book, error) {
	b := &Book{slices: slices, types: map[string]*Type{}, makes: map[string]*Type{}, kinds: map[string]kindInfo{}, tables: map[string]*db.Table{}}
	for _, k := range []kindInfo{Correct.info(), Void.info(), Erase.info()} {
		b.kinds[k.name] = k
	}
	for _, s := range slices {
		for _, t := range s.Types {
			if err := b.addType(t); err != nil {
				return nil, fmt.Errorf("slice %s: %w", s.Name, err)
			}
		}
		for _, t := range s.Shared {
			if err := b.addTable(t); err != nil {
				return nil, fmt.Errorf("slice %s: %w", s.Name, err)
			}
		}
		for _, d := range s.Derived {
			for _, t := range d.Tables {
				if err := b.addTable(t); err != nil {
					return nil, fmt.Errorf("slice %s: %w", s.Name, err)
				}
			}
		}
	}
	for _, t := range b.types {
		t.shared = nil
		for _, s := range slices {
			t.shared = append(t.shared, s.Shared...)
		}
	}
	return b, nil
}

func (b *Book) addType(t *Type) error {
	if b.types[t.name] != nil {
		return fmt.Errorf("entity type %s is declared twice", t.name)
	}
	b.types[t.name] = t
	for name, k := range t.kinds {
		if k.creates {
			if b.makes[name] != nil {
				return fmt.Errorf("kind %s creates two types of entity", name)
			}
			b.makes[name] = t
		}
		if other, ok := b.kinds[name]; ok && other.body != k.info.body {
			return fmt.Errorf("kind %s has two forms of body, %v and %v", name, other.body, k.info.body)
		}
		b.kinds[name] = k.info
	}
	for _, tab := range t.tables {
		if err := b.addTable(tab); err != nil {
			return err
		}
	}
	return nil
}

func (b *Book) addTable(t *db.Table) error {
	if b.tables[t.Name] != nil {
		return fmt.Errorf("table %s is declared twice", t.Name)
	}
	b.tables[t.Name] = t
	b.order = append(b.order, t)
	return nil
}

// Title returns what people read for a kind.
func (b *Book) Title(kind string) string {
	if k, ok := b.kinds[kind]; ok {
		return k.title
	}
	return kind
}

// Body returns the frozen type of a kind's bodies, nil for a kind that no slice knows.
func (b *Book) Body(kind string) reflect.Type { return b.kinds[kind].body }

// Decode reads a body of a kind into a new value of its frozen type, given as a pointer; without bytes it is the zero one.
func (b *Book) Decode(kind string, raw json.RawMessage) (any, error) {
	k, ok := b.kinds[kind]
	if !ok {
		return nil, fmt.Errorf("no slice knows the kind %s", kind)
	}
	return k.decode(raw)
}

// EntityTypes lists the names of all types of entities in order.
func (b *Book) EntityTypes() []string { return slices.Sorted(maps.Keys(b.types)) }

// Public reports whether payloads of a kind are published.
func (b *Book) Public(kind string) bool { return b.kinds[kind].public }

// Kinds lists all kind names in order.
func (b *Book) Kinds() []string {
	names := make([]string, 0, len(b.kinds))
	for n := range b.kinds {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}
