package member_test

import (
	"context"
	"os"
	"testing"

	"gopkg.in/yaml.v3"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
	"cunju/internal/ledger"
	"cunju/internal/member"
)

// published are figures that two publications give independently of each other.
type published struct {
	Members struct {
		End int64 `yaml:"end_2024"`
		Net int64 `yaml:"net_2024"`
	} `yaml:"members"`
	Organisations map[int]int64 `yaml:"organisations"`
	Net           map[int]int64 `yaml:"organisations_net"`
	Admitted      struct {
		Both  int64 `yaml:"from_2020_to_2021_06_05"`
		Half  int64 `yaml:"from_2021_to_06_05"`
		Whole int64 `yaml:"in_2021"`
		More  int64 `yaml:"more_than_in_2020"`
	} `yaml:"admitted"`
}

// lot is a movement of many heads at once, as a yearly table gives it.
type lot struct {
	From   string `json:"from"`
	To     string `json:"to"`
	What   string `json:"what"`
	Amount int64  `json:"amount"`
}

var kindLot = journal.Kind[lot]{Name: "test.lot/1", Title: "年报数"}

func lots() journal.Slice {
	type state struct{ life journal.Span }
	return journal.Slice{Name: "test", Version: 1, Types: []*journal.Type{journal.Define(journal.Entity[state]{Name: "test.lot",
		Folds: []journal.Fold[state]{journal.Creates(kindLot, func(s *state, st *journal.Step, b *lot) error {
			s.life = journal.Span{From: st.Effective, To: calendar.Forever}
			st.Move(b.From, b.To, b.What, b.Amount)
			return nil
		})},
		Print: func(_ int64, s *state) journal.Print { return journal.Print{Life: s.life} }})}}
}

// The published totals, movements and year-on-year differences agree when they are posted to the accounts that memberships use.
func TestPublishedStatisticsReconcile(t *testing.T) {
	raw, err := os.ReadFile("testdata/party-statistics.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var p published
	if err := yaml.Unmarshal(raw, &p); err != nil {
		t.Fatal(err)
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := journaltest.New(t, d, lots())
		post := func(on calendar.Date, from, to, what string, amount int64) {
			y.Must(func(ctx context.Context, w *journal.Writer) error {
				_, err := journal.Add(ctx, w, kindLot, on, nil, lot{from, to, what, amount})
				return err
			})
		}
		balance := func(what, account string, on calendar.Date) int64 {
			n, err := ledger.Balance(y.Ctx, y.DB, y.Code, what, account, on)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		in := func(account string, after, until calendar.Date) (n int64) {
			moves, err := ledger.Movements(y.Ctx, y.DB, y.Code, member.Head, account, after, until)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range moves {
				if m.Contra == string(member.Admitted) {
					n += m.In
				}
			}
			return n
		}
		full, probation := member.Account(1, member.Full), member.Account(1, member.Probationary)

		// Admissions of 2020 follow from one publication; the other one checks them.
		post("2020-07-01", string(member.Admitted), probation, member.Head, p.Admitted.Both-p.Admitted.Half)
		post("2021-06-05", string(member.Admitted), probation, member.Head, p.Admitted.Half)
		post("2021-12-31", string(member.Admitted), probation, member.Head, p.Admitted.Whole-p.Admitted.Half)
		of2020, of2021 := in(probation, "2019-12-31", "2020-12-31"), in(probation, "2020-12-31", "2021-12-31")
		if of2021-of2020 != p.Admitted.More || of2021 != p.Admitted.Whole || of2020 != 2427 {
			t.Errorf("admitted in 2020 %d, in 2021 %d: %d more, published %d", of2020, of2021, of2021-of2020, p.Admitted.More)
		}
		if got := in(probation, "2019-12-31", "2021-06-05"); got != p.Admitted.Both {
			t.Errorf("admitted up to 5 June 2021: %d, published %d", got, p.Admitted.Both)
		}

		// Opening and net increase give the published closing total.
		post("2023-12-31", string(member.Opening), full, member.Head, p.Members.End-p.Members.Net-balance(member.Head, "1/party", "2023-12-31"))
		post("2024-06-30", string(member.Admitted), full, member.Head, p.Members.Net)
		if a, b := balance(member.Head, "1/party", "2023-12-31"), balance(member.Head, "1/party", "2024-12-31"); a+p.Members.Net != b || b != p.Members.End {
			t.Errorf("members %d + %d = %d, published %d", a, p.Members.Net, b, p.Members.End)
		}

		// The chain of organisations over four years.
		post("2021-12-31", "world/opening", "1/organisations", "unit", p.Organisations[2021])
		for year := 2022; year <= 2024; year++ {
			post(calendar.Of(year, 6, 30), "world/set-up", "1/organisations", "unit", p.Net[year])
			if got := balance("unit", "1/organisations", calendar.Of(year, 12, 31)); got != p.Organisations[year] {
				t.Errorf("organisations at the end of %d: %d, published %d", year, got, p.Organisations[year])
			}
		}
		y.Sound()
	})
}
