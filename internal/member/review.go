package member

import (
	"context"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/law"
	"cunju/internal/law/branch"
	"cunju/internal/org"
)

// Setup is what the rules on setting up Party organisations say about one of them.
type Setup struct {
	Unit     int64
	Name     string
	Full     int64 // full members, in it and below
	All      int64 // all members, in it and below
	Verdicts []law.Verdict
}

// Review asks PO-01, PO-02 and PO-04 about every Party organisation as it stood at the end of a day and returns those about
// which a rule warns or would refuse, in order of establishment. It is asked after an import and after a restructuring.
func Review(ctx context.Context, q db.Querier, town string, on calendar.Date) ([]Setup, error) {
	units, err := org.Tree(ctx, q, town, org.Party, on)
	if err != nil {
		return nil, err
	}
	local, err := org.Settings(ctx, q, town)
	if err != nil {
		return nil, err
	}
	sizes, err := sizes(ctx, q, town, on)
	if err != nil {
		return nil, err
	}
	committees, err := committees(ctx, q, town, on)
	if err != nil {
		return nil, err
	}
	total := rollUp(units, sizes)
	var out []Setup
	for _, u := range units {
		s := Setup{Unit: u.ID, Name: u.Name, Full: total[u.ID].full, All: total[u.ID].full + total[u.ID].probationary}
		for _, v := range setupVerdicts(u.Kind, s, committees[u.ID], on, local.For(u.ID)) {
			if v.Outcome == law.Warn || v.Outcome == law.Refuse {
				s.Verdicts = append(s.Verdicts, v)
			}
		}
		if s.Verdicts != nil {
			out = append(out, s)
		}
	}
	return out, nil
}

// setupVerdicts asks the rules that speak about a kind of unit. That an organisation stands in the record says that its
// superior approved it: it is the superior's act.
func setupVerdicts(kind string, s Setup, committee int64, on calendar.Date, local law.Settings) []law.Verdict {
	switch kind {
	case "party-branch", "party-joint-branch":
		lead := branch.Lead{Full: law.Some(s.Full), Size: law.Some(committee), Deputies: law.Some[int64](0)}
		if s.Full < 7 { // no committee: whoever stands beside the secretary is his deputy
			lead.Size, lead.Deputies = law.Some[int64](0), law.Some(max(committee-1, 0))
		}
		return []law.Verdict{branch.Members.Judge(branch.Size{Full: law.Some(s.Full), Members: law.Some(s.All)}, on, local),
			branch.Committee.Judge(lead, on, local)}
	case "party-general-branch":
		return []law.Verdict{branch.Higher.Judge(branch.Raise{Rank: branch.GeneralBranch, Members: law.Some(s.All), Approved: law.Some(true)}, on, local)}
	case "party-committee":
		return []law.Verdict{branch.Higher.Judge(branch.Raise{Rank: branch.PartyCommittee, Members: law.Some(s.All), Approved: law.Some(true)}, on, local)}
	}
	return nil
}

type size struct{ full, probationary int64 }

// rollUp sums the sizes of branches up the tree; parents stand before children or after, so each branch walks its own way up.
func rollUp(units []org.UnitRow, sizes map[int64]size) map[int64]size {
	parent := map[int64]int64{}
	for _, u := range units {
		parent[u.ID] = u.Parent
	}
	total := map[int64]size{}
	for id, s := range sizes {
		for up, ok := id, true; ok && up >= 0; up, ok = parent[up] {
			t := total[up]
			total[up] = size{t.full + s.full, t.probationary + s.probationary}
		}
	}
	return total
}

// sizes reads every branch's heads from the ledger as of the end of a day.
func sizes(ctx context.Context, q db.Querier, town string, on calendar.Date) (map[int64]size, error) {
	out := map[int64]size{}
	err := db.Each(ctx, q, `SELECT owner, account, CAST(SUM(amount) AS BIGINT) FROM (
			SELECT owner, account, amount FROM ledger_year WHERE town = $1 AND commodity = $2 AND year < $3
			UNION ALL SELECT owner, account, amount FROM ledger_line WHERE town = $1 AND commodity = $2 AND effective >= $4 AND effective <= $5) s
		GROUP BY owner, account`, func(r struct {
		Owner   int64
		Account string
		N       int64
	}) error {
		s := out[r.Owner]
		switch {
		case strings.HasSuffix(r.Account, "/party/"+string(Full)):
			s.full += r.N
		case strings.HasSuffix(r.Account, "/party/"+string(Probationary)):
			s.probationary += r.N
		default:
			return nil
		}
		out[r.Owner] = s
		return nil
	}, town, Head, int64(on.Year()), string(calendar.Of(on.Year(), 1, 1)), string(on))
	return out, err
}

// committees counts who sits on each branch's committee, its secretary included.
func committees(ctx context.Context, q db.Querier, town string, on calendar.Date) (map[int64]int64, error) {
	out := map[int64]int64{}
	err := db.Each(ctx, q, `SELECT unit, count(*) FROM org_office WHERE town = $1 AND from_day <= $2 AND to_day > $2
		AND role IN ('branch-secretary', 'branch-organiser', 'branch-member') GROUP BY unit`, func(r struct{ Unit, N int64 }) error {
		out[r.Unit] = r.N
		return nil
	}, town, string(on))
	return out, err
}
