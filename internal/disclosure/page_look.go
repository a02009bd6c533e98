package disclosure

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"unicode/utf8"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// longestLook bounds what is typed or pasted; an address has room in it.
const longestLook = 300

// lookProps is the page that finds a notice to check.
type lookProps struct {
	Frame   ui.BoardProps
	Q       string
	Foreign string // host of a pasted address that is not this board's
	Items   []ui.NoticeItem
}

// look finds the notice that a paper speaks of.
func (p *Pages) look(r *web.Request) (web.Response, error) {
	frame, err := p.BoardFrame(r, "查验一张公示", nil, "/verify")
	if err != nil {
		return web.Response{}, err
	}
	props := lookProps{Frame: frame, Q: r.Query("q")}
	if utf8.RuneCountInString(props.Q) > longestLook {
		props.Q = string([]rune(props.Q)[:longestLook])
	}
	ref := read(props.Q)
	if !ref.found {
		return web.Render(lookPage(props)), nil
	}
	if !ref.local(p.base, r.Host) {
		props.Foreign = ref.Host
		return web.Render(lookPage(props)), nil
	}
	rows, err := p.find(r, ref)
	if err != nil {
		return web.Response{}, err
	}
	if len(rows) == 1 {
		return web.Redirect(fmt.Sprintf("/n/%d/verify", rows[0].ID)), nil
	}
	if props.Items, err = p.items(r.Context(), rows); err != nil {
		return web.Response{}, err
	}
	for i, row := range rows {
		props.Items[i].Href = fmt.Sprintf("/n/%d/verify", row.ID)
	}
	return web.Render(lookPage(props)), nil
}

// find reads the published notices that a reference may mean.
func (p *Pages) find(r *web.Request, ref reference) ([]Row, error) {
	ctx := r.Context()
	switch {
	case ref.Leaf != "":
		lo, err := hex.DecodeString(ref.Leaf)
		if err != nil {
			return nil, err
		}
		return ByLeaf(ctx, p.DB, p.Town, lo, append(bytes.Clone(lo), bytes.Repeat([]byte{0xff}, 32-len(lo))...))
	case ref.No > 0:
		year := calendar.Of(ref.Year, 1, 1)
		if !year.Valid() {
			return nil, nil
		}
		rows, err := ByNumber(ctx, p.DB, p.Town, ref.Year, ref.ending())
		return ref.choose(rows), err
	case ref.ID > 0:
		row, err := Find(ctx, p.DB, p.Town, ref.ID)
		if db.Kind(err) == db.NotFound || err == nil && (row.Published == "" || row.Scope != ScopePublic) {
			return nil, nil
		}
		return []Row{row}, err
	}
	return ByAct(ctx, p.DB, p.Town, ref.Act)
}
