package main

import (
	"fmt"

	"cunju/demo"
)

// world is the whole demonstration town while it is being built.
type world struct {
	census   *census
	units    []*partyUnit // 60, parents first
	members  []*member    // on the opening day, by branch
	arrivals []*member    // later, in the order of arrival
	moves    []move
	homes    map[string][]*household // by village or community
	bodies   []*body
	offices  []office
	named    map[string]*member
	damaged  []demo.Damaged
	reserves map[string]*reserve // by village or community; "" for the street
}

func buildWorld() (*world, error) {
	w := &world{census: &census{used: map[string]bool{}}, named: map[string]*member{}, homes: map[string][]*household{}, reserves: map[string]*reserve{}}
	w.units = partyTree()
	slots := makePlan(w.units)
	w.openRoster(slots)
	w.chooseCommittees()
	w.floaters(slots)
	if err := w.move(slots); err != nil {
		return nil, err
	}
	for _, p := range places {
		w.settle(p)
	}
	w.bodies = institutions()
	w.fillBodies()
	if n := w.total(); n != 2143 {
		return nil, fmt.Errorf("%d members on %s, not 2143", n, today)
	}
	return w, nil
}

func (w *world) unit(short string) *partyUnit { return unitNamed(w.units, short) }

// total counts the members on the present day.
func (w *world) total() int {
	n := 0
	for _, m := range w.everyone() {
		if !m.Gone {
			n++
		}
	}
	return n
}

// everyone are all members of the eighteen months.
func (w *world) everyone() []*member {
	return append(append([]*member{}, w.members...), w.arrivals...)
}
