package membertest

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
	"cunju/internal/member"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/people/keyring"
)

// Founded is the day on which the units were set up, Seated the day on which the offices were taken.
const (
	Founded calendar.Date = "2003-06-18"
	Seated  calendar.Date = "2025-12-20"
)

// Town is a town with the spine's slices, units, persons and offices.
type Town struct {
	*journaltest.Town
	Vault people.Vault

	Street, TownOffice, Village, Committee, Supervision, Collective int64
	Working, General, First, Second                                 int64 // Party working committee, general branch, its two branches
	Clerk, Secretary, Director, Watch, Accountant                   int64 // persons

	serial int
}

// Bare is a town with nothing in it but slices and a keyring, for tests that bring their own units.
func Bare(t testing.TB, d *db.DB, more ...journal.Slice) *Town {
	t.Helper()
	y := &Town{Town: journaltest.New(t, d, append([]journal.Slice{org.Slice(), people.Slice(), member.Slice()}, more...)...)}
	member.Guards(y.J.Book())
	y.Also(member.Audit)
	keys, err := db.Open(y.Ctx, "sqlite:"+filepath.Join(t.TempDir(), "keys.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { keys.Close() })
	ring, err := keyring.Open(y.Ctx, keys, keyring.Master{1, 2, 3})
	if err != nil {
		t.Fatal(err)
	}
	y.Vault = people.Vault{Ring: ring, Town: y.Code}
	return y
}

// New furnishes a town in a fresh database. Slices of the second floor come as more.
func New(t testing.TB, d *db.DB, more ...journal.Slice) *Town {
	t.Helper()
	y := Bare(t, d, more...)
	y.units()
	y.persons()
	return y
}

func (y *Town) units() {
	area := func(p int64) map[org.Line]int64 { return map[org.Line]int64{org.Area: p} }
	party := func(p int64) map[org.Line]int64 { return map[org.Line]int64{org.Party: p} }
	y.Street = y.Unit("town", "文峰街道", "", nil)
	y.TownOffice = y.Unit("town-office", "文峰街道办事处", "", area(y.Street))
	y.Village = y.Unit("village", "文峰村", "", area(y.Street))
	y.Committee = y.Unit("villagers-committee", "文峰村村民委员会", "文峰村村委会", area(y.Village))
	y.Supervision = y.Unit("supervision-committee", "文峰村村务监督委员会", "文峰村监委会", area(y.Village))
	y.Collective = y.Unit("collective", "文峰村股份经济合作社", "文峰村合作社", map[org.Line]int64{org.Collective: y.Village, org.Area: y.Village})
	y.Working = y.Unit("party-working-committee", "中共文峰街道工作委员会", "文峰街道党工委", area(y.Street))
	y.General = y.Unit("party-general-branch", "中共文峰街道文峰村总支部委员会", "文峰村党总支", map[org.Line]int64{org.Party: y.Working, org.Area: y.Village})
	y.First = y.Unit("party-branch", "中共文峰街道文峰村第一支部委员会", "文峰村第一党支部", party(y.General))
	y.Second = y.Unit("party-branch", "中共文峰街道文峰村第二支部委员会", "文峰村第二党支部", party(y.General))
}

func (y *Town) persons() {
	y.Clerk = y.Person("陈晓梅", "女", "1989-08-21")
	y.Secretary = y.Person("王建国", "男", "1970-10-09")
	y.Director = y.Person("李志强", "男", "1976-01-26")
	y.Watch = y.Person("朱明亮", "男", "1964-04-05")
	y.Accountant = y.Person("徐海燕", "女", "1982-06-22")
	y.Office(y.TownOffice, "street-clerk", y.Clerk, Seated)
	y.Office(y.General, "general-branch-secretary", y.Secretary, Seated)
	y.Office(y.Committee, "village-director", y.Director, Seated)
	y.Office(y.Supervision, "supervision-head", y.Watch, Seated)
	y.Office(y.Collective, "accountant", y.Accountant, Seated)
}

// Unit sets up a unit.
func (y *Town) Unit(kind, name, short string, parents map[org.Line]int64) int64 {
	y.Helper()
	return y.Must(func(ctx context.Context, w *journal.Writer) error {
		_, err := org.SetUp(ctx, w, org.Establish{Kind: kind, Name: name, Short: short, Parents: parents}, Founded)
		return err
	})
}

// Person registers a person with a made-up number and telephone.
func (y *Town) Person(name, sex string, birth calendar.Date) int64 {
	y.Helper()
	y.serial++
	list, err := y.Vault.Enrolments(y.Ctx, []people.Details{{Name: name, Sex: sex, Birth: birth, IDNumber: IDNumber(birth, sex, y.serial),
		Phone: fmt.Sprintf("199%08d", y.serial), Address: fmt.Sprintf("文峰村%d组%d号", y.serial%12+1, y.serial)}})
	if err != nil {
		y.Fatal(err)
	}
	return y.Must(func(ctx context.Context, w *journal.Writer) error {
		_, err := people.Register(ctx, w, list[0], Founded)
		return err
	})
}

// Number is the identity number of a person.
func (y *Town) Number(person int64) string {
	y.Helper()
	p, err := people.Find(y.Ctx, y.DB, y.Code, person)
	if err != nil {
		y.Fatal(err)
	}
	number, err := y.Vault.Ring.Open(y.Ctx, y.Code, keyring.Handle(p.Key), keyring.IDNumber, p.IDNumber)
	if err != nil {
		y.Fatal(err)
	}
	return number
}

// Office puts a person into an office.
func (y *Town) Office(unit int64, role string, person int64, from calendar.Date) int64 {
	y.Helper()
	return y.Must(func(ctx context.Context, w *journal.Writer) error {
		_, err := org.Install(ctx, w, org.Appoint{Unit: unit, Role: role, Person: person}, from)
		return err
	})
}

// Member enters a person on a branch's roster as it was found, a full member since the year after admission.
func (y *Town) Member(person, branch int64, admitted, on calendar.Date) int64 {
	y.Helper()
	return y.Must(func(ctx context.Context, w *journal.Writer) error {
		_, err := member.Join(ctx, w, member.Enter{Person: person, Branch: branch, Category: member.Full, How: member.Opening,
			Admitted: admitted, Full: admitted.AddYears(1)}, on)
		return err
	})
}

// As lets a person make the requests from here on, in the first office held today.
func (y *Town) As(person int64) {
	y.Helper()
	y.By = journal.By{Person: person}
	if a := y.Actor(person); len(a.Offices) > 0 {
		y.By.Office = a.Offices[0].ID
	}
}

// Actor is a person with the offices held today.
func (y *Town) Actor(person int64) access.Actor {
	y.Helper()
	a, err := org.Actor(y.Ctx, y.DB, y.Code, person, y.J.Today())
	if err != nil {
		y.Fatal(err)
	}
	return a
}

// IDNumber makes up an identity number whose check digit is right (GB 11643): of Guangling district, with a serial below 500.
func IDNumber(birth calendar.Date, sex string, serial int) string {
	n := serial % 500 * 2
	if sex == "男" {
		n++
	}
	s := fmt.Sprintf("321002%04d%02d%02d%03d", birth.Year(), birth.Month(), birth.Day(), n)
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(s[i]-'0') * w
	}
	return s + string("10X98765432"[sum%11])
}
