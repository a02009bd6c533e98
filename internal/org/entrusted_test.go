package org_test

import (
	"context"
	"fmt"
	"testing"

	"cunju/internal/journal"
	"cunju/internal/org"
)

func TestOnlyTheSecretaryGivesOfficesOfTheStreet(t *testing.T) {
	open(t, func(o *office) {
		friend := o.Person("周凯", "男", "1985-05-05")
		form := func(role string, person int64) []string {
			return []string{"person", fmt.Sprint(person), "role", role, "effective", "2026-11-01"}
		}
		// Nobody holds the secretary's seat yet: the clerk enters the first.
		chief := o.Person("沈立", "男", "1972-02-02")
		working := at(o.Working, "/appoint")
		o.clerk.Post(working, form("street-secretary", chief)...).Want(303)
		office := o.last()

		size := o.Size()
		street := at(o.TownOffice, "/appoint")
		for _, role := range []string{"street-clerk", "street-discipline", "system-admin", "auditor"} {
			o.As(o.Clerk)
			if no := o.Refused(install(org.Appoint{Unit: o.Street, Role: role, Person: friend}, "2026-11-01")); no.Field != "role" {
				t.Errorf("%s: %+v", role, no)
			}
		}
		o.refused(o.clerk.Post(street, form("street-clerk", friend)...), size, 422, "由党工委书记办理", "请书记登录后登记")
		// Nor does the clerk first make the seat free.
		leave := fmt.Sprintf("/desk/offices/%d/leave", office)
		o.refused(o.clerk.Post(leave, "seen", o.seen(office), "reason", "调走", "effective", "2026-11-20"), size, 422, "由党工委书记办理")
		o.Refused(func(ctx context.Context, w *journal.Writer) error {
			_, err := org.Release(ctx, w, office, org.Leave{Reason: "调走"}, "2026-11-20")
			return err
		})
		// Offices of villages and branches stay the clerk's to register; those of the street are the secretary's.
		o.clerk.Post(at(o.Second, "/appoint"), form("branch-organiser", friend)...).Want(303)
		secretary := o.site.LogIn("shenli", chief)
		secretary.Post(street, form("street-clerk", friend)...).Want(303)
	})
}
