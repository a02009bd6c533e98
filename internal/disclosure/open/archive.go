package open

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/a-h/templ"
	"golang.org/x/mod/sumdb/note"

	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/disclosure/oversight"
	"cunju/internal/files"
	"cunju/internal/journal"
	"cunju/internal/mirror"
	"cunju/internal/trust"
)

//go:embed archive.css
var archiveCSS []byte

// Archived is what an archive holds.
type Archived struct {
	Size    int64    // acts under its checkpoint
	Notices int      // on the board
	Files   int      // attachments
	Missing []string // attachments that lie damaged or no more, by hash: the archive is then not whole
}

// archive is an archive under way. What it keeps in memory is a line for each notice; contents pass through.
type archive struct {
	*Board
	ctx   context.Context
	into  *mirror.Archive
	done  Archived
	list  []Summary
	town  string // its name
	files map[string]bool
}

// Archive writes the whole board as one signed zip file: the public log as far as its newest checkpoint goes, what the notices
// say as data and as plain pages, attachments, the trust policy and a manifest under the log's key. The same state of the board
// gives the same bytes.
func (b *Board) Archive(ctx context.Context, w io.Writer, store *files.Store, policy *trust.Policy, key note.Signer) (Archived, error) {
	a := &archive{Board: b, ctx: ctx, into: mirror.NewArchive(w), files: map[string]bool{}}
	j := b.pages.Journal
	copied, err := mirror.Copy(ctx, mirror.Served(j.Surface()), a.into, mirror.LogPath(b.pages.Town), j.Book().Public, nil, func(act journal.PublicAct) error {
		for _, hash := range mirror.Attachments(act.Payload) {
			a.files[hash] = true
		}
		return nil
	})
	if err != nil {
		return a.done, err
	}
	a.done.Size = copied.Size
	if a.town, err = b.pages.Name(ctx, b.pages.DB, 0); err != nil {
		return a.done, err
	}
	for _, step := range []func() error{a.notices, a.index, func() error { return a.attachments(store) },
		func() error { return a.into.Add(mirror.PolicyFile, []byte(policy.String())) }} {
		if err := step(); err != nil {
			return a.done, err
		}
	}
	return a.done, a.into.Close(key)
}

// batch is how many notices are read together.
const batch = 200

// notices writes every notice that the checkpoint covers, newest first.
func (a *archive) notices() error {
	f := disclosure.BoardFilter{Area: -1, Limit: batch}
	for {
		rows, err := disclosure.Board(a.ctx, a.pages.DB, a.pages.Town, f)
		if err != nil {
			return err
		}
		names, err := a.names(a.ctx, rows)
		if err != nil {
			return err
		}
		for _, row := range rows {
			f.Before = disclosure.Cursor{Published: row.Published, ID: row.ID}
			if row.ShownAct >= a.done.Size {
				continue // the next archive has it, with its place in the log
			}
			if err := a.notice(row, names[row.Unit]); err != nil {
				return fmt.Errorf("notice %d: %w", row.ID, err)
			}
		}
		if len(rows) < batch {
			return nil
		}
	}
}

func (a *archive) notice(row disclosure.Row, unit string) error {
	d, err := a.detail(a.ctx, row, unit)
	if err != nil {
		return err
	}
	a.list = append(a.list, d.Summary)
	a.done.Notices++
	if err := a.json(fmt.Sprintf("n/%d.json", row.ID), d); err != nil {
		return err
	}
	p := pageProps{Town: a.town, Detail: d}
	var newer, older *disclosure.Row
	if p.Sheet, _, newer, older, err = a.pages.Sheet(a.ctx, row); err != nil {
		return err
	}
	if newer != nil && newer.ShownAct < a.done.Size {
		p.Newer = newer
	}
	p.Older = older
	if p.Answers, err = oversight.Answers(a.ctx, a.pages.DB, a.pages.Town, row.ID, a.done.Size); err != nil {
		return err
	}
	return a.page(fmt.Sprintf("n/%d.html", row.ID), archivedNotice(p))
}

// index writes the list as data and as pages: the months, and each month's and each unit's notices.
func (a *archive) index() error {
	if a.list == nil {
		a.list = []Summary{}
	}
	if err := a.json("notices.json", Notices{Items: a.list}); err != nil {
		return err
	}
	if err := a.into.Add("style.css", archiveCSS); err != nil {
		return err
	}
	p := indexProps{Town: a.town, Size: a.done.Size, Key: a.pages.VKey()}
	byUnit, byMonth := map[int64][]Summary{}, map[string][]Summary{}
	for _, s := range a.list { // newest first, so are the months
		month := string(s.Published)[:7]
		if byMonth[month] == nil {
			p.Months = append(p.Months, group{Name: month, Title: monthTitle(month), File: "m/" + month + ".html"})
		}
		byMonth[month] = append(byMonth[month], s)
		if byUnit[s.Unit] == nil {
			p.Units = append(p.Units, group{Unit: s.Unit, Title: s.UnitName, File: fmt.Sprintf("u/%d.html", s.Unit)})
		}
		byUnit[s.Unit] = append(byUnit[s.Unit], s)
	}
	slices.SortFunc(p.Units, func(x, y group) int { return int(x.Unit - y.Unit) })
	for i := range p.Months {
		g := &p.Months[i]
		g.Items = byMonth[g.Name]
		if err := a.page(g.File, archivedList(a.town, *g)); err != nil {
			return err
		}
	}
	for i := range p.Units {
		g := &p.Units[i]
		g.Items = byUnit[g.Unit]
		if err := a.page(g.File, archivedList(a.town, *g)); err != nil {
			return err
		}
	}
	return a.page("index.html", archivedIndex(p))
}

func monthTitle(month string) string {
	d := calendar.Date(month + "-01")
	return fmt.Sprintf("%d年%d月", d.Year(), d.Month())
}

// attachments writes the files that public acts show. One that is damaged or gone is told, not written.
func (a *archive) attachments(store *files.Store) error {
	var hashes []string
	for hash := range a.files {
		hashes = append(hashes, hash)
	}
	slices.Sort(hashes)
	for _, hash := range hashes {
		data, err := stored(store, hash)
		var damaged *files.Damaged
		if errors.Is(err, files.ErrMissing) || errors.As(err, &damaged) {
			a.done.Missing = append(a.done.Missing, hash)
			continue
		}
		if err == nil {
			err = a.into.Add(mirror.FilesFolder+"/"+hash, data)
		}
		if err != nil {
			return err
		}
		a.done.Files++
	}
	return nil
}

func stored(store *files.Store, hash string) ([]byte, error) {
	if _, err := store.Check(hash); err != nil {
		return nil, err
	}
	f, err := store.Open(hash)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func (a *archive) json(name string, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		return err
	}
	return a.into.Add(name, b.Bytes())
}

func (a *archive) page(name string, page templ.Component) error {
	var b bytes.Buffer
	if err := page.Render(a.ctx, &b); err != nil {
		return err
	}
	return a.into.Add(name, b.Bytes())
}
