package main

import (
	"slices"
	"strings"
	"testing"

	"cunju/internal/journal"
	"cunju/internal/org"
)

// Who is appointed for a day to come is needed as well as who is in office.
func TestAnAppointmentToComeHoldsPersonalData(t *testing.T) {
	data := peopled(t)
	h := openTown(t, data, options{})
	defer h.close()
	found, err := h.vault.Search(t.Context(), h.db, "乙二", 2)
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	units, err := org.ByName(t.Context(), h.db, h.town, "文峰村", h.journal.Today())
	if err != nil || len(units) != 1 {
		t.Fatal(units, err)
	}
	_, err = h.journal.Record(t.Context(), h.town, journal.Request{By: journal.By{System: true}, Decide: decideBy(func(w *journal.Writer) error {
		_, err := journal.Add(t.Context(), w, org.KindAppoint, w.Today().AddDays(30), nil, org.Appoint{Unit: units[0].ID, Role: "street-clerk", Person: found[0].ID})
		return err
	})})
	if err != nil {
		t.Fatal(err)
	}
	holds, err := h.holds(t.Context(), h.db, found[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(holds, func(s string) bool { return strings.HasPrefix(s, "已任命为文峰村") }) {
		t.Errorf("the appointment stands in nobody's way: %q", holds)
	}
}
