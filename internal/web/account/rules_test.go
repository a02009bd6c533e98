package account

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestPasswordRules(t *testing.T) {
	set := quick()
	for password, want := range map[string]string{
		"":               "至少要",
		"Ab1-xyz":        "至少要 8",
		"abcdefghijk":    "至少要有 3 类",
		"abcdefgh1":      "现在有 2 类",
		"Wang.wu-2026":   "账号或者姓名",
		"Xx9-王五-abc":     "账号或者姓名",
		"Aaaaaaa1":       "猜到",
		"Password123":    "猜到",
		"Admin@123":      "猜到",
		"三Aa1三Aa1三Aa1":   "猜到",
		"Qx7-mountain":   "",
		"一二三四 Rain 2026": "",
	} {
		got := strings.Join(CheckPassword(set, "wang.wu", "王五", password), "；")
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", password, got, want)
		}
	}
}

func TestNewPasswordsAreGood(t *testing.T) {
	seen := map[string]bool{}
	for range 200 {
		p := NewPassword()
		if wrong := CheckPassword(quick(), "wang", "王五", p); len(wrong) > 0 {
			t.Errorf("%s: %v", p, wrong)
		}
		if strings.ContainsAny(p, "0O1lI") || seen[p] {
			t.Errorf("%s is hard to copy, or came twice", p)
		}
		seen[p] = true
	}
}

func TestHashes(t *testing.T) {
	h := newHasher(quick())
	a, err := h.make(t.Context(), good)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := h.make(t.Context(), good)
	if a == b {
		t.Error("two hashes with one salt")
	}
	if ok, stale, err := h.check(t.Context(), good, a); !ok || stale || err != nil {
		t.Error(ok, stale, err)
	}
	if ok, _, err := h.check(t.Context(), good+" ", a); ok || err != nil {
		t.Error("a wrong password fits")
	}
	if ok, _, err := h.check(t.Context(), "", ""); ok || err != nil {
		t.Error("nobody's password fits")
	}
	for _, damaged := range []string{"x", a[:len(a)-30], strings.Replace(a, "m=8", "m=99999999", 1),
		strings.Replace(a, "t=1", "t=0", 1), strings.Replace(a, "argon2id", "argon2i", 1), strings.Replace(a, "v=19", "v=16", 1)} {
		if ok, _, err := h.check(t.Context(), good, damaged); ok || err == nil {
			t.Errorf("a damaged hash was read: %s", damaged)
		}
	}
}

func FuzzDecodeHash(f *testing.F) {
	f.Add("$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA")
	f.Add("$argon2id$v=19$m=-8,t=1,p=1$$")
	f.Fuzz(func(t *testing.T, s string) {
		p, salt, sum, err := decodeHash(s)
		if err != nil {
			return
		}
		if p.memory > 1<<20 || p.time > 32 || len(sum) < 16 {
			t.Errorf("%q costs %+v", s, p)
		}
		q, salt2, sum2, err := decodeHash(encodeHash(p, salt, sum))
		if err != nil || q != p || string(salt2) != string(salt) || string(sum2) != string(sum) {
			t.Errorf("%q does not survive: %v", s, err)
		}
	})
}

func TestTriesForgetOldAddresses(t *testing.T) {
	now := time.Unix(0, 0)
	tr := newTries(3, time.Minute)
	for i := range addressesKept + 500 {
		tr.failed(strconv.Itoa(i), now)
		if i%1000 == 0 {
			now = now.Add(time.Second)
		}
	}
	if len(tr.seen) > addressesKept {
		t.Errorf("%d addresses kept", len(tr.seen))
	}
	tr = newTries(2, time.Minute)
	tr.failed("2001:db8::1", now)
	tr.failed("2001:db8::ffff", now)
	if tr.wait("2001:db8::2", now) == 0 {
		t.Error("one household of IPv6 counts as many")
	}
	if tr.wait("2001:db8:0:1::2", now) != 0 || tr.wait("192.0.2.1", now) != 0 {
		t.Error("others have to wait")
	}
	if w := tr.wait("2001:db8::2", now.Add(40*time.Second)); w != 20*time.Second {
		t.Errorf("wait %v", w)
	}
}
