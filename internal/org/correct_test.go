package org_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/journal"
	"cunju/internal/member/membertest"
	"cunju/internal/org"
)

// A correction reaches what was written down wrongly, never who holds which office where.
func TestACorrectionGivesNoOffice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := membertest.New(t, d)
		person := y.Person("林志祥", "男", "1956-04-22")
		other := y.Person("孙伟松", "男", "1972-01-26")
		held := y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := org.Install(ctx, w, org.Appoint{Unit: y.General, Role: "branch-member", Person: person, Basis: "党员大会"}, "2026-01-05")
			return err
		})
		correct := func(change func(*org.Appoint)) error {
			a, err := journal.Read(y.Ctx, y.DB, y.Code, held)
			if err != nil {
				t.Fatal(err)
			}
			var b org.Appoint
			if err := json.Unmarshal(a.Body, &b); err != nil {
				t.Fatal(err)
			}
			change(&b)
			raw, err := json.Marshal(b)
			if err != nil {
				t.Fatal(err)
			}
			_, err = y.Do(func(ctx context.Context, w *journal.Writer) error {
				_, err := w.Correct(ctx, journal.Correction{Target: held, Body: raw, Reason: "抄错"})
				return err
			})
			return err
		}
		for field, change := range map[string]func(*org.Appoint){
			"unit":   func(b *org.Appoint) { b.Unit = y.Street },
			"role":   func(b *org.Appoint) { b.Role = "street-secretary" },
			"person": func(b *org.Appoint) { b.Person = other },
		} {
			if err := correct(change); err == nil || !strings.Contains(err.Error(), field) {
				t.Errorf("a correction changed the %s of an appointment: %v", field, err)
			}
		}
		if err := correct(func(b *org.Appoint) { b.Basis = "支部党员大会选举" }); err != nil {
			t.Errorf("a correction of the basis: %v", err)
		}
		y.Sound()
	})
}

// A corrected name is free, as a new one must be.
func TestACorrectedNameIsFree(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := membertest.New(t, d)
		n := y.Unit("village", "渡江村", "", map[org.Line]int64{org.Area: y.Street})
		renamed := y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := org.GiveName(ctx, w, n, org.Rename{Name: "渡江新村"}, "2026-02-01")
			return err
		})
		rename := func(act int64, body any) func(context.Context, *journal.Writer) error {
			raw, err := json.Marshal(body)
			if err != nil {
				t.Fatal(err)
			}
			return func(ctx context.Context, w *journal.Writer) error {
				_, err := w.Correct(ctx, journal.Correction{Target: act, Body: raw, Reason: "抄错"})
				return err
			}
		}
		e := org.Establish{Kind: "village", Name: "文峰村", Parents: map[org.Line]int64{org.Area: y.Street}}
		if r := y.Refused(rename(n, e)); r.Field != "name" {
			t.Errorf("established under another's name: %+v", r)
		}
		if r := y.Refused(rename(renamed, org.Rename{Name: "文峰村"})); r.Field != "name" {
			t.Errorf("renamed to another's name: %+v", r)
		}
		e.Name = "渡江老村"
		y.Must(rename(n, e))
		y.Must(rename(renamed, org.Rename{Name: "渡江社区村"}))
		y.Sound()
	})
}
