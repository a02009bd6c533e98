package main

import (
	"archive/zip"
	"io"
	"math"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cunju/demo"
)

func fen(t *testing.T, s string) int64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return int64(math.Round(v * 100))
}

// TestFinanceTables: every table opens with the closing balance before it, adds
// up, and spells each amount as it is written in figures.
func TestFinanceTables(t *testing.T) {
	tables := 0
	chains := map[int64][]*period{}
	for _, c := range coops {
		chains[c.opening] = coopQuarters(c.place, c.slug)
	}
	for _, p := range places {
		chains[openingFen[p.Name]] = periodsOf(p)
	}
	for balance, chain := range chains {
		for _, v := range chain {
			tables++
			name := "finance/" + v.Slug + ".xlsx"
			if v.Slug == "dujiang-2025-06" {
				name = "finance/" + v.Slug + ".csv"
			}
			rows := table(t, name, "序号")
			if n := len(rows); n < 9 || n > 24 {
				t.Errorf("%s has %d rows", name, n)
			}
			sum := map[string]int64{}
			for i, r := range rows {
				item, figure := r["收支项目"]+r["项目"], fen(t, r["金额(小写)"]+r["金额(元)"])
				if capital(figure) != r["金额(大写)"] {
					t.Errorf("%s %s: %d fen is spelt %s", name, item, figure, r["金额(大写)"])
				}
				switch {
				case i == 0:
					if figure != balance {
						t.Errorf("%s opens with %d, not %d", name, figure, balance)
					}
				case strings.HasSuffix(item, "收入合计"):
					if figure != sum[income] {
						t.Errorf("%s: income %d", name, figure)
					}
				case strings.HasSuffix(item, "支出合计"):
					if figure != sum[expense] {
						t.Errorf("%s: expense %d", name, figure)
					}
				case strings.HasSuffix(item, "余额"):
					balance += sum[income] - sum[expense]
					if figure != balance || figure < 0 {
						t.Errorf("%s closes with %d, not %d", name, figure, balance)
					}
				default:
					sum[r["收支类别"]] += figure
				}
			}
		}
	}
	if tables != 69 {
		t.Errorf("%d tables", tables)
	}
}

// TestYunxiao holds the published rows against the published rule and totals.
func TestYunxiao(t *testing.T) {
	rows := table(t, "finance/yunxiao-2017.xlsx", "序号")
	n := func(r map[string]string, h string) int {
		v, err := strconv.Atoi(r[h])
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, r := range rows {
		sum := n(r, "分配金额(万元)")
		if sum != 4*n(r, "行政村(个)")+4*n(r, "社区(个)")+n(r, "其中贫困村(个)") || n(r, "金额(小写)") != sum*10000 {
			t.Errorf("%v", r)
		}
	}
	last := rows[len(rows)-1]
	if len(rows) != 12 || n(last, "分配金额(万元)") != 824 || n(last, "行政村(个)") != 171 || n(last, "社区(个)") != 25 || n(last, "其中贫困村(个)") != 40 {
		t.Errorf("%v", last)
	}
}

// grouped reads a roster with a header of two rows.
func grouped(t *testing.T, name string) []map[string]string {
	t.Helper()
	var out []map[string]string
	for _, r := range table(t, name, "姓名") {
		r["序号"] = r[""]
		out = append(out, r)
	}
	return out
}

// TestDamagedRoster: exactly the twelve listed cells differ from the repaired
// roster, which holds no fault and no number that is used elsewhere.
func TestDamagedRoster(t *testing.T) {
	facts, err := demo.LoadFacts()
	if err != nil {
		t.Fatal(err)
	}
	bad, good := grouped(t, "damaged-roster.xlsx"), grouped(t, "repaired-roster.xlsx")
	used := map[string]bool{}
	for _, f := range []string{"roster.xlsx", "arrivals.xlsx"} {
		for _, r := range table(t, f, "序号") {
			used[r["公民身份号码"]] = true
		}
	}
	found := 0
	for i, g := range good {
		checkPerson(t, g)
		if used[g["公民身份号码"]] || years(g["出生日期"], g["入党日期"]) < 18 || g["转正日期"] != "" && g["转正日期"] < addMonths(g["入党日期"], 12) || (g["转正日期"] == "") != (g["人员类别"] == "预备党员") {
			t.Errorf("repaired row %d: %v", i, g)
		}
		used[g["公民身份号码"]] = true
		for col, h := range headRoster {
			if bad[i][h] == g[h] {
				continue
			}
			found++
			at := cell(col+1, damagedStart+i)
			if !slices.ContainsFunc(facts.Damaged, func(d demo.Damaged) bool { return d.Cell == at && d.Given == bad[i][h] && d.Repaired == g[h] }) {
				t.Errorf("%s (%s) is %q, repaired %q, and not listed", at, h, bad[i][h], g[h])
			}
		}
	}
	if len(good) != 40 || len(bad) != 40 || found != 12 || len(facts.Damaged) != 12 {
		t.Errorf("%d and %d rows, %d damaged cells, %d listed", len(good), len(bad), found, len(facts.Damaged))
	}
}

// TestFloatingNumberIsANumber: the first damaged cell is a number in the file,
// not a text that looks like one.
func TestFloatingNumberIsANumber(t *testing.T) {
	z, err := zip.OpenReader(filepath.Join(committed, "damaged-roster.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`<c r="D6"( s="\d+")?><v>3\.21\d\d\dE\+17</v>`).Match(raw) {
		t.Error("D6 is not stored as a number")
	}
}

// TestEvents: nobody checks or approves his own draft, days run forward, every
// notice that was taken down had stayed up fifteen days, one came late, one is
// unfinished.
func TestEvents(t *testing.T) {
	events, err := demo.LoadEvents()
	if err != nil {
		t.Fatal(err)
	}
	late, open := 0, 0
	for _, n := range events.Notices {
		last := ""
		steps := []*demo.Step{n.Drafted, n.Checked, n.Approved, n.Published, n.TakenDown}
		for i, s := range steps {
			if s == nil {
				for _, later := range steps[i:] {
					if later != nil {
						t.Errorf("%s skips a step", n.Title)
					}
				}
				break
			}
			if s.On <= last || s.On > today {
				t.Errorf("%s: step on %s after %s", n.Title, s.On, last)
			}
			last = s.On
		}
		if n.Checked == nil {
			open++
			continue
		}
		if n.Checked.ID == n.Drafted.ID || n.Approved.ID == n.Drafted.ID || n.Checked.ID == n.Approved.ID {
			t.Errorf("%s is checked or approved by its author", n.Title)
		}
		if n.TakenDown != nil && n.TakenDown.On < addDays(n.Published.On, 16) {
			t.Errorf("%s was up from %s to %s", n.Title, n.Published.On, n.TakenDown.On)
		}
		if n.File != "" {
			onTime := n.Published.On <= addMonths(addDays(n.To, 1), 1)
			if onTime != (n.Late == "") {
				t.Errorf("%s published on %s, late=%q", n.Title, n.Published.On, n.Late)
			}
			if !onTime {
				late++
			}
			if _, err := demo.Read(n.File); err != nil {
				t.Error(err)
			}
		} else if len(n.Body) == 0 || slices.ContainsFunc(n.Body, regexp.MustCompile(`\d{17}[\dX]`).MatchString) {
			t.Errorf("%s is empty or shows a citizen's number", n.Title)
		}
	}
	if late != 1 || open != 1 || len(events.Notices) != 92 {
		t.Errorf("%d late, %d unfinished, %d notices", late, open, len(events.Notices))
	}
}

// TestFacts holds facts.yaml against the files.
func TestFacts(t *testing.T) {
	f, err := demo.LoadFacts()
	if err != nil {
		t.Fatal(err)
	}
	if f.Town.Members != 2143 || f.Town.Households != 6000 || f.Arrivals.Count != 42 || f.Clearing.Households != 97 || len(f.Market.Members) != 10 || len(f.Market.Running) != 7 {
		t.Errorf("%+v %+v %+v", f.Town, f.Arrivals, f.Market)
	}
	holds := map[string]bool{}
	for _, o := range table(t, "offices.xlsx", "序号") {
		if o["离任日期"] == "" {
			holds[o["公民身份号码"]+o["单位"]+o["职务"]] = true
		}
	}
	for _, l := range f.Logins {
		if l.Office != "" && !holds[l.ID+l.Unit+l.Office] {
			t.Errorf("%s does not hold %s of %s", l.Login, l.Office, l.Unit)
		}
	}
	if len(f.Logins) != 14 {
		t.Errorf("%d log-ins", len(f.Logins))
	}
}
