package posting

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cunju/internal/calendar"
)

var stay = Stay{Posted: "2026-09-25", Last: "2026-10-10"}

func saw(day calendar.Date, w Witness, a Answer, at int64) Word {
	return Word{Day: day, At: at, Witness: w, Answer: a}
}

// everyDay are the days from one to another, as one witness saw them.
func everyDay(from, to calendar.Date, w Witness) (out []Word) {
	for d := from; d <= to; d = d.AddDays(1) {
		out = append(out, saw(d, w, There, 1))
	}
	return out
}

func TestReports(t *testing.T) {
	whole := everyDay("2026-09-25", "2026-10-10", Villager)
	without := func(words []Word, days ...calendar.Date) []Word {
		return slices.DeleteFunc(slices.Clone(words), func(w Word) bool { return slices.Contains(days, w.Day) })
	}
	for _, c := range []struct {
		name  string
		stay  Stay
		words []Word
		today calendar.Date
		want  string
	}{
		{"every day", stay, whole, "2026-11-23", "应贴 15 天，有 15 天有人在现场核实，一天不缺。"},
		{"two days missed", stay, without(whole, "2026-10-03", "2026-10-04"), "2026-11-23", "应贴 15 天，有 13 天有人在现场核实，缺 2 天：10月3日、10月4日。"},
		{"a stretch missed", stay, without(whole, "2026-10-03", "2026-10-04", "2026-10-05"), "2026-11-23", "应贴 15 天，有 12 天有人在现场核实，缺 3 天：10月3日至10月5日。"},
		{"nobody came", stay, nil, "2026-11-23", "应贴 15 天，有 0 天有人在现场核实，缺 15 天：9月26日至10月10日。"},
		{"under way", stay, everyDay("2026-09-26", "2026-09-28", Supervisor), "2026-10-01", "应贴 15 天，已过 5 天，其中有 3 天有人在现场核实，缺 2 天：9月29日、9月30日。"},
		{"today is not over", stay, nil, "2026-09-26", "应贴 15 天，刚刚开始，还没有满一天。"},
		{"today is seen", stay, []Word{saw("2026-09-26", Scan, There, 1)}, "2026-09-26", "应贴 15 天，已过 1 天，其中有 1 天有人在现场核实，一天不缺。"},
		{"the net is not the board", stay, everyDay("2026-09-25", "2026-10-10", Online), "2026-11-23", "应贴 15 天，有 0 天有人在现场核实，缺 15 天：9月26日至10月10日。"},
		{"the office's own word", stay, everyDay("2026-09-25", "2026-10-10", Office), "2026-11-23", "应贴 15 天，有 0 天有人在现场核实，缺 15 天：9月26日至10月10日。"},
		{"taken down early", Stay{"2026-09-25", "2026-10-10", "2026-10-08"}, everyDay("2026-09-25", "2026-10-07", Paper), "2026-11-23", "应贴 15 天，有 12 天有人在现场核实，缺 3 天：10月8日至10月10日。"},
		{"no days by law", Stay{Posted: "2026-09-25"}, whole, "2026-11-23", "这类公示没有法定张贴天数；2026年9月25日贴上以来，有 16 天有人在现场核实。"},
		{"not posted", Stay{}, whole, "2026-11-23", "还没有登记贴上公开栏。"},
	} {
		if got := Reckon(c.stay, c.words, c.today).Sentence(); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestWhatDecidesADay(t *testing.T) {
	const day calendar.Date = "2026-10-03"
	for _, c := range []struct {
		name  string
		words []Word
		want  Standing
		split bool
	}{
		{"nobody", nil, Missed, false},
		{"a supervisor", []Word{saw(day, Supervisor, There, 1)}, Proven, false},
		{"a scan", []Word{saw(day, Scan, There, 1)}, Proven, false},
		{"a paper", []Word{saw(day, Paper, There, 9)}, Proven, false},
		{"gone", []Word{saw(day, Villager, Gone, 1)}, Absent, false},
		{"another sheet", []Word{saw(day, Supervisor, Differs, 1)}, Absent, false},
		{"gone in the morning, back at night", []Word{saw(day, Villager, Gone, 1), saw(day, Supervisor, There, 2)}, Proven, true},
		{"there in the morning, gone at night", []Word{saw(day, Supervisor, There, 1), saw(day, Villager, Gone, 2)}, Absent, true},
		{"a scan does not outweigh a villager", []Word{saw(day, Villager, There, 1), saw(day, Scan, Gone, 2)}, Proven, true},
		{"a paper entered later does not undo what was seen", []Word{saw(day, Villager, Gone, 1), saw(day, Paper, There, 99)}, Absent, true},
		{"the office against itself", []Word{saw(day, Office, Gone, 1), saw(day, Scan, There, 2)}, Absent, true},
		{"the office for itself", []Word{saw(day, Office, There, 1)}, Missed, false},
	} {
		r := Reckon(stay, c.words, "2026-11-23")
		i := slices.IndexFunc(r.Days, func(d Day) bool { return d.Date == day })
		if d := r.Days[i]; d.Standing != c.want || len(d.Words) > 0 && d.Split() != c.split {
			t.Errorf("%s: %s, split %v", c.name, d.Standing, len(d.Words) > 0 && d.Split())
		}
	}
}

// Whatever was said when, every required day that is over is either proven by a word of that very day or a gap, and the sums
// are those of the days.
func TestEveryDayIsProvenOrAGap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := calendar.Date("2026-09-01")
		s := Stay{Posted: base.AddDays(rapid.IntRange(0, 20).Draw(t, "posted"))}
		if rapid.Bool().Draw(t, "term") {
			s.Last = s.Posted.AddDays(rapid.IntRange(1, 40).Draw(t, "days"))
		}
		if rapid.Bool().Draw(t, "down") {
			s.TakenDown = s.Posted.AddDays(rapid.IntRange(0, 60).Draw(t, "after"))
		}
		today := s.Posted.AddDays(rapid.IntRange(0, 80).Draw(t, "today"))
		words := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Word {
			return saw(base.AddDays(rapid.IntRange(-5, 100).Draw(t, "day")),
				rapid.SampledFrom([]Witness{Supervisor, Villager, Scan, Office, Paper, Online}).Draw(t, "who"),
				rapid.SampledFrom([]Answer{There, Gone, Differs}).Draw(t, "answer"), rapid.Int64Range(0, 5).Draw(t, "at"))
		}), 0, 60).Draw(t, "words")
		words = slices.DeleteFunc(words, func(w Word) bool { return w.Day > today })

		r := Reckon(s, words, today)
		proven, gaps, seen := 0, 0, map[calendar.Date]bool{}
		for _, d := range r.Days {
			if seen[d.Date] {
				t.Fatalf("%s twice", d.Date)
			}
			seen[d.Date] = true
			for _, w := range d.Words {
				if w.Day != d.Date {
					t.Fatalf("%s is decided by a word of %s", d.Date, w.Day)
				}
			}
			if d.Standing == Proven && (len(d.Words) == 0 || d.Words[0].Answer != There || d.Words[0].Witness == Office || d.Words[0].Witness == Online) {
				t.Fatalf("%s is proven by %+v", d.Date, d.Words)
			}
			if !d.Required {
				continue
			}
			gap := slices.Contains(r.Gaps, d.Date)
			if d.Date < today && gap == (d.Standing == Proven) {
				t.Fatalf("%s is %s and a gap: %v", d.Date, d.Standing, gap)
			}
			if d.Standing == Proven {
				proven++
			}
			if gap {
				gaps++
			}
		}
		if r.Proven != proven || len(r.Gaps) != gaps || r.Over != proven+gaps {
			t.Fatalf("sums %d %d %d, days %d %d", r.Proven, len(r.Gaps), r.Over, proven, gaps)
		}
		if s.Last != "" && r.Required != calendar.Days(s.Posted, s.Last) {
			t.Fatalf("%d days required", r.Required)
		}
		if sum := Total([]Report{r, r}); sum.Proven != 2*proven || sum.Gaps != 2*gaps {
			t.Fatalf("%+v", sum)
		}
		if strings.Contains(r.Sentence(), "%!") {
			t.Fatal(r.Sentence())
		}
	})
}
