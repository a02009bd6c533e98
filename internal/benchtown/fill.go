package benchtown

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/member"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/people/keyring"
)

// The shape of the town.
const (
	committees = 25
	generals   = 20 // general branches a committee
	branches   = 20 // branches a general branch
	code       = "321002003"
	batch      = 10_000 // members a request
)

// town is the filled town.
type town struct {
	db, keys *db.DB
	journal  *journal.Journal
	vault    people.Vault
	street   int64
	large    []int64 // committees
	middle   []int64
	small    []int64 // branches
	members  int
}

func open(ctx context.Context, dir string) (*town, error) {
	t := &town{}
	var err error
	if t.db, err = db.Open(ctx, "sqlite:"+filepath.Join(dir, "town.db")); err != nil {
		return nil, err
	}
	if t.keys, err = db.Open(ctx, "sqlite:"+filepath.Join(dir, "keys.db")); err != nil {
		return nil, err
	}
	master, err := keyring.LoadMaster(dir, true)
	if err != nil {
		return nil, err
	}
	ring, err := keyring.Open(ctx, t.keys, master)
	if err != nil {
		return nil, err
	}
	t.vault = people.Vault{Ring: ring, Town: code}
	book, err := journal.NewBook(org.Slice(), people.Slice(), member.Slice())
	if err != nil {
		return nil, err
	}
	if t.journal, err = journal.Open(ctx, t.db, book, journal.Options{}); err != nil {
		return nil, err
	}
	return t, t.journal.Found(ctx, code, "bench.example/town")
}

func (t *town) close() {
	t.journal.Close()
	t.db.Close()
	t.keys.Close()
}

func (t *town) record(ctx context.Context, do func(context.Context, *journal.Writer) error) error {
	_, err := t.journal.Record(ctx, code, journal.Request{By: journal.By{System: true}, Decide: do})
	return err
}

// fill builds the tree and members, with four spans each: entered, moved twice, and made full members.
func (t *town) fill(ctx context.Context, members int) error {
	t.members = members
	if err := t.record(ctx, t.tree); err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(1, 2))
	for done := 0; done < members; done += batch {
		n := min(batch, members-done)
		list := make([]people.Details, n)
		for i := range list {
			list[i] = people.Details{Name: name(r), Sex: "男", Birth: "1950-01-01", Ethnicity: "汉族"}
		}
		enrols, err := t.vault.Enrolments(ctx, list)
		if err != nil {
			return err
		}
		if err := t.record(ctx, func(ctx context.Context, w *journal.Writer) error {
			for i, e := range enrols {
				if err := t.life(ctx, w, r, e, (done+i)*len(t.small)/members); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// life records one member's four spans. Most people move to where they know somebody: all are in branches near home.
func (t *town) life(ctx context.Context, w *journal.Writer, r *rand.Rand, e people.Enrol, home int) error {
	near := t.small[home/branches*branches:][:branches]
	at := func(shift int) int64 { return near[(home+shift)%branches] }
	first := 1 + r.IntN(branches-2)
	from := calendar.Of(2015+r.IntN(5), 1+r.IntN(12), 1+r.IntN(28))
	person, err := journal.Add(ctx, w, people.KindEnrol, from, nil, e)
	if err != nil {
		return err
	}
	id, err := journal.Add(ctx, w, member.KindEnter, from, nil, member.Enter{Person: person, Branch: at(first), Category: member.Probationary, How: member.Admitted, Admitted: from})
	if err != nil {
		return err
	}
	on := []int64{id}
	if _, err = journal.Add(ctx, w, member.KindFull, from.AddYears(1), on, member.TurnFull{}); err != nil {
		return err
	}
	if _, err = journal.Add(ctx, w, member.KindMove, from.AddYears(3), on, member.Move{Branch: at(first + 1)}); err != nil {
		return err
	}
	_, err = journal.Add(ctx, w, member.KindMove, from.AddYears(5), on, member.Move{Branch: at(0)})
	return err
}

func (t *town) tree(ctx context.Context, w *journal.Writer) error {
	const since = calendar.Date("2000-01-01")
	unit := func(kind, name string, line org.Line, parent int64) (int64, error) {
		e := org.Establish{Kind: kind, Name: name}
		if parent >= 0 {
			e.Parents = map[org.Line]int64{line: parent}
		}
		return journal.Add(ctx, w, org.KindEstablish, since, nil, e)
	}
	street, err := unit("party-working-committee", "街道党工委", org.Party, -1)
	t.street = street
	for c := 0; c < committees && err == nil; c++ {
		var committee int64
		if committee, err = unit("party-committee", fmt.Sprintf("第%d党委", c+1), org.Party, street); err != nil {
			break
		}
		t.large = append(t.large, committee)
		for g := 0; g < generals && err == nil; g++ {
			var general int64
			if general, err = unit("party-general-branch", fmt.Sprintf("第%d党委第%d总支", c+1, g+1), org.Party, committee); err != nil {
				break
			}
			t.middle = append(t.middle, general)
			for b := 0; b < branches && err == nil; b++ {
				var branch int64
				branch, err = unit("party-branch", fmt.Sprintf("第%d党委第%d总支第%d支部", c+1, g+1, b+1), org.Party, general)
				t.small = append(t.small, branch)
			}
		}
	}
	return err
}

var (
	surnames = []rune("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤")
	given    = []rune("伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉建国华玲红志斌鑫宇浩凯健俊帆雪雷婷玉萍梅琳云峰庆春阳")
)

func name(r *rand.Rand) string {
	s := []rune{surnames[r.IntN(len(surnames))], given[r.IntN(len(given))]}
	if r.IntN(4) > 0 {
		s = append(s, given[r.IntN(len(given))])
	}
	return string(s)
}
