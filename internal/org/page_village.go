package org

import (
	"cunju/internal/db"
	"cunju/internal/web"
)

// AskedFor finds the village or community, or another unit, that the path of a public page names as {unit}. One that is no more is
// found too: its board stays. The error is for the visitor.
func AskedFor(r *web.Request, q db.Querier, town string) (UnitRow, error) {
	id, err := r.PathID("unit")
	if err != nil {
		return UnitRow{}, err
	}
	u, err := Find(r.Context(), q, town, id)
	if db.Kind(err) == db.NotFound {
		e := web.NotFound("没有找到这个村或社区。")
		e.Do = "请从首页选择村、社区。"
		return u, e
	}
	return u, err
}
