package org

import (
	"context"
	"fmt"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/desk/body"
	"cunju/internal/law"
	"cunju/internal/law/rulebook"
	"cunju/internal/web/ui"
)

// Entities says how pages name units, offices and local terms.
func Entities() map[string]desk.Entity {
	return map[string]desk.Entity{
		"org.unit": {Title: "组织", Href: unitPath, Opens: []string{access.OrgRead},
			Names: desk.NamesBy(`SELECT id, CASE WHEN short = '' THEN name ELSE short END FROM org_unit WHERE town = $1 AND id IN (%s)`)},
		"org.office":  {Title: "任职", Names: officeNames},
		"org.setting": {Title: "本地规定", Href: func(int64) string { return settingsPath }, Names: settingNames},
	}
}

// Lists are the codes that stand in the acts of this slice.
func Lists() body.Lists {
	l := body.Lists{"org.setting-level": levelOptions()}
	for _, k := range kindList {
		l["org.kind"] = append(l["org.kind"], ui.Option{Value: k.Code, Text: k.Title})
	}
	for _, line := range lineOrder {
		l["org.line"] = append(l["org.line"], ui.Option{Value: string(line), Text: lineTitles[line]})
	}
	for _, r := range access.Roles() {
		l["org.role"] = append(l["org.role"], ui.Option{Value: r.Code, Text: r.Title})
	}
	for _, k := range terms() {
		l["org.setting"] = append(l["org.setting"], ui.Option{Value: k.Name, Text: k.Title})
	}
	return l
}

// officeNames calls an office by its unit and post: 文峰村党总支书记.
func officeNames(ctx context.Context, q db.Querier, town string, ids []int64) (map[int64]string, error) {
	list, args := db.In(2, ids)
	rows, err := db.All[OfficeRow](ctx, q, `SELECT `+officeColumns+` AND o.id IN (`+list+`)`, append([]any{town}, args...)...)
	m := make(map[int64]string, len(rows))
	for _, o := range rows {
		post := o.Title
		if r, ok := access.RoleOf(o.Role); ok && post == "" {
			post = r.Post
		}
		m[o.ID] = o.UnitName + post
	}
	return m, err
}

func settingNames(ctx context.Context, q db.Querier, town string, ids []int64) (map[int64]string, error) {
	list, args := db.In(2, ids)
	rows, err := db.All[settingRow](ctx, q, `SELECT id, key, value, level, unit, from_day, until, citation FROM org_setting
		WHERE town = $1 AND id IN (`+list+`)`, append([]any{town}, args...)...)
	m := make(map[int64]string, len(rows))
	for _, s := range rows {
		k := rulebook.Key(s.Key)
		m[s.ID] = fmt.Sprintf("%s：%s（%s）", k.Title, k.Text(s.Value), law.Level(s.Level).Chinese())
	}
	return m, err
}

// Targets are [Target] for many units at once.
func Targets(ctx context.Context, q db.Querier, town string, units []int64, on calendar.Date) (map[int64]access.Target, error) {
	m := make(map[int64]access.Target, len(units))
	for _, u := range units {
		m[u] = access.Target{Unit: u}
	}
	list, args := db.In(4, units)
	err := db.Each(ctx, q, `SELECT descendant, ancestor FROM org_closure WHERE town = $1 AND line = $2 AND from_day <= $3 AND to_day > $3
		AND descendant IN (`+list+`) ORDER BY descendant, depth, ancestor`, func(r struct{ Unit, Above int64 }) error {
		t := m[r.Unit]
		t.Path = append(t.Path, r.Above)
		m[r.Unit] = t
		return nil
	}, append([]any{town, string(Any), string(on)}, args...)...)
	for _, u := range units {
		if err == nil && len(m[u].Path) == 0 { // gone, or yet to come: such are few
			m[u], err = Target(ctx, q, town, u, on)
		}
	}
	return m, err
}
