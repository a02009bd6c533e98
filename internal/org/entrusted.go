package org

import (
	"context"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/journal"
)

// entrusted refuses to give or end an office of the whole street, those of the system included, under any office but that of the
// street's secretary: a clerk who registers appointments would else make himself masters over every log-in. Until the street
// has a secretary on record, whoever may register appointments may do it, since somebody must enter the first.
func entrusted(ctx context.Context, w *journal.Writer, code string) error {
	role, _ := access.RoleOf(code)
	by := w.By()
	if !role.Street || by.System {
		return nil
	}
	if err := w.Flush(ctx); err != nil {
		return err
	}
	own, err := findOffice(ctx, w, w.Town, by.Office)
	switch {
	case err == nil && own.Role == streetSecretary:
		return nil
	case err != nil && db.Kind(err) != db.NotFound:
		return err
	}
	held, err := db.One[int64](ctx, w, `SELECT COUNT(*) FROM org_office WHERE town = $1 AND role = $2 AND from_day <= $3 AND to_day > $3`,
		w.Town, streetSecretary, string(w.Today()))
	if err != nil || held == 0 {
		return err
	}
	return journal.RefuseField("role", "“%s”是全街道（乡镇）的职务，任职和离任由党工委书记办理。没有登记，请书记登录后登记。", role.Title)
}

const streetSecretary = "street-secretary"
