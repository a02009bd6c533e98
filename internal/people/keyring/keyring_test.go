package keyring

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
)

const town = "321002003"

var ctx = context.Background()

// open makes a ring on an empty database with a fixed master key.
func open(t testing.TB, d *db.DB) *Ring {
	t.Helper()
	r, err := Open(ctx, d, Master{1, 2, 3})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSealAndOpen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d)
		hs, err := r.New(ctx, town, 2)
		if err != nil || hs[0] == hs[1] || hs[0] <= 0 || hs[0] >= 1<<53 {
			t.Fatalf("New: %v %v", hs, err)
		}
		seal := func(h Handle, f Field, plain string) string {
			t.Helper()
			s, err := r.Seal(ctx, town, h, f, plain)
			if err != nil || strings.Contains(s, plain) && plain != "" {
				t.Fatalf("Seal(%s): %q %v", plain, s, err)
			}
			return s
		}
		a := seal(hs[0], IDNumber, "321002196203051234")
		if again := seal(hs[0], IDNumber, "321002196203051234"); again == a {
			t.Error("equal values give equal texts")
		}
		if s := seal(hs[0], Phone, ""); s != "" {
			t.Errorf("nothing seals as %q", s)
		}
		// A second ring on the same database knows the keys; a fresh cache reads them one by one or all at once.
		for name, load := range map[string]func(*Ring) error{
			"one by one": func(*Ring) error { return nil },
			"loaded":     func(r *Ring) error { return r.Load(ctx, town, append(hs, 999)) },
		} {
			r := open(t, d)
			if err := load(r); err != nil {
				t.Fatal(err)
			}
			if plain, err := r.Open(ctx, town, hs[0], IDNumber, a); err != nil || plain != "321002196203051234" {
				t.Errorf("%s: %q %v", name, plain, err)
			}
		}
		for name, try := range map[string]func() (string, error){
			"other person":  func() (string, error) { return r.Open(ctx, town, hs[1], IDNumber, a) },
			"other field":   func() (string, error) { return r.Open(ctx, town, hs[0], Phone, a) },
			"no prefix":     func() (string, error) { return r.Open(ctx, town, hs[0], IDNumber, a[2:]) },
			"plain text":    func() (string, error) { return r.Open(ctx, town, hs[0], IDNumber, "321002196203051234") },
			"cut short":     func() (string, error) { return r.Open(ctx, town, hs[0], IDNumber, a[:20]) },
			"not base64":    func() (string, error) { return r.Open(ctx, town, hs[0], IDNumber, "1.身份证") },
			"one bit moved": func() (string, error) { return r.Open(ctx, town, hs[0], IDNumber, flip(a)) },
		} {
			if plain, err := try(); plain != "" || !errors.Is(err, ErrDamaged) {
				t.Errorf("%s: %q %v", name, plain, err)
			}
		}
		if plain, err := r.Open(ctx, "321002004", hs[0], IDNumber, a); plain != "" || !errors.Is(err, ErrUnknown) {
			t.Errorf("other town: %q %v", plain, err)
		}
		if _, err := r.Seal(ctx, town, 999, Phone, "13800138000"); !errors.Is(err, ErrUnknown) || strings.Contains(err.Error(), "138") {
			t.Errorf("seal without a key: %v", err)
		}
	})
}

// flip changes one letter of a sealed text.
func flip(s string) string {
	b := []byte(s)
	i := len(b) / 2
	if b[i]++; b[i] == 'Z'+1 || b[i] == 'z'+1 || b[i] == '9'+1 || b[i] == '.' {
		b[i] = 'A'
	}
	return string(b)
}

func TestKeysMovedOrDamagedDoNotOpen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d)
		hs, err := r.New(ctx, town, 3)
		if err != nil {
			t.Fatal(err)
		}
		sealed, err := r.Seal(ctx, town, hs[1], Phone, "13800138000")
		if err != nil {
			t.Fatal(err)
		}
		// Another person's wrapped key in one row, a wrong byte in another.
		stored, err := db.One[[]byte](ctx, d, `SELECT wrapped FROM keyring_key WHERE town = $1 AND handle = $2`, town, int64(hs[0]))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Exec(ctx, `UPDATE keyring_key SET wrapped = $3 WHERE town = $1 AND handle = $2`, town, int64(hs[1]), stored); err != nil {
			t.Fatal(err)
		}
		stored[20] ^= 1
		if _, err := d.Exec(ctx, `UPDATE keyring_key SET wrapped = $3 WHERE town = $1 AND handle = $2`, town, int64(hs[2]), stored); err != nil {
			t.Fatal(err)
		}
		fresh := open(t, d)
		if err := fresh.Load(ctx, town, hs); err != nil {
			t.Fatalf("one damaged key keeps all from loading: %v", err)
		}
		for _, h := range hs[1:] {
			if _, err := fresh.Open(ctx, town, h, Phone, sealed); !errors.Is(err, ErrDamaged) {
				t.Errorf("%d: %v", h, err)
			}
		}
	})
}

func TestErase(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d)
		hs, err := r.New(ctx, town, 2)
		if err != nil {
			t.Fatal(err)
		}
		sealed, err := r.Seal(ctx, town, hs[0], Phone, "13800138000")
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // twice is as good as once
			if err := r.Erase(ctx, town, hs[0]); err != nil {
				t.Fatal(err)
			}
		}
		for name, ring := range map[string]*Ring{"same": r, "fresh": open(t, d)} {
			if err := ring.Load(ctx, town, hs); err != nil {
				t.Fatal(err)
			}
			if plain, err := ring.Open(ctx, town, hs[0], Phone, sealed); plain != "" || !errors.Is(err, ErrErased) {
				t.Errorf("%s ring: %q %v", name, plain, err)
			}
			if _, err := ring.Seal(ctx, town, hs[0], Phone, "13800138000"); !errors.Is(err, ErrErased) {
				t.Errorf("%s ring seals for an erased person: %v", name, err)
			}
			if _, err := ring.Seal(ctx, town, hs[1], Phone, "13800138000"); err != nil {
				t.Errorf("%s ring: the other person: %v", name, err)
			}
		}
		left, err := db.One[[]byte](ctx, d, `SELECT wrapped FROM keyring_key WHERE town = $1 AND handle = $2`, town, int64(hs[0]))
		if err != nil || strings.Trim(string(left), "\x00") != "" {
			t.Errorf("the key is still there: %x %v", left, err)
		}
		if gone, err := r.Erased(ctx, town, 0); err != nil || len(gone) != 1 || gone[0] != hs[0] {
			t.Errorf("Erased: %v %v", gone, err)
		}
		if err := r.Erase(ctx, town, 999); !errors.Is(err, ErrUnknown) {
			t.Errorf("erase an unknown person: %v", err)
		}
		// A reader that fetched the key just before the erasure cannot bring it back.
		r.keys.put(slot{town, hs[0]}, [32]byte{1})
		if _, ok := r.keys.get(slot{town, hs[0]}); ok {
			t.Error("an erased key came back into memory")
		}
	})
}

func TestAnotherMasterKeyIsRefused(t *testing.T) {
	d := dbtest.SQLite(t)
	open(t, d)
	if _, err := Open(ctx, d, Master{9}); !errors.Is(err, ErrMaster) {
		t.Errorf("wrong master key: %v", err)
	}
	open(t, d)
}

func TestBlind(t *testing.T) {
	r := open(t, dbtest.SQLite(t))
	id := r.Blind(town, IDNumber, "32100219620305123x")
	if len(id) != 22 || id != r.Blind(town, IDNumber, " 321002 19620305 123Ｘ") {
		t.Errorf("%q is not the index of the same number typed otherwise", id)
	}
	if p := r.Blind(town, Phone, "13800138000"); p != r.Blind(town, Phone, "+86 138-0013-8000") {
		t.Errorf("%q is not the index of the same phone typed otherwise", p)
	}
	seen := map[string]string{}
	for name, blind := range map[string]string{
		"id": id, "another id": r.Blind(town, IDNumber, "321002196203051231"),
		"other town": r.Blind("321002004", IDNumber, "32100219620305123X"), "other field": r.Blind(town, BankCard, "321002196203051234"),
		"other master": open2(t).Blind(town, IDNumber, "32100219620305123X"),
	} {
		if before, ok := seen[blind]; ok {
			t.Errorf("%s and %s have the same index", name, before)
		}
		seen[blind] = name
	}
	if r.Blind(town, Phone, "无") != "" || r.Blind(town, Phone, "") != "" {
		t.Error("no number has an index")
	}
}

func open2(t *testing.T) *Ring {
	t.Helper()
	r, err := Open(ctx, dbtest.SQLite(t), Master{7})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestManyAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := open(t, d)
		r.keys = newCache(7) // so small that keys come and go
		hs, err := r.New(ctx, town, 40)
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for w := range 6 {
			wg.Go(func() {
				for i := range hs {
					h := hs[(i*(w+1))%len(hs)]
					want := fmt.Sprint("1380013", h)
					s, err := r.Seal(ctx, town, h, Phone, want)
					if err != nil {
						t.Error(err)
						return
					}
					if got, err := r.Open(ctx, town, h, Phone, s); err != nil || got != want {
						t.Errorf("%q %v, want %q", got, err, want)
					}
					r.Blind(town, Field(fmt.Sprint("f", i)), want)
				}
			})
		}
		wg.Go(func() {
			if err := r.Load(ctx, town, hs); err != nil {
				t.Error(err)
			}
		})
		wg.Wait()
		if len(r.keys.items) != 7 || r.keys.order.Len() != 7 {
			t.Errorf("cache holds %d, %d", len(r.keys.items), r.keys.order.Len())
		}
	})
}

func BenchmarkNew10000(b *testing.B) {
	r := open(b, dbtest.SQLite(b))
	for b.Loop() {
		if _, err := r.New(ctx, town, 10000); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSeal(b *testing.B) {
	r, h := benchRing(b)
	for b.Loop() {
		if _, err := r.Seal(ctx, town, h, IDNumber, "321002196203051234"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	r, h := benchRing(b)
	s, err := r.Seal(ctx, town, h, IDNumber, "321002196203051234")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := r.Open(ctx, town, h, IDNumber, s); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBlind(b *testing.B) {
	r, _ := benchRing(b)
	for b.Loop() {
		r.Blind(town, IDNumber, "321002196203051234")
	}
}

func BenchmarkLoad1000(b *testing.B) {
	r, _ := benchRing(b)
	hs, err := r.New(ctx, town, 1000)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r.keys = newCache(CacheSize)
		if err := r.Load(ctx, town, hs); err != nil {
			b.Fatal(err)
		}
	}
}

func benchRing(b *testing.B) (*Ring, Handle) {
	r := open(b, dbtest.SQLite(b))
	hs, err := r.New(ctx, town, 1)
	if err != nil {
		b.Fatal(err)
	}
	return r, hs[0]
}
