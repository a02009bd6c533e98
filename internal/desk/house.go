package desk

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk/body"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/task"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// House is what every page works with. cmd fills it once.
type House struct {
	Town    string // 9-digit division code
	DB      *db.DB
	Journal *journal.Journal
	Policy  *access.Policy
	Views   access.Log
	Jobs    *task.Jobs
	Nav     []Entry                                                                                      // the desk's navigation, in order
	Badges  func(ctx context.Context, who access.Actor) (map[string]int, error)                          // count by address of entry
	Target  func(ctx context.Context, q db.Querier, unit int64, on calendar.Date) (access.Target, error) // a unit as access sees it
	Targets func(ctx context.Context, q db.Querier, units []int64, on calendar.Date) (map[int64]access.Target, error)
	Name    func(ctx context.Context, q db.Querier, unit int64) (string, error)   // a unit's short name
	Person  func(ctx context.Context, q db.Querier, person int64) (string, error) // a person's name

	Entities map[string]Entity // how entities are named, by their type in the journal
	Lists    body.Lists        // what the codes in bodies of acts are called
}

// Entry is one line of the desk's navigation.
type Entry struct {
	Group string
	Text  string
	Href  string
	Icon  string
	Act   string // power that makes it visible; "" for everyone
}

// Today is the day it is now by the journal's clock.
func (h *House) Today() calendar.Date { return h.Journal.Today() }

// May asks whether the person may do an act for a unit. When not, the error is a page that names who may.
func (h *House) May(r *web.Request, act string, unit int64) (access.Decision, error) {
	return h.MayFor(r, act, unit, 0, 0)
}

// MayFor is [House.May] for something that concerns a person or was drafted by an author.
func (h *House) MayFor(r *web.Request, act string, unit, person, author int64) (access.Decision, error) {
	t, err := h.Target(r.Context(), h.DB, unit, h.Today())
	if err != nil {
		return access.Decision{}, err
	}
	t.Person, t.Author = person, author
	d := h.Policy.May(r.Who, act, t)
	if d.Allowed {
		return d, nil
	}
	e := web.Forbidden(d.Reason)
	if len(d.Need) > 0 {
		e.Do = "可以办理的是：" + strings.Join(d.Need, "；") + "。"
	}
	return d, e
}

// Can is [House.MayFor] as a yes or no, to show or hide a button.
func (h *House) Can(r *web.Request, act string, unit, person, author int64) bool {
	_, err := h.MayFor(r, act, unit, person, author)
	return err == nil
}

// CanAny reports whether the person may do an act for at least one of the units.
func (h *House) CanAny(r *web.Request, act string, units []int64) bool {
	for _, unit := range units {
		if h.Can(r, act, unit, 0, 0) {
			return true
		}
	}
	return false
}

// MayAny is [House.May] for something that belongs to several units: one that carries the act is enough.
func (h *House) MayAny(r *web.Request, act string, units []int64, person int64) (d access.Decision, err error) {
	err = web.Forbidden("")
	for _, unit := range units {
		if d, err = h.MayFor(r, act, unit, person, 0); err == nil {
			return d, nil
		}
	}
	return d, err
}

// forbidden tells a no from a question that could not be answered.
func forbidden(err error) bool {
	var no *web.Error
	return errors.As(err, &no) && no.Status == http.StatusForbidden
}

// Anchors are the units at whose subtree the person has a power.
func (h *House) Anchors(r *web.Request, act string) []int64 { return h.Policy.Anchors(r.Who, act) }

// Deed is a request to the journal as a page makes it.
type Deed struct {
	Via    access.Decision // the power under which it is done
	Seen   map[int64]int64 // entity → last act the form knew of
	Veiled bool            // the act's envelope names nobody: who does it stands in the sealed body alone
	Decide func(ctx context.Context, w *journal.Writer) error
}

// Record hands a form's deed to the journal. The form's key makes a second submit harmless. What the rules warn of comes back
// once as an [Obstacle] that asks; its form shows [Ask], and the next submit records, with the answer in the act.
func (h *House) Record(r *web.Request, d Deed) (journal.Receipt, error) {
	q, err := h.request(r, d)
	if err != nil {
		return journal.Receipt{}, err
	}
	if err := h.known(r, d.Seen); err != nil {
		return journal.Receipt{}, err
	}
	q.Decide = heard(r, d.Decide)
	return h.Journal.Record(r.Context(), h.Town, q)
}

// known refuses a form that says it saw acts which are not recorded yet: it was not made by this program, and would blind the
// check for what others did meanwhile.
func (h *House) known(r *web.Request, seen map[int64]int64) error {
	if len(seen) == 0 {
		return nil
	}
	size, err := journal.Size(r.Context(), h.DB, h.Town)
	for _, n := range seen {
		if err == nil && n >= size {
			err = web.BadRequest("这张表单不完整，请重新打开页面再填。").Because(fmt.Errorf("seen act %d of %d", n, size))
		}
	}
	return err
}

// Rehearse walks a deed's whole way and records nothing: the receipt holds what would be recorded, the error is what recording
// would say, also when it would ask.
func (h *House) Rehearse(r *web.Request, d Deed) (journal.Receipt, error) {
	q, err := h.request(r, d)
	if err != nil {
		return journal.Receipt{}, err
	}
	q.Decide = heard(r, d.Decide)
	return h.Journal.Rehearse(r.Context(), h.Town, q)
}

func (h *House) request(r *web.Request, d Deed) (journal.Request, error) {
	in, err := input(r)
	by := journal.By{Person: r.Who.Person, Office: d.Via.Via.ID}
	if d.Veiled {
		by = journal.By{}
	}
	return journal.Request{Key: r.Key(), Input: in, Seen: d.Seen, Decide: d.Decide, Answer: answerTo(r), By: by}, err
}

// input is who sent a form, where it went and what it held, its files by their hashes, so that a key that comes back with other
// contents or from somebody else is noticed.
func input(r *web.Request) ([]byte, error) {
	b := fmt.Appendf(nil, "%d\x00%d\x00%s", r.Account, r.Who.Person, r.URL.Path)
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		for _, v := range r.PostForm[name] {
			b = fmt.Appendf(b, "\x00%s=%s", name, v)
		}
	}
	if r.MultipartForm == nil {
		return b, nil
	}
	for _, name := range slices.Sorted(maps.Keys(r.MultipartForm.File)) {
		for _, file := range r.MultipartForm.File[name] {
			sum, err := hashOf(file)
			if err != nil {
				return nil, fmt.Errorf("desk: read the upload of field %s: %w", name, err)
			}
			b = fmt.Appendf(b, "\x00%s=%q %d %x", name, file.Filename, file.Size, sum)
		}
	}
	return b, nil
}

// hashOf is the SHA-256 of an uploaded file.
func hashOf(file *multipart.FileHeader) ([]byte, error) {
	f, err := file.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return h.Sum(nil), err
}

// Explain finds words for the journal's errors; nil for others. It is what web.Config.Explain asks.
func Explain(err error) *web.Error {
	var r *journal.Refusal
	var c *journal.Conflict
	var u *journal.Unavailable
	switch {
	case errors.As(err, &r):
		e := web.Fail(http.StatusUnprocessableEntity, r.Message)
		e.Err = r.Err
		return e
	case errors.As(err, &c):
		return web.Conflict(c.Error())
	case errors.As(err, &u):
		e := web.Unavailable(u.Error())
		e.Err = u.Err
		return e
	}
	return nil
}

// Panel turns verdicts into what pages show.
func Panel(vs []law.Verdict) []ui.Verdict {
	outcome := map[law.Outcome]ui.Outcome{law.Pass: ui.Pass, law.Refuse: ui.Refuse, law.Warn: ui.Caution, law.NotApplicable: ui.NotApplicable,
		law.NotYetInForce: ui.NotYet, law.Undecided: ui.Undecided}
	out := make([]ui.Verdict, len(vs))
	for i, v := range vs {
		out[i] = ui.Verdict{Outcome: outcome[v.Outcome], Title: v.Need, Rule: v.Rule, Source: v.Source, Article: v.Article,
			Given: v.Given, Need: v.Need, Remedy: v.Remedy, Href: "/rules#" + v.Rule}
		if len(v.Missing) > 0 && v.Given == "" {
			out[i].Given = "还不知道" + strings.Join(v.Missing, "、")
		}
		if v.Note != "" {
			out[i].Remedy = v.Note + "。" + v.Remedy
		}
	}
	return out
}
