package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/desk/intake"
	"cunju/internal/disclosure"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/disclosure/open"
	"cunju/internal/disclosure/oversight"
	"cunju/internal/disclosure/posting"
	"cunju/internal/files"
	"cunju/internal/journal"
	"cunju/internal/matter"
	"cunju/internal/member"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/people/keyring"
	"cunju/internal/publish"
	"cunju/internal/task"
	"cunju/internal/trust"
	"cunju/internal/web"
	"cunju/internal/web/account"
	"cunju/internal/web/ui"
)

// house is everything that commands work with. Town and what hangs on it are empty until there is a town.
type house struct {
	place    place
	log      *slog.Logger
	clock    func() time.Time
	set      web.Settings
	db, keys *db.DB
	ring     *keyring.Ring
	journal  *journal.Journal
	stale    *journal.Stale // not nil: the tables were printed by another version and must be rebuilt
	policy   *access.Policy

	town     string
	key      journal.Key
	vault    people.Vault
	views    access.Log
	accounts *account.Store

	trust     *trust.Policy // whose signatures a checkpoint needs
	rule      publish.Rule
	publisher *publish.Publisher // of a server; commands make one for a moment

	committed func() // called after each commit, set by the server's clocks
}

// book is the slices this program knows, with what they ask of each other: a new system is one more line.
func book() (*journal.Book, error) {
	b, err := journal.NewBook(access.Slice(), org.Slice(), people.Slice(), member.Slice(), matter.Slice(), disclosure.Slice(), posting.Slice(), oversight.Slice())
	if err == nil {
		member.Guards(b)
	}
	return b, err
}

// options are what only few openers want otherwise.
type options struct {
	log   *slog.Logger
	clock func() time.Time                  // time.Now when nil
	salt  func(town string, n int64) []byte // random when nil; the demo town's are derived
	stale bool                              // the command copes with tables that another version printed
}

// open puts the data side of the house together and turns to the town asked for; commands that need no town call openAll.
func (p place) open(ctx context.Context, opt options) (*house, error) {
	if !p.exists() {
		return nil, fmt.Errorf("数据目录 %s 里还没有数据。请先用 cunju init 建立街道（乡镇），或用 cunju demo 看演示", p.Data)
	}
	h, err := p.openAll(ctx, opt)
	if err != nil {
		return nil, err
	}
	towns, err := h.journal.Towns(ctx)
	if err == nil {
		var town string
		if town, err = p.pick(towns); err == nil {
			err = h.enter(ctx, town)
		}
	}
	if err == nil && h.stale != nil && !opt.stale {
		err = fmt.Errorf("程序已更新，数据表需要先重建，没有办理。请运行：cunju rebuild --data %s", p.Data)
	}
	if err != nil {
		h.close()
		return nil, err
	}
	return h, nil
}

// openAll opens databases, keyring, slices, journal and powers.
func (p place) openAll(ctx context.Context, opt options) (_ *house, err error) {
	h := &house{place: p, log: opt.log, clock: opt.clock, set: web.DefaultSettings(), committed: func() {}}
	if h.clock == nil {
		h.clock = time.Now
	}
	fresh := !p.exists()
	if h.db, h.keys, err = p.databases(ctx); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			h.close()
		}
	}()

	master, err := keyring.LoadMaster(p.keyFolder(), fresh)
	if err != nil {
		return nil, err
	}
	if h.ring, err = keyring.Open(ctx, h.keys, master); err != nil {
		return nil, err
	}

	slices, err := book()
	if err != nil {
		return nil, err
	}
	h.journal, err = journal.Open(ctx, h.db, slices, journal.Options{Clock: opt.clock, Salt: opt.salt,
		After: func(string, int64) { h.committed() }})
	if errors.As(err, &h.stale) {
		err = nil
	}
	if err != nil {
		return nil, err
	}
	if err := h.db.Migrate(ctx, "access", access.Migrations()); err != nil {
		return nil, err
	}
	if err := publish.Migrate(ctx, h.db); err != nil {
		return nil, err
	}
	if err := account.Migrate(ctx, h.db); err != nil {
		return nil, err
	}
	if h.policy, err = access.New(); err != nil {
		return nil, err
	}

	return h, nil
}

// enter turns to a town: its log key, its persons' data, its accounts.
func (h *house) enter(ctx context.Context, town string) error {
	origin, err := journal.Origin(ctx, h.db, town)
	if err != nil {
		return err
	}
	if h.key, err = h.logKey(ctx, town, origin); err != nil {
		return err
	}
	if h.trust, h.rule, err = publish.Load(h.place.Data, h.key.VKey); err != nil {
		return fmt.Errorf("信任规则有误，没有办理：%w", err)
	}
	if h.trust.Asks() {
		h.journal.Prefer(func(signed string) bool {
			o, err := h.trust.Open(signed)
			return err == nil && o.Met
		})
	}
	h.town = town
	h.vault = people.Vault{Ring: h.ring, Town: town}
	h.views = access.Log{Town: town, Clock: h.clock}
	h.accounts = account.NewStore(account.Config{DB: h.db, Town: town, Settings: h.set, Clock: h.clock,
		PersonByPhone: func(ctx context.Context, phone string) (int64, error) {
			found, err := people.ByBlind(ctx, h.db, town, "phone", h.ring.Blind(town, keyring.Phone, phone))
			if err != nil || len(found) != 1 { // a number that several share is nobody's log-in
				return 0, err
			}
			return found[0], nil
		}})
	return nil
}

// logKey reads the key that signs the town's log. A new one is made only while nothing was signed yet: a log that suddenly
// speaks with another voice would be taken for a forgery.
func (h *house) logKey(ctx context.Context, town, origin string) (journal.Key, error) {
	path := h.place.logKeyFile(town)
	_, missing := os.Stat(path)
	_, err := journal.Published(ctx, h.db, town)
	if errors.Is(missing, fs.ErrNotExist) && err == nil {
		return journal.Key{}, fmt.Errorf("找不到签名密钥 %s，总账不能再以原来的名义公布。没有改动任何数据；请把单独保管的密钥文件放回原处再试", path)
	}
	if err != nil && db.Kind(err) != db.NotFound {
		return journal.Key{}, err
	}
	return journal.LoadOrCreateKey(path, origin)
}

// close answers what the journal has queued, then closes the databases.
func (h *house) close() error {
	if h.journal != nil {
		h.journal.Close()
	}
	return errors.Join(h.db.Close(), h.keys.Close())
}

// site is the web side of the house.
type site struct {
	server *web.Server
	jobs   *task.Jobs
	clocks *task.Runner
}

// site puts the web side together: pages by slice, the site map, the clocks. base is the address under which villagers reach
// the board, for QR codes; "" takes the one of each request.
// gallery adds the component gallery, for development.
func (h *house) site(base string, gallery bool) (*site, error) {
	registry := prometheus.NewRegistry()
	meter, err := publish.NewMeter(registry)
	if err != nil {
		return nil, err
	}
	if h.publisher, err = h.newPublisher(context.Background(), meter); err != nil {
		return nil, err
	}
	jobs := task.NewJobs(h.log)
	store, err := files.Open(h.place.fileFolder())
	if err != nil {
		return nil, err
	}
	identify := h.accounts.Identify(func(ctx context.Context, a account.Account) (access.Actor, error) {
		who, err := org.Actor(ctx, h.db, h.town, a.Person, h.journal.Today())
		who.Login, who.Name = a.Login, a.Name
		return who, err
	})
	server, err := web.New(web.Config{Settings: h.set, Town: h.town, Log: h.log, Registry: registry,
		Sessions: h.accounts.Sessions(), Identify: identify, Assets: web.Dist(), Ping: h.db.Ping, Explain: desk.Explain, Clock: h.clock,
		Position: func(ctx context.Context) (int64, error) { return journal.Size(ctx, h.db, h.town) }})
	if err != nil {
		return nil, err
	}
	rooms := &desk.House{Town: h.town, DB: h.db, Journal: h.journal, Policy: h.policy, Views: h.views, Jobs: jobs,
		Nav: navigation(), Badges: h.badges,
		Target: func(ctx context.Context, q db.Querier, unit int64, on calendar.Date) (access.Target, error) {
			return org.Target(ctx, q, h.town, unit, on)
		},
		Targets: func(ctx context.Context, q db.Querier, units []int64, on calendar.Date) (map[int64]access.Target, error) {
			return org.Targets(ctx, q, h.town, units, on)
		},
		Entities: entities(), Lists: lists(),
		Name: func(ctx context.Context, q db.Querier, unit int64) (string, error) {
			u, err := org.Find(ctx, q, h.town, unit)
			return u.Label(), err
		},
		Person: func(ctx context.Context, q db.Querier, person int64) (string, error) {
			return people.Name(ctx, q, h.town, person)
		}}
	counter := intake.NewCounter(rooms)
	notices, err := disclosure.NewPages(rooms, store, h.key.VKey, base)
	if err != nil {
		return nil, err
	}
	notices.Put(disclosure.Beside{Foot: open.Foot()})
	due := catalogue.NewPages(rooms, notices.BoardFrame, oversight.AboutDue)
	notices.Put(disclosure.Beside{Urgent: due.Urgent, Village: due.Beside})
	data := open.New(notices)

	notices.Admit(h.inCollective)
	notices.Watch(disclosure.Watched{Policy: h.trust, Rule: h.rule, Held: h.publisher.Held})

	// The site map, slice by slice.
	rt := server.Router
	rt.Public.Handle("/log/", h.journal.Surface())
	account.NewPages(h.accounts, identify).Routes(rt)
	account.NewAdmin(rooms, h.accounts, h.names()).Routes(rt)
	account.NewSlips(rooms, h.accounts, h.names().Offices, base).Routes(rt)
	(&desk.Pages{House: rooms, Steps: steps(), Gallery: gallery}).Routes(rt)
	org.NewPages(rooms, h.outside(), counter).Routes(rt)
	people.NewPages(rooms, h.vault, people.Outside{More: h.related, Holds: h.holds, Told: told, Gone: h.accounts.Forget}, counter).Routes(rt)
	member.NewPages(rooms, h.vault, counter).Routes(rt)
	counter.Routes(rt)
	notices.Routes(rt)
	due.Routes(rt)
	data.Routes(rt)
	asked := oversight.NewPages(rooms, notices, h.vault, func(r *web.Request, typed string) ([]ui.Option, error) {
		return h.find(r, typed, access.PeopleRead)
	})
	notices.Put(asked.Beside())
	asked.Routes(rt)
	posting.NewPages(rooms, notices, store, func(text string) string { return h.ring.Blind(h.town, "posting", text) }).Routes(rt)

	clocks, err := h.clocks(registry, store, notices, counter.Tidy)
	if err != nil {
		return nil, fmt.Errorf("clocks: %w", err)
	}
	return &site{server, jobs, clocks}, nil
}
