package posting

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/disclosure"
	"cunju/internal/files"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

const (
	// hereCookie tells a phone again, so that it counts once a day for a notice.
	hereCookie = "here"
	hereKeep   = 365 * 24 * time.Hour
	// photoMost is the largest photo, in bytes.
	photoMost = 12 << 20
)

// standing is as whom someone speaks of a sheet.
type standing struct {
	Witness Witness
	Via     access.Decision // the office, where he speaks in one
	Code    bool            // the paper's code is good
	Sheet   int64           // the covering after which the scanned sheet was printed, 0 for none
	Old     bool            // the scanned sheet still tells what was covered
	Why     string          // why he cannot speak: said in full
}

// as finds out as whom the visitor speaks: by office, as who lives there, or by the paper's code.
func (p *Pages) as(r *web.Request, n disclosure.Row, code string) (standing, error) {
	s := standing{Why: "要核实，请在公开栏前扫这张纸上“现场核实”的码；监督委员会成员和本村（社区）居民也可以登录以后核实。"}
	if code != "" {
		acts, err := disclosure.Coverings(r.Context(), p.DB, p.Town, n.ID)
		if err != nil {
			return s, err
		}
		if s.Sheet, s.Why = p.codes.read(n, code, append(acts, 0), p.Today()); s.Why == "" {
			s.Code, s.Witness, s.Old = true, Scan, s.Sheet != sheetOf(n)
		}
	}
	if r.Who.Person == 0 {
		return s, nil
	}
	if via, err := p.May(r, access.DisclosureCheckin, n.Unit); err == nil {
		s.Witness, s.Via, s.Why = Supervisor, via, ""
		return s, nil
	}
	for _, power := range []string{access.DisclosurePublish, access.DisclosureDraft, access.DisclosureApprove} {
		if via, err := p.May(r, power, n.Unit); err == nil {
			s.Witness, s.Via, s.Why = Office, via, ""
			return s, nil
		}
	}
	lives, err := p.lives(r.Context(), r.Who.Person, n.Unit)
	if err != nil {
		return s, err
	}
	if lives {
		s.Witness, s.Why = Villager, ""
	} else if !s.Code && code == "" {
		s.Why = "您登录的账号不是这个村（社区）的居民，也不在它的监督委员会任职。可以在公开栏前扫纸上“现场核实”的码来登记。"
	}
	return s, nil
}

// lives says whether a person's household is in the village or community for which a unit works; the street's notices are for all.
func (p *Pages) lives(ctx context.Context, person, unit int64) (bool, error) {
	home, err := people.HouseholdOf(ctx, p.DB, p.Town, person)
	if db.Kind(err) == db.NotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	area, err := p.notices.AreaOf(ctx, unit)
	if err != nil || area == nil {
		return err == nil, err
	}
	path, err := org.Path(ctx, p.DB, p.Town, org.Any, home.Unit, p.Today())
	return slices.Contains(path, area.ID), err
}

// hereProps is the page of someone who stands before the board.
type hereProps struct {
	Frame   ui.BoardProps
	Row     disclosure.Row
	Unit    string
	Stand   standing
	Code    string
	Said    Answer // just now; "" before
	Login   string
	Form    *web.Form
	Problem *desk.Obstacle
	Key     ui.Param
	Closed  string // why nothing can be said of it; "" when it hangs
	Covered string // what to look for on a sheet whose notice was covered; "" when nothing
	Waiting bool   // the office has been told already
}

func (p *Pages) here(r *web.Request) (web.Response, error) {
	n, err := p.notices.Published(r)
	if err != nil {
		return web.Response{}, err
	}
	said := Answer(r.Query("said"))
	if !known(answers, string(said)) {
		said = ""
	}
	res, err := p.hereWith(r, n, r.Query("k"), web.NewForm(), nil, said)
	if err != nil {
		return res, err
	}
	if _, missing := r.Cookie(hereCookie); missing != nil && r.Who.Person == 0 {
		res = res.WithCookie(hereCookie, r.NewKey(), hereKeep)
	}
	return res, nil
}

func (p *Pages) hereWith(r *web.Request, n disclosure.Row, code string, f *web.Form, o *desk.Obstacle, said Answer) (web.Response, error) {
	props := hereProps{Row: n, Code: code, Said: said, Form: f, Problem: o, Key: r.KeyParam(), Login: "/login?" + url.Values{"back": {r.URL.RequestURI()}}.Encode()}
	if r.Method != "GET" {
		props.Login = "/login?" + url.Values{"back": {herePath(n.ID, code, "")}}.Encode()
	}
	switch {
	case n.Posted == "":
		props.Closed = "这张公示还没有登记贴上公开栏，不能核实。纸已经贴在栏上的，请告诉村（居）委会补登张贴。"
	case n.TakenDown != "":
		props.Closed = "这张公示已于" + n.TakenDown.Chinese() + "撤下归档，不用再核实。网上长期可以查看。"
	}
	var err error
	if props.Stand, err = p.as(r, n, code); err != nil {
		return web.Response{}, err
	}
	if props.Unit, err = p.Name(r.Context(), p.DB, n.Unit); err != nil {
		return web.Response{}, err
	}
	if err := p.covered(r.Context(), &props); err != nil {
		return web.Response{}, err
	}
	area, err := p.notices.AreaOf(r.Context(), n.Unit)
	if err != nil {
		return web.Response{}, err
	}
	if props.Frame, err = p.notices.BoardFrame(r, "现场核实", area, ""); err != nil {
		return web.Response{}, err
	}
	props.Frame.Nav, props.Frame.Login = nil, ui.Link{} // before the board there is one thing to do
	return desk.Answer(f, o, herePage(props)), nil
}

// covered says what to look for before a sheet whose notice was covered.
func (p *Pages) covered(ctx context.Context, props *hereProps) error {
	open, err := Waiting(ctx, p.DB, p.Town, props.Row.ID)
	if err != nil {
		return err
	}
	props.Waiting = open >= 0
	c, ok, err := lastCover(ctx, p.DB, p.Town, props.Row.ID)
	if ok && c.open() && !props.Stand.Code {
		props.Covered = c.Day.Chinese() + "依法遮盖过个人信息，还没有登记换上新纸。遮盖的地方印着“＊＊＊”的才是新纸。"
	}
	return err
}

func herePath(id int64, code string, said Answer) string {
	v := url.Values{}
	if code != "" {
		v.Set("k", code)
	}
	if said != "" {
		v.Set("said", string(said))
	}
	if len(v) == 0 {
		return fmt.Sprintf("/n/%d/here", id)
	}
	return fmt.Sprintf("/n/%d/here?%s", id, v.Encode())
}

// say records what someone before the board saw.
func (p *Pages) say(r *web.Request) (web.Response, error) {
	n, err := p.notices.Published(r)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	code := strings.TrimSpace(f.Value("k"))
	s, err := p.as(r, n, code)
	if err != nil {
		return web.Response{}, err
	}
	if s.Witness == "" {
		e := web.Forbidden(s.Why)
		e.Kept = "什么也没有登记。"
		return web.Response{}, e
	}
	c := CheckIn{Notice: n.ID, Witness: string(s.Witness), Code: s.Code, Sheet: s.Sheet,
		Answer: f.Choice("answer", "现场情况", web.Needed, string(There), string(Gone), string(Differs)), Note: f.Text("note", "说明", longest)}
	device := ""
	if s.Witness == Scan && r.Who.Person == 0 {
		if !p.pace.take(r.Address.String(), p.now()) {
			e := web.TooMany("这个网络刚才登记得太多了，这一次没有登记。", paceEvery)
			e.Do = "请过十分钟再按，或者登录以后登记。"
			return web.Response{}, e
		}
		device = r.NewKey()
		if k, err := r.Cookie(hereCookie); err == nil && len(k.Value) <= 64 {
			device = k.Value
		}
		c.Mark = p.codes.mark(device, n.ID, p.Today())
	} else if c.Photo, err = p.photo(r, f); err != nil {
		return web.Response{}, err
	}
	if !f.OK() {
		return p.hereWith(r, n, code, f, nil, "")
	}
	again := false
	rec, err := p.Record(r, desk.Deed{Via: s.Via, Decide: func(ctx context.Context, w *journal.Writer) (err error) {
		_, again, err = Look(ctx, w, c)
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, map[string]string{"answer": "现场情况", "note": "说明"})
		if err != nil {
			return web.Response{}, err
		}
		return p.hereWith(r, n, code, f, o, "")
	}
	if r.LoggedIn() && !again {
		r.SetFlash(ui.Flash{Tone: ui.Success, Text: fmt.Sprintf("已记入总账第 %d 号。", rec.First)})
	}
	res := web.Redirect(herePath(n.ID, code, Answer(c.Answer)))
	if device != "" {
		res = res.WithCookie(hereCookie, device, hereKeep)
	}
	return res, nil
}

// photo keeps a photo of who is logged in, without what says where and by what it was taken.
func (p *Pages) photo(r *web.Request, f *web.Form) (*disclosure.File, error) {
	u := f.File("photo", "现场照片", web.Optional, photoMost, ".jpg", ".jpeg", ".png")
	if u == nil {
		return nil, nil
	}
	defer u.Close()
	return p.keep(r, f, "photo", "现场照片", u)
}

// keep stores a picture bare of everything but itself; a fault stays on the form.
func (p *Pages) keep(r *web.Request, f *web.Form, field, label string, u *web.Upload) (*disclosure.File, error) {
	raw, err := readAll(u, u.Size)
	if err != nil {
		return nil, err
	}
	clean, ending, err := bare(raw)
	var not errPicture
	if errors.As(err, &not) {
		f.Fail(field, label, not.Error())
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	name := label + ending // the name that a phone gives may tell a day and a person
	st, err := p.files.Put(r.Context(), strings.NewReader(string(clean)), name, photoMost)
	var refused *files.Refusal
	if errors.As(err, &refused) {
		f.Fail(field, label, refused.Message)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &disclosure.File{Name: name, Size: st.Size, Type: st.Type, Hash: st.Hash}, nil
}
