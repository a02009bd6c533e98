package publish

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/torchwood"
	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/journal"
	"cunju/internal/witness/witnesstest"
)

// soon is a wait that is long enough for witnesses on this machine, and brief a wait that a test sits out.
var (
	soon  = Rule{Wait: 8 * time.Second}
	brief = Rule{Wait: 300 * time.Millisecond}
	hold  = Rule{Wait: 300 * time.Millisecond, Hold: true}
)

// With two witnesses an act is visible under a cosigned checkpoint at once, far within the ten seconds that are allowed.
func TestQuorumIsReached(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newTown(t, d)
		y.watch("street")
		y.watch("committee")
		policy := y.policy("all")
		p := y.publisher(policy, soon)
		for i := range 5 {
			y.record(100)
			y.round(p)
			if o := y.published(policy); o.Size != int64(100*(i+1)) || !o.Met || len(o.Cosigned) != 2 {
				t.Fatalf("round %d: %+v", i, o)
			}
			y.eventually("it is written down", func() bool {
				r, err := ReleaseOf(t.Context(), d, code, int64(100*(i+1)))
				return err == nil && r.InTime()
			})
		}
		y.round(p) // nothing new
		y.sound()
	})
}

// litewitness and our own cosign together; a third does not answer. Torchwood accepts the 2-of-3 policy and the proof of an act under
// it, and rejects a forged record.
func TestTwoOfThreeWithAWitnessThatNobodyHereWrote(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	y.watch("street")
	lost := y.watch("lost")
	lost.be(down)
	lite := witnesstest.StartLite(t, origin, y.key.VKey)
	y.witnesses = append(y.witnesses, &watcher{name: "lite", url: lite.URL, vkey: lite.VKey})
	policy := y.policy("2")
	y.witnesses = y.witnesses[:2]
	p := y.publisher(policy, soon)
	for range 3 {
		y.record(150)
		y.round(p)
		if o := y.published(policy); !o.Met || !o.By("lite") || !o.By("street") {
			t.Fatalf("%+v", o)
		}
	}
	theirs, err := torchwood.ParsePolicy([]byte(policy))
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(y.j.Surface())
	t.Cleanup(srv.Close)
	proof, err := journal.Prove(t.Context(), y.d, code, 333)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Get(srv.URL + "/log/" + code + "/act/333.json")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var act journal.PublicAct
	if err := json.NewDecoder(resp.Body).Decode(&act); err != nil {
		t.Fatal(err)
	}
	if err := torchwood.VerifyProof(theirs, tlog.RecordHash([]byte(act.Entry)), []byte(proof.String())); err != nil {
		t.Errorf("the proof: %v", err)
	}
	forged := strings.Replace(act.Entry, "2026", "2025", 1)
	if forged == act.Entry || torchwood.VerifyProof(theirs, tlog.RecordHash([]byte(forged)), []byte(proof.String())) == nil {
		t.Error("a forged record is accepted")
	}
	alone := strings.Split(proof.String(), "\n\n")
	_, lines, _ := strings.Cut(alone[2], "\n")
	if lines == "" || torchwood.VerifyProof(theirs, tlog.RecordHash([]byte(act.Entry)), []byte(strings.TrimSuffix(proof.String(), lines))) == nil {
		t.Error("a proof with the log's signature alone is accepted")
	}
	y.sound()
}

// A witness that is down costs the stated time and nothing else; when it is back its signature is added.
func TestAWitnessThatIsDown(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newTown(t, d)
		y.watch("street")
		lost := y.watch("lost")
		lost.be(down)
		policy := y.policy("all")
		p := y.publisher(policy, brief)
		y.record(3)
		y.round(p)
		if o := y.published(policy); o.Size != 3 || o.Met || !o.By("street") {
			t.Fatalf("%+v", o)
		}
		if r, err := ReleaseOf(t.Context(), d, code, 3); err != nil || r.Quorum != 0 || r.Released-r.Signed < 250 {
			t.Errorf("release %+v %v", r, err)
		}
		if list, err := Recent(t.Context(), d, code, 10); err != nil || len(list) != 1 || list[0].InTime() {
			t.Errorf("recent releases %+v %v", list, err)
		}
		y.eventually("it is known to be down", func() bool { return y.state(lost).Fault == Down })
		lost.open(t)
		y.eventually("its signature is added", func() bool { return y.published(policy).Met })
		y.eventually("its state", func() bool { s := y.state(lost); return s.Fault == None && s.Size == 3 && s.Since == 0 })
		y.eventually("it is written down", func() bool {
			r, err := ReleaseOf(t.Context(), d, code, 3)
			return err == nil && r.Quorum > 0 && !r.InTime()
		})
		y.sound()
	})
}

// By the stricter rule a checkpoint is held back until its quorum is there; acts are recorded all the while.
func TestHeldBack(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	w := y.watch("street")
	w.be(down)
	policy := y.policy("all")
	p := y.publisher(policy, hold)
	for range 3 {
		y.record(2)
		y.round(p)
	}
	if o := y.published(policy); o.Size != 0 || p.Held() == 0 {
		t.Fatalf("published %+v, held since %d", o, p.Held())
	}
	w.open(t)
	y.eventually("it is published", func() bool { return y.published(policy).Size == 6 })
	if p.Held() != 0 {
		t.Error("it is still called held")
	}
	y.sound()
}

// What was published without its quorum before a restart is completed after it.
func TestARestartGoesOn(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	y.watch("street")
	lost := y.watch("lost")
	lost.be(down)
	policy := y.policy("all")
	first := y.publisher(policy, brief)
	y.record(3)
	y.round(first)
	first.Close()
	lost.open(t)
	second := y.publisher(policy, brief)
	y.round(second)
	y.eventually("it is completed", func() bool { return y.published(policy).Met })
	if cp, err := journal.Published(t.Context(), y.d, code); err != nil || strings.Count(cp.Note, "— ") != 3 {
		t.Errorf("%v %s", err, cp.Note)
	}
	y.eventually("it is written down", func() bool {
		r, err := ReleaseOf(t.Context(), y.d, code, 3)
		return err == nil && r.Quorum > 0 && r.Released > 0
	})
}

// Each way in which a witness can be wrong has its name, is shown, and never reaches the checkpoint.
func TestWitnessesThatAreWrong(t *testing.T) {
	status := func(code int) http.HandlerFunc {
		return func(rw http.ResponseWriter, _ *http.Request) { http.Error(rw, "no", code) }
	}
	size := func(n string) http.HandlerFunc {
		return func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Content-Type", "text/x.tlog.size")
			rw.WriteHeader(http.StatusConflict)
			fmt.Fprintln(rw, n)
		}
	}
	for name, c := range map[string]struct {
		be    http.HandlerFunc
		fault Fault
		said  string
	}{
		"a signature of another": {func(rw http.ResponseWriter, _ *http.Request) {
			fmt.Fprintln(rw, "— wrong.example/w "+strings.Repeat("A", 91)+"=")
		}, Lied, "和它的印鉴码对不上"},
		"rubbish":                {func(rw http.ResponseWriter, _ *http.Request) { fmt.Fprint(rw, "<html>") }, Lied, "和它的印鉴码对不上"},
		"another tree":           {status(422), Forked, "不一样"},
		"unknown log":            {status(404), Refused, "没有约定"},
		"another key":            {status(403), Refused, "印鉴码不对"},
		"too often":              {status(429), Slow, "请求太多"},
		"broken":                 {status(500), Down, "状态 500"},
		"more than there is":     {size("1000"), Ahead, "1000 条"},
		"never the same":         {size("1"), Refused, "说不清"},
		"a conflict of nonsense": {size("x"), Down, "连接不上"},
		"breaks off":             {down, Down, "连接不上"},
	} {
		t.Run(name, func(t *testing.T) {
			y := newTown(t, dbtest.SQLite(t))
			y.watch("street")
			wrong := y.watch("wrong")
			wrong.be(c.be)
			policy := y.policy("any")
			p := y.publisher(policy, soon)
			y.record(3)
			y.round(p)
			if o := y.published(policy); !o.Met || o.By("wrong") || len(o.Others) > 0 {
				t.Errorf("%+v", o)
			}
			y.eventually("its fault", func() bool { return y.state(wrong).Fault == c.fault })
			if s := y.state(wrong); !strings.Contains(s.Said, c.said) || s.Since == 0 || s.Fault.Chinese() == "" {
				t.Errorf("%+v", s)
			}
			y.sound()
		})
	}
}

// A witness that saw another history of the same key refuses, is named, and keeps the evidence.
func TestAWitnessThatSawAnotherHistory(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	w := y.watch("street")
	policy := y.policy("all")
	other := newTown(t, dbtest.SQLite(t))
	other.key = y.key
	other.record(5)
	other.round(other.publisher(policy, soon))
	y.record(9)
	y.round(y.publisher(policy, brief))
	if o := y.published(policy); o.Met || o.Size != 9 {
		t.Errorf("%+v", o)
	}
	y.eventually("the fork is named", func() bool { return y.state(w).Fault == Forked })
	if kept, _ := filepath.Glob(filepath.Join(w.dir, "evidence", "broken-*")); len(kept) != 1 {
		t.Errorf("evidence %v", kept)
	}
	other.record(20)
	other.round(other.publisher(policy, soon))
	y.record(1)
	y.round(y.publisher(policy, brief))
	y.eventually("it knows more", func() bool { return y.state(w).Fault == Ahead })
}

// A witness that lost its memory signs again, and it is written down that it did.
func TestAWitnessThatForgot(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	w := y.watch("street")
	policy := y.policy("all")
	p := y.publisher(policy, soon)
	y.record(5)
	y.round(p)
	if err := os.RemoveAll(filepath.Join(w.dir, "seen")); err != nil {
		t.Fatal(err)
	}
	w.open(t)
	y.record(5)
	y.round(p)
	if o := y.published(policy); !o.Met || o.Size != 10 {
		t.Errorf("%+v", o)
	}
	y.eventually("the warning", func() bool {
		return strings.Contains(y.state(w).Warned, "忘记了见过的：曾见证到 5 条，后来说只见证到 0 条")
	})
}

// Another witness behind the address of one that has signed is refused, and what the former signed stays known.
func TestAReplacedWitness(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newTown(t, d)
		w := y.watch("street")
		policy := y.policy("all")
		p := y.publisher(policy, brief)
		y.record(5)
		y.round(p)
		y.eventually("its signature", func() bool { return y.state(w).Size == 5 })
		stranger := y.watch("stranger")
		stranger.mu.Lock()
		w.be(stranger.handler.ServeHTTP)
		stranger.mu.Unlock()
		y.witnesses = y.witnesses[:1]
		y.record(5)
		y.round(p)
		y.eventually("it is found out", func() bool { return y.state(w).Fault == Lied })
		if s := y.state(w); s.Size != 5 || s.Signed == 0 {
			t.Errorf("the last good state is gone: %+v", s)
		}
		w.open(t)
		y.eventually("it is back", func() bool { s := y.state(w); return s.Fault == None && s.Size == 10 })
		y.sound()
	})
}

// A slow witness holds nothing up beyond the stated time, and its signature is added when it comes.
func TestASlowWitness(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	w := y.watch("street")
	w.mu.Lock()
	quick := w.handler
	w.mu.Unlock()
	w.be(func(rw http.ResponseWriter, r *http.Request) {
		time.Sleep(900 * time.Millisecond)
		quick.ServeHTTP(rw, r)
	})
	policy := y.policy("all")
	p := y.publisher(policy, brief)
	y.record(3)
	start := time.Now()
	y.round(p)
	if took := time.Since(start); took > 800*time.Millisecond {
		t.Errorf("it waited %v", took)
	}
	if o := y.published(policy); o.Size != 3 || o.Met {
		t.Errorf("%+v", o)
	}
	y.eventually("its signature", func() bool { return y.published(policy).Met })
}

// A witness whose clock is wrong signs all the same; that its clock is wrong is written down.
func TestAClockThatJumps(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	w := y.watch("street")
	policy := y.policy("all")
	p := y.publisher(policy, soon)
	now := time.Now()
	p.Clock = func() time.Time { return now }
	y.record(3)
	y.round(p)
	now = now.Add(-1000 * time.Hour)
	y.record(3)
	y.round(p)
	if o := y.published(policy); !o.Met || o.Size != 6 {
		t.Errorf("%+v", o)
	}
	y.eventually("the warning", func() bool { return strings.Contains(y.state(w).Warned, "时钟") })
	y.sound()
}

// A witness that is asked again and again, because publishing fails, leaves one signature: a note with more than a hundred is read by
// nobody.
func TestASignatureCountsOnce(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	y.watch("street")
	p := y.publisher(y.policy("all"), soon)
	y.record(1)
	cp, err := y.j.Draft(t.Context(), code, y.key)
	if err != nil {
		t.Fatal(err)
	}
	x := p.await(cp)
	for i := range 150 {
		line := "— other.example/w " + base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "%076d", i))
		if err := p.got(t.Context(), x, "other", []string{line}); err != nil {
			t.Fatalf("signature %d: %v", i, err)
		}
	}
	if n := strings.Count(x.signed().Note, "— "); n != 2 {
		t.Errorf("%d signatures", n)
	}
}

// Two servers on one database ask the same witnesses at the same time: there is one history, and none of the acts is lost.
func TestTwoServersNeverSignTwoHistories(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newTown(t, d)
		y.watch("street")
		y.watch("committee")
		policy := y.policy("all")
		var servers []*Publisher
		journals := []*journal.Journal{y.j, openJournal(t, d)}
		for _, j := range journals {
			servers = append(servers, y.publisherOf(d, j, policy, soon))
		}
		var wg sync.WaitGroup
		for i, p := range servers {
			wg.Go(func() {
				for range 8 {
					record(t, journals[i], 20)
					if err := p.Round(t.Context()); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		for _, p := range servers {
			y.round(p)
		}
		y.eventually("all is cosigned", func() bool { o := y.published(policy); return o.Size == 320 && o.Met })
		y.sound()
	})
}

func TestMeter(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	y.watch("street")
	lost := y.watch("lost")
	lost.be(down)
	r := prometheus.NewRegistry()
	m, err := NewMeter(r)
	if err != nil {
		t.Fatal(err)
	}
	p := y.publisher(y.policy("any"), soon)
	p.Meter = m
	y.record(1)
	y.round(p)
	count := func(name string) (n float64) {
		t.Helper()
		all, err := r.Gather()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range all {
			for _, m := range f.GetMetric() {
				if f.GetName() == name {
					n += m.GetCounter().GetValue()
				}
			}
		}
		return n
	}
	y.eventually("the fault is counted", func() bool { return count("cunju_witness_faults_total") > 0 })
	if count("cunju_checkpoints_total") != 1 || count("cunju_witness_cosigned_total") != 1 {
		t.Errorf("%v checkpoints, %v cosignatures", count("cunju_checkpoints_total"), count("cunju_witness_cosigned_total"))
	}
}

func TestRuleFile(t *testing.T) {
	for text, want := range map[string]Rule{
		"":                                   Standard,
		"wait 5s # 秒\n":                      {Wait: 5 * time.Second},
		"without-quorum hold\nwait 1.5s":     {Wait: 1500 * time.Millisecond, Hold: true},
		"wait 60s\nwithout-quorum publish\n": {Wait: time.Minute},
	} {
		if got, err := ParseRule(text); err != nil || got != want {
			t.Errorf("%q: %+v %v", text, got, err)
		}
	}
	for _, text := range []string{"wait", "wait 0s", "wait 61s", "wait x", "without-quorum", "without-quorum maybe", "hold"} {
		if _, err := ParseRule(text); err == nil || !strings.Contains(err.Error(), "第 1 行") {
			t.Errorf("%q: %v", text, err)
		}
	}
	if s := (Rule{Wait: 1500 * time.Millisecond, Hold: true}).Chinese(); !strings.Contains(s, "1.5 秒") || !strings.Contains(s, "先不公布") {
		t.Error(s)
	}
}

func TestFilesOfADataFolder(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	y.watch("street")
	stranger := newTown(t, dbtest.SQLite(t))
	dir := t.TempDir()
	if p, r, err := Load(dir, y.key.VKey); err != nil || p.Asks() || r != Standard {
		t.Errorf("an empty folder: %v %v %v", p, r, err)
	}
	for text, say := range map[string]string{
		y.policy("all"):        "",
		stranger.policy("any"): "",
		strings.Replace(y.policy("all"), y.witnesses[0].url, "", 1): "没有写网址",
		"nonsense": "第 1 行",
	} {
		if strings.Contains(text, stranger.key.VKey) {
			text, say = "log "+stranger.key.VKey+"\nquorum none\n", "和本总账的不一样"
		}
		if err := os.WriteFile(filepath.Join(dir, "policy.txt"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		p, _, err := Load(dir, y.key.VKey)
		if say == "" && (err != nil || !p.Asks()) || say != "" && (err == nil || !strings.Contains(err.Error(), say)) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
