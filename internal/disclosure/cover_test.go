package disclosure

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/journal"
)

// secretive is a notice in which a home address and a file must not stand.
func (y *town) secretive(t *testing.T) Content {
	c := october()
	c.Finance.Lines[1].Note = "送到桂花巷9号"
	c.Text = "按月公布。\n经办人住桂花巷9号。"
	st, err := y.files.Put(t.Context(), strings.NewReader("%PDF-1.7\naddress\n%%EOF\n"), "住址.pdf", 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	c.Files = []File{{Name: "住址.pdf", Size: st.Size, Type: st.Type, Hash: st.Hash}}
	return c
}

// A covering takes words and files from every face, deletes every payload that told them, and leaves entry, number and proof.
func TestWhatIsCoveredIsGoneAndItsProofStands(t *testing.T) { onBoth(t, coveredIsGone) }

func coveredIsGone(t *testing.T, y *town) {
	c := y.secretive(t)
	hash := c.Files[0].Hash
	id := y.out(c, 0)
	y.sign()
	row := y.row(id)
	before, err := y.pages.open(y.Ctx, row.PublishAct)
	if err != nil {
		t.Fatal(err)
	}
	desk := fmt.Sprintf("/desk/disclosure/%d", id)
	clerk, chief := y.site.LogIn("kj", y.Accountant), y.site.LogIn("sj", y.Secretary)
	visitor := y.site.Visit()
	visitor.Get(fmt.Sprintf("/n/%d", id)).Want(200, "桂花巷9号", "住址.pdf")

	form := clerk.Get(desk+"/cover").Want(200, "要遮盖的字", "收支明细第 2 行", "附件 1")
	seen := form.Hidden("seen")
	clerk.Post(desk+"/cover", "seen", seen, "do", "propose").Want(422, "还没有选", "必须填写")
	clerk.Post(desk+"/cover", "seen", seen, "words", "没有的字", "do", "preview").Want(422, "公示里没有“没有的字”")
	clerk.Post(desk+"/cover", "seen", seen, "words", "桂花巷9号", "cell", "files.0", "do", "preview").Want(200, "送到＊＊＊", "住＊＊＊。")
	clerk.Post(desk+"/cover", "seen", seen, "words", "桂花巷9号", "cell", "files.0", "ground", "unlawful", "reason", "误登桂花巷9号", "do", "propose").Want(422, "说明里写了要遮盖的字")
	clerk.Post(desk+"/cover", "seen", seen, "words", "桂花巷9号", "cell", "files.0", "ground", "unlawful", "reason", "误登了经办人的住址", "do", "propose").Want(303)
	visitor.Get(fmt.Sprintf("/n/%d", id)).Want(200, "桂花巷9号") // nothing is covered before another agrees
	clerk.Get(desk+"/cover").Want(200, "等待决定的提议", "由另一人决定")
	clerk.Post(desk+"/cover/decide", "seen", seen, "agree", "yes").Want(403)
	waiting := chief.Get(desk+"/cover").Want(200, "误登了经办人的住址", "送到＊＊＊")
	chief.Post(desk+"/cover/decide", "seen", waiting.Hidden("seen"), "agree", "no").Want(422, "请写明理由")
	chief.Post(desk+"/cover/decide", "seen", waiting.Hidden("seen"), "agree", "yes").Want(303)
	y.sign()

	now := y.row(id)
	if now.Number != row.Number || now.PublishAct != row.PublishAct || now.ShownAct == row.ShownAct || now.Covered != "2026-11-23" {
		t.Fatalf("covered %+v", now)
	}
	visitor.Get(fmt.Sprintf("/n/%d", id)).Want(200, "送到＊＊＊", "误登了经办人的住址", "依法遮盖", row.Number).Not("桂花巷", "住址.pdf")
	visitor.Get(fmt.Sprintf("/n/%d/verify", id)).Want(200, "查验通过", "遮盖前的原件", "内容已经依法删除", before.Fingerprint(), "除依法遮盖的",
		fmt.Sprintf("公布时是总账第 %d 号", row.PublishAct), fmt.Sprintf("遮盖以后是第 %d 号", now.ShownAct)).Not("桂花巷", "和公布那天封存的一模一样")
	visitor.Get(fmt.Sprintf("/n/%d/file/%s", id, hash)).Want(404)
	visitor.Get("/?q=桂花巷9号").Not("财务收支公开表")
	for _, path := range []string{"/n/%d/print", "/n/%d/sheet"} {
		visitor.Get(fmt.Sprintf(path, id)).Want(200).Not("桂花巷")
	}
	for n := range y.Size() {
		visitor.Get(fmt.Sprintf("/log/%s/act/%d.json", y.Code, n)).Not("桂花巷")
	}
	clerk.Get(desk).Want(200, "＊＊＊").Not("桂花巷")
	left, err := db.One[int64](y.Ctx, y.DB, `SELECT COUNT(*) FROM journal_act WHERE town = $1 AND payload LIKE '%桂花巷%'`, y.Code)
	if err != nil || left != 0 {
		t.Errorf("%d payloads still tell it: %v", left, err)
	}
	if _, err := y.files.Check(hash); err == nil {
		t.Error("the file is still in the store")
	}
	covered, ok := Deleted(KindRedact.Name, y.body(now.ShownAct))
	if !ok || len(covered) < 2 {
		t.Errorf("the act of covering names %v", covered)
	}
	y.Sound()
}

// body is the body of an act as it is recorded.
func (y *town) body(n int64) []byte {
	y.Helper()
	a, err := journal.Read(y.Ctx, y.DB, y.Code, n)
	if err != nil {
		y.Fatal(err)
	}
	return a.Body
}

// A file that a crash left behind after its covering goes with the next round of the clock; a page that is read deletes nothing.
func TestACoveredFileGoesByTheClock(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		c := y.secretive(t)
		id := y.out(c, 0)
		y.by(y.Accountant, propose(id, Proposal{Marks: []Mark{{"files.0", 0, 6}}, Ground: "unlawful", Reason: "附件有住址"}))
		y.by(y.Secretary, conceal(id)) // and no page: the server stopped
		y.site.LogIn("kj", y.Accountant).Get(fmt.Sprintf("/desk/disclosure/%d/cover", id)).Want(200)
		if _, err := y.files.Check(c.Files[0].Hash); err != nil {
			t.Errorf("reading the page deleted it: %v", err)
		}
		done, err := DropFiles(y.Ctx, y.J, y.Code, y.files, 0)
		if err != nil || done != y.row(id).ShownAct {
			t.Errorf("looked up to %d, %v", done, err)
		}
		if _, err := y.files.Check(c.Files[0].Hash); err == nil {
			t.Error("the file is still in the store")
		}
		if again, err := DropFiles(y.Ctx, y.J, y.Code, y.files, done); err != nil || again != done {
			t.Errorf("%d, %v", again, err)
		}
	})
}

// A file that another notice refers to stays for that one.
func TestAFileThatOthersReferToStays(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		c := y.secretive(t)
		id, other := y.out(c, 0), y.out(c, 0)
		y.by(y.Accountant, propose(id, Proposal{Marks: []Mark{{"files.0", 0, 6}}, Ground: "unlawful", Reason: "附件有住址"}))
		y.by(y.Secretary, conceal(id))
		n, _, err := journal.StateOf[Notice](y.Ctx, y.DB, y.J.Book(), y.Code, id, journal.Now)
		if err != nil {
			t.Fatal(err)
		}
		if err := dropFiles(y.Ctx, y.DB, y.Code, y.files, n.Removed); err != nil {
			t.Fatal(err)
		}
		if _, err := y.files.Check(c.Files[0].Hash); err != nil {
			t.Errorf("the file of notice %d is gone: %v", other, err)
		}
	})
}

func TestCoveringTakesTwoAndIsKeptApart(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		draft := y.begin(y.Accountant, october(), 0)
		p := Proposal{Marks: []Mark{{"text", 0, 2}}, Ground: "unlawful", Reason: "误登"}
		y.As(y.Accountant)
		y.Refused(propose(draft, p)) // not published
		id := y.out(october(), 0)
		y.As(y.Secretary)
		y.Refused(conceal(id)) // nothing proposed
		for name, bad := range map[string]Proposal{
			"no such place": {Marks: []Mark{{"finance.lines.99.note", 0, 1}}, Ground: "unlawful", Reason: "误登"},
			"beyond":        {Marks: []Mark{{"text", 0, 999}}, Ground: "unlawful", Reason: "误登"},
			"turned":        {Marks: []Mark{{"text", 2, 1}}, Ground: "unlawful", Reason: "误登"},
			"no ground":     {Marks: p.Marks, Ground: "whim", Reason: "误登"},
			"no reason":     {Marks: p.Marks, Ground: "unlawful"},
			"nothing":       {Ground: "unlawful", Reason: "误登"},
			"a number":      {Marks: p.Marks, Ground: "unlawful", Reason: "电话13812345678"},
		} {
			if no := y.Refused(propose(id, bad)); no.Message == "" {
				t.Errorf("%s: %+v", name, no)
			}
		}
		y.by(y.Secretary, propose(id, p))
		y.Refused(propose(id, p)) // one at a time
		if no := y.Refused(conceal(id)); len(no.Verdicts) == 0 || no.Verdicts[0].Rule != "IC-01" {
			t.Errorf("decided by the proposer: %+v", no)
		}
		y.by(y.Director, conceal(id))
		y.Refused(conceal(id))
		if r := y.row(id); r.Covered == "" {
			t.Errorf("%+v", r)
		}
	})
}

// What is covered is in none of the database files when the decision is answered; while somebody reads an older state the answer
// says that it is not, and the clock makes it good.
func TestCoveredWordsLeaveTheFiles(t *testing.T) {
	for _, reading := range []bool{false, true} {
		y := newTown(t, dbtest.SQLite(t))
		path, err := db.One[string](y.Ctx, y.DB, `SELECT file FROM pragma_database_list WHERE name = 'main'`)
		if err != nil {
			t.Fatal(err)
		}
		tell := func() bool {
			var all []byte
			for _, suffix := range []string{"", "-wal"} {
				b, err := os.ReadFile(path + suffix)
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, b...)
			}
			return bytes.Contains(all, []byte("桂花巷"))
		}
		id := y.out(y.secretive(t), 0)
		y.by(y.Accountant, propose(id, Proposal{Marks: []Mark{{"text", 6, 15}, {"finance.lines.1.note", 0, 7}}, Ground: "unlawful", Reason: "误登了住址"}))
		page := fmt.Sprintf("/desk/disclosure/%d", id)
		chief := y.site.LogIn("sj", y.Secretary)
		decide := func() {
			seen := chief.Get(page + "/cover").Want(200).Hidden("seen")
			if !tell() {
				t.Fatal("the words are not in the files in the first place")
			}
			chief.Post(page+"/cover/decide", "seen", seen, "agree", "yes").Want(303)
		}
		if !reading {
			decide()
			chief.Get(page).Want(200, "已经遮盖").Not("没有抹净")
		} else {
			if err := y.DB.View(y.Ctx, func(tx *db.Tx) error {
				if _, err := db.One[int64](y.Ctx, tx, `SELECT COUNT(*) FROM disclosure_notice WHERE town = $1`, y.Code); err != nil {
					return err
				}
				decide()
				chief.Get(page).Want(200, "已经遮盖", "没有抹净", "自动再抹")
				if _, err := Scrub(y.Ctx, y.DB, y.Code, 0); err == nil {
					t.Error("scrubbed under a reader")
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			done, err := Scrub(y.Ctx, y.DB, y.Code, 0)
			if again, _ := Scrub(y.Ctx, y.DB, y.Code, done); err != nil || done == 0 || again != done {
				t.Errorf("scrubbed up to %d, then %d: %v", done, again, err)
			}
		}
		if tell() {
			t.Errorf("the files still tell it; read in between: %v", reading)
		}
	}
}

// A list of recipients is covered when its last day has passed: at once on the pages, and for good by the system's own act; the
// drafts stay as the village's record.
func TestAListEndsOnItsLastDay(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		c := Content{Subject: "village", Title: "临时救助名单", Aid: &Aid{Matter: "临时救助", Last: "2026-12-10", Masked: true,
			Rows: []Recipient{{Name: "芍＊＊", Group: "一组", Amount: 500_00}, {Name: "牡＊", Amount: 300_00}}}}
		id := y.out(c, 0)
		visitor := y.site.Visit()
		visitor.Get(fmt.Sprintf("/n/%d", id)).Want(200, "芍＊＊", "800.00", "2026年12月10日")
		y.Set("2026-12-10")
		if rows, err := Ended(y.Ctx, y.DB, y.Code, "2026-12-10", 10); err != nil || len(rows) != 0 {
			t.Fatalf("ended on its last day: %v %v", rows, err)
		}
		visitor.Get(fmt.Sprintf("/n/%d", id)).Want(200, "芍＊＊")
		y.Set("2026-12-11")
		for _, path := range []string{"/n/%d", "/n/%d/print", "/n/%d/sheet"} {
			visitor.Get(fmt.Sprintf(path, id)).Want(200).Not("芍＊＊")
		}
		rows, err := Ended(y.Ctx, y.DB, y.Code, "2026-12-11", 10)
		if err != nil || len(rows) != 1 {
			t.Fatalf("ended: %v %v", rows, err)
		}
		y.By = journal.By{System: true}
		y.Must(coverList(id))
		y.Refused(coverList(id))
		visitor.Get(fmt.Sprintf("/n/%d", id)).Want(200, "名单公开期满", "共 2 人").Not("芍＊＊")
		visitor.Get(fmt.Sprintf("/log/%s/act/%d.json", y.Code, rows[0].PublishAct)).Not("芍＊＊")
		if left, _ := db.One[int64](y.Ctx, y.DB, `SELECT COUNT(*) FROM journal_act WHERE town = $1 AND payload LIKE '%芍＊＊%'`, y.Code); left != 1 {
			t.Errorf("%d payloads tell the list, want the draft alone", left)
		}
	})
}

// The clock covers with every room that has a part in it, and each list once.
func TestTheClockCoversWithEveryRoom(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		told := map[string][]int64{}
		for _, room := range []string{"first", "second"} {
			y.pages.Put(Beside{Room: Room{Covered: func(_ context.Context, _ *journal.Writer, n Row, _ int64, on calendar.Date) error {
				told[room+string(on)] = append(told[room+string(on)], n.ID)
				return nil
			}}})
		}
		var ids []int64
		for _, title := range []string{"一组名单", "二组名单", "三组名单"} {
			ids = append(ids, y.out(Content{Subject: "village", Title: title, Aid: &Aid{Matter: "临时救助", Last: "2026-12-10", Masked: true, Rows: []Recipient{{Name: "芍＊＊", Amount: 1}}}}, 0))
		}
		y.Set("2026-12-11")
		for _, want := range []int{2, 3, 3} { // two in a round
			if err := y.pages.CoverEnded(y.Ctx, 2); err != nil {
				t.Fatal(err)
			}
			if first, second := told["first2026-12-11"], told["second2026-12-11"]; !slices.Equal(first, ids[:want]) || !slices.Equal(second, ids[:want]) {
				t.Errorf("told of %v and %v, want %v", first, second, ids[:want])
			}
		}
		y.site.Visit().Get(fmt.Sprintf("/n/%d", ids[2])).Want(200, "名单公开期满").Not("芍＊＊")
	})
}

// A covering that deletes an earlier one names what that one had named: outside, nothing is gone without a public word.
func TestALaterCoveringNamesWhatTheEarlierNamed(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		c := y.secretive(t)
		id := y.out(c, 0)
		publish := y.row(id).PublishAct
		y.by(y.Accountant, propose(id, Proposal{Marks: []Mark{{"files.0", 0, 6}}, Ground: "unlawful", Reason: "附件有住址"}))
		y.by(y.Secretary, conceal(id))
		first := y.row(id).ShownAct
		y.by(y.Accountant, propose(id, Proposal{Marks: []Mark{{"title", 0, 2}}, Ground: "unlawful", Reason: "标题有姓名"}))
		y.by(y.Secretary, conceal(id))
		named, ok := Deleted(KindRedact.Name, y.body(y.row(id).ShownAct))
		if !ok || !slices.Contains(named, first) || !slices.Contains(named, publish) || !slices.IsSorted(named) {
			t.Errorf("it names %v, not %d and %d", named, first, publish)
		}
		y.Sound()
	})
}
