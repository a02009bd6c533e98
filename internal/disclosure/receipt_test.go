package disclosure

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"html"
	"log/slog"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/tlog"

	"cunju/internal/db/dbtest"
	"cunju/internal/journal"
	"cunju/internal/publish"
	"cunju/internal/receipt"
	"cunju/internal/trust"
	"cunju/internal/web/ui"
	"cunju/internal/witness"
)

// watchedBy lets witnesses of the town's log run, and has checkpoints published by a policy that asks k of them. Those named down are
// not there.
func (y *town) watchedBy(k string, names ...string) (policy string, sign func()) {
	y.Helper()
	policy, members := "log "+y.key.VKey+"\n", ""
	for _, name := range names {
		dir := y.TempDir()
		vkey, err := witness.Init(dir, strings.TrimPrefix(name, "-")+".example/w")
		if err != nil {
			y.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, witness.LogsFile), []byte("log "+y.key.VKey+"\n"), 0o600); err != nil {
			y.Fatal(err)
		}
		w, err := witness.Open(dir, nil, slog.New(slog.DiscardHandler))
		if err != nil {
			y.Fatal(err)
		}
		srv := httptest.NewServer(w.Handler())
		y.Cleanup(srv.Close)
		if strings.HasPrefix(name, "-") {
			srv.Close()
		}
		policy += "witness " + strings.TrimPrefix(name, "-") + " " + vkey + " " + srv.URL + "\n"
		members += " " + strings.TrimPrefix(name, "-")
	}
	policy += "group g " + k + members + "\nquorum g\n"
	p, err := trust.Parse(policy)
	if err != nil {
		y.Fatal(err)
	}
	if err := publish.Migrate(y.Ctx, y.DB); err != nil {
		y.Fatal(err)
	}
	pub, err := publish.New(y.Ctx, publish.Config{DB: y.DB, Journal: y.J, Town: y.Code, Key: y.key, Policy: p, Rule: publish.Rule{Wait: time.Second}})
	if err != nil {
		y.Fatal(err)
	}
	y.Cleanup(pub.Close)
	y.pages.Watch(Watched{p, publish.Rule{Wait: time.Second}, pub.Held})
	return policy, func() {
		y.Helper()
		if err := pub.Round(y.Ctx); err != nil {
			y.Fatal(err)
		}
	}
}

// A receipt needs nothing but itself and the keys: it is small, loads and runs nothing, and says who watched.
func TestAReceiptStandsAlone(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		policy, sign := y.watchedBy("2", "chair", "neighbour", "-lost")
		id := y.out(october(), 0)
		b := y.site.Visit()
		b.Get(fmt.Sprintf("/n/%d/receipt", id)).Want(409, "凭据还没有做好")
		b.Get(fmt.Sprintf("/n/%d/archive", id)).Want(409, "凭据还没有做好")
		sign()
		b.Get(fmt.Sprintf("/n/%d/verify", id)).Want(200, "查验通过", "“chair”", "“neighbour”", "规则是", "除街道以外，还有 2 方", "/receipt", "/archive")
		b.Get("/trust").Want(200, "已经证明的", "没有证明的", "chair.example/w+", y.key.VKey, "cunju mirror")
		page := b.Get(fmt.Sprintf("/n/%d/receipt", id)).Want(200, "环卫劳务费", "21,600.00", "default-src 'none'", "“chair”").Not("<script")
		raw := []byte(page.Body.String())
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		z.Write(raw)
		z.Close()
		if packed.Len() > 50<<10 {
			t.Errorf("%d bytes compressed", packed.Len())
		}
		for _, outside := range []string{"src=", "href=", "url(", "@import"} {
			if strings.Contains(page.Body.String(), outside) {
				t.Errorf("it loads something: %s", outside)
			}
		}
		rc, lines, err := receipt.Read(page.Body.String())
		if err != nil {
			t.Fatal(err)
		}
		again, err := ReceiptPage(t.Context(), rc, lines)
		if err != nil || !bytes.Equal(again, raw) {
			t.Errorf("written again it is another page: %v", err)
		}
		own, err := trust.Parse(policy)
		if err != nil {
			t.Fatal(err)
		}
		checked, err := rc.Check(own)
		if err != nil || !checked.Signed.Met || checked.Header.N != y.row(id).PublishAct {
			t.Errorf("%+v %v", checked, err)
		}
		theirs, err := torchwood.ParsePolicy([]byte(policy))
		if err != nil {
			t.Fatal(err)
		}
		if err := torchwood.VerifyProof(theirs, tlog.RecordHash([]byte(rc.Act.Entry)), []byte(rc.Proof)); err != nil {
			t.Errorf("torchwood: %v", err)
		}
		if torchwood.VerifyProof(theirs, tlog.RecordHash([]byte(rc.Act.Entry+"x")), []byte(rc.Proof)) == nil {
			t.Error("torchwood accepts a forged record")
		}
		if served := b.Get(fmt.Sprintf("/log/%s/proof/%d.tlog-proof", y.Code, checked.Header.N)).Want(200); served.Body.String() != rc.Proof {
			t.Error("the served proof is another")
		}
	})
}

// Whatever bit of a saved page flips, what is read from it, or its words, are no longer those that were sealed.
func TestAnyFlippedBitOfAReceiptIsFound(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	id := y.out(october(), 0)
	y.sign()
	raw := []byte(y.site.Visit().Get(fmt.Sprintf("/n/%d/receipt", id)).Want(200).Body.String())
	alone, err := trust.Alone(y.key.VKey)
	if err != nil {
		t.Fatal(err)
	}
	for _, bit := range rand.New(rand.NewPCG(3, 3)).Perm(8 * len(raw))[:3000] {
		raw[bit/8] ^= 1 << (bit % 8)
		rc, lines, err := receipt.Read(string(raw))
		if err == nil {
			_, err = rc.Check(alone)
		}
		if err == nil {
			again, rerr := ReceiptPage(t.Context(), rc, lines)
			if rerr != nil {
				t.Fatal(rerr)
			}
			if bytes.Equal(again, raw) {
				t.Fatalf("bit %d is not noticed", bit)
			}
		}
		raw[bit/8] ^= 1 << (bit % 8)
	}
}

var drawn = regexp.MustCompile(`aria-label="证明第 \d+ 个码，共 \d+ 个".*?<path d="([^"]*)"`)

// The printed copy carries the whole proof in its codes: what they draw is what the receipt says, and the steps and keys stand in
// plain words beside them.
func TestTheArchiveCopyCarriesTheWholeProof(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	policy, sign := y.watchedBy("all", "chair")
	id := y.out(october(), 0)
	sign()
	b := y.site.Visit()
	page := b.Get(fmt.Sprintf("/n/%d/archive", id)).Want(200, "办理经过", "监督委员会审查", "审批公开事项", "上栏张贴", "证明", "见证方“chair”", "--receipt").Not("何进财", "陈秀")
	_, lines, err := receipt.Read(b.Get(fmt.Sprintf("/n/%d/receipt", id)).Want(200).Body.String())
	if err != nil {
		t.Fatal(err)
	}
	codes := drawn.FindAllStringSubmatch(page.Body.String(), -1)
	if len(codes) != len(lines) || len(codes) < 2 {
		t.Fatalf("%d codes for %d lines", len(codes), len(lines))
	}
	for i, l := range lines {
		if want := codePath(l); html.UnescapeString(codes[i][1]) != want {
			t.Errorf("code %d draws something else", i+1)
		}
	}
	for _, key := range strings.Fields(policy) {
		if strings.Contains(key, "+") && !strings.Contains(html.UnescapeString(page.Body.String()), key) {
			t.Errorf("the key %s is not printed", key)
		}
	}
}

// What was covered leaves as it reads now, and what it was made of is in no receipt.
func TestTheReceiptOfACoveredNotice(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	id := y.out(y.secretive(t), 0)
	y.sign()
	desk := fmt.Sprintf("/desk/disclosure/%d", id)
	clerk, chief := y.site.LogIn("kj", y.Accountant), y.site.LogIn("sj", y.Secretary)
	form := clerk.Get(desk + "/cover")
	clerk.Post(desk+"/cover", "seen", form.Hidden("seen"), "words", "桂花巷9号", "cell", "files.0", "ground", "unlawful", "reason", "误登了经办人的住址", "do", "propose").Want(303)
	waiting := chief.Get(desk + "/cover").Want(200)
	chief.Post(desk+"/cover/decide", "seen", waiting.Hidden("seen"), "agree", "yes").Want(303)
	y.sign()
	page := y.site.Visit().Get(fmt.Sprintf("/n/%d/receipt", id)).Want(200, "送到＊＊＊", "公布以后遮盖过的地方").Not("桂花巷")
	rc, _, err := receipt.Read(page.Body.String())
	if err != nil || strings.Contains(rc.Act.Payload, "桂花巷") {
		t.Errorf("%v", err)
	}
	y.site.Visit().Get(fmt.Sprintf("/n/%d/archive", id)).Want(200, "遮盖").Not("桂花巷")
}

// Every form of a notice has a receipt, a list that was covered too.
func TestEveryFormHasAReceipt(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	forms := map[string]Content{
		"decisions": {Decisions: []Decision{{Meeting: "村民代表会议", Text: "修路", State: "doing"}}},
		"results":   {Results: []Result{{Kind: "term", Subject: "村集体", By: "街道", Finding: "没有问题"}}},
		"aid":       {Aid: &Aid{Matter: "临时救助", Last: "2026-12-10", Masked: true, Rows: []Recipient{{Name: "芍＊＊", Group: "一组", Amount: 500_00}}}},
	}
	ids := map[string]int64{}
	for name, c := range forms {
		c.Subject, c.Title = "village", "公示"+name
		ids[name] = y.out(c, 0)
	}
	y.sign()
	b := y.site.Visit()
	for name, id := range ids {
		b.Get(fmt.Sprintf("/n/%d/receipt", id)).Want(200, "公示"+name)
	}
	y.Set("2026-12-11")
	y.By = journal.By{System: true}
	y.Must(coverList(ids["aid"]))
	y.sign()
	b.Get(fmt.Sprintf("/n/%d/receipt", ids["aid"])).Want(200, "公示aid").Not("芍＊＊")
}

// Too few witnesses are told, on the page of verification and on that of the log; what was published is there all the same.
func TestTooFewWitnessesAreTold(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	_, sign := y.watchedBy("all", "chair", "-lost")
	id := y.out(october(), 0)
	sign()
	b := y.site.Visit()
	b.Get(fmt.Sprintf("/n/%d/verify", id)).Want(200, "见证不足", "“chair”")
	b.Get("/log").Want(200, "见证不足", "lost", "连不上", "先公布了")
	b.Get(fmt.Sprintf("/n/%d/receipt", id)).Want(200, "见证签名还不够")
}

// codePath is how the pages draw a text as a code.
func codePath(text string) string {
	var b bytes.Buffer
	if err := ui.QR(text, "").Render(context.Background(), &b); err != nil {
		panic(err)
	}
	_, d, _ := strings.Cut(b.String(), `<path d="`)
	d, _, _ = strings.Cut(d, `"`)
	return d
}
