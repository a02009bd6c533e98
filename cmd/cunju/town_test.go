package main

import (
	"archive/zip"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/org"
	"cunju/internal/publish"
)

var eightYears = regexp.MustCompile(`(?m)\|8(\||$)`)

var rootLine = regexp.MustCompile(`根 (\S+?=)`)

// rootOf is the root that verify prints.
func rootOf(t *testing.T, data string, more ...string) string {
	t.Helper()
	m := rootLine.FindStringSubmatch(done(t, append([]string{"verify", "--data", data}, more...)...))
	if m == nil {
		t.Fatal("verify prints no root")
	}
	return m[1]
}

// change runs a statement behind the program's back.
func change(t *testing.T, data, sql string, args ...any) {
	t.Helper()
	d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(data, "cunju.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if n, err := d.Exec(t.Context(), sql, args...); err != nil || n == 0 {
		t.Fatalf("%s: %d rows, %v", sql, n, err)
	}
}

// putKeys puts copies of the key files, kept apart as an operator would, into another data folder.
func putKeys(t *testing.T, from, to string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(to, "keys"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"master.key", "log-" + testTown + ".key"} {
		text, err := os.ReadFile(filepath.Join(from, "keys", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(to, "keys", name), text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestLifeOfATown(t *testing.T) {
	data := peopled(t)
	root := rootOf(t, data)
	has(t, done(t, "rebuild", "--check", "--data", data), "一致")
	done(t, "rebuild", "--data", data)

	archive := filepath.Join(t.TempDir(), "town.zip")
	rule := "wait 5s\nwithout-quorum hold\n" // how checkpoints are let out goes along
	if err := os.WriteFile(filepath.Join(data, publish.RuleFile), []byte(rule), 0o600); err != nil {
		t.Fatal(err)
	}
	has(t, done(t, "backup", archive, "--data", data), "备份已写出并校验", root, "不含密钥")
	has(t, done(t, "verify", "--backup", archive), "备份校验通过", root)
	fails(t, []string{"backup", archive, "--data", data}, "已经存在")

	// The same root in another folder, with the keys put back by hand.
	other := filepath.Join(t.TempDir(), "other")
	putKeys(t, data, other)
	has(t, done(t, "restore", archive, "--data", other), "根与备份一致", root)
	if got, err := os.ReadFile(filepath.Join(other, publish.RuleFile)); err != nil || string(got) != rule {
		t.Errorf("the rule of publishing after the restore: %q %v", got, err)
	}
	if got := rootOf(t, other); got != root {
		t.Errorf("root after the restore is %s, was %s", got, root)
	}
	fails(t, []string{"restore", archive, "--data", other}, "已经有数据")

	// Without keys it is said what is missing, and nothing new is made up.
	bare := filepath.Join(t.TempDir(), "bare")
	has(t, done(t, "restore", archive, "--data", bare), "master.key")
	fails(t, []string{"verify", "--data", bare}, "master.key")

	change(t, data, `UPDATE journal_act SET payload = replace(payload, '甲一', '甲二') WHERE town = $1 AND payload LIKE '%甲一%'`, testTown)
	fails(t, []string{"verify", "--quick", "--data", data}, "第 6 号", "校验没有通过")
}

func TestChangedTablesAreFound(t *testing.T) {
	data := peopled(t)
	change(t, data, `UPDATE member_roster SET name = '李四' WHERE town = $1 AND name = '乙二'`, testTown)
	fails(t, []string{"verify", "--data", data}, "member_roster", "校验没有通过")
	fails(t, []string{"rebuild", "--check", "--data", data}, "第一处：表 member_roster")
	done(t, "rebuild", "--data", data)
	has(t, done(t, "rebuild", "--check", "--data", data), "一致")
}

func TestKeysTravelWithAPassphrase(t *testing.T) {
	data := peopled(t)
	word := filepath.Join(t.TempDir(), "word")
	if err := os.WriteFile(word, []byte("correct horse battery\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	archive := filepath.Join(t.TempDir(), "town.zip")
	done(t, "backup", archive, "--data", data, "--with-keys", "--passphrase-file", word)
	short := filepath.Join(t.TempDir(), "short")
	if err := os.WriteFile(short, []byte("abc\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	fails(t, []string{"restore", archive, "--data", filepath.Join(t.TempDir(), "x"), "--passphrase-file", short}, "口令太短")
	other := filepath.Join(t.TempDir(), "other")
	done(t, "restore", archive, "--data", other, "--passphrase-file", word)
	if rootOf(t, other) != rootOf(t, data) {
		t.Error("the roots differ")
	}
	// Numbers open again: the same one is known to belong to somebody.
	fails(t, []string{"import", roster(t, number("19800101", 1)), "--as", "roster", "--data", other}, "此人已在")
}

func TestRestoresIntoPostgres(t *testing.T) {
	dsn := dbtest.PostgresDSN(t)
	data := peopled(t)
	root := rootOf(t, data)
	archive := filepath.Join(t.TempDir(), "town.zip")
	done(t, "backup", archive, "--data", data)
	other := filepath.Join(t.TempDir(), "other")
	putKeys(t, data, other)
	done(t, "restore", archive, "--data", other, "--db", dsn)
	if got := rootOf(t, other, "--db", dsn); got != root {
		t.Errorf("root on PostgreSQL is %s, was %s", got, root)
	}
	back := filepath.Join(t.TempDir(), "back.zip")
	done(t, "backup", back, "--data", other, "--db", dsn)
	third := filepath.Join(t.TempDir(), "third")
	putKeys(t, data, third)
	done(t, "restore", back, "--data", third)
	if got := rootOf(t, third); got != root {
		t.Errorf("root after the way back is %s, was %s", got, root)
	}
}

func TestFlippedAttachmentIsNamedByItsAct(t *testing.T) {
	data := newTown(t)
	hash := strings.Repeat("ab", 32)
	record(t, data, func(w *journal.Writer) error {
		_, err := journal.Add(t.Context(), w, org.KindEstablish, w.Today(), nil,
			org.Establish{Kind: "village", Name: "文峰村", Parents: map[org.Line]int64{org.Area: 0}, Note: `"sha256"`})
		return err
	})
	has(t, done(t, "verify", "--data", data), "记录中引用 0 个")
	folder := filepath.Join(data, "files", hash[:2])
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, hash), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	fails(t, []string{"verify", "--data", data}, hash, "已被改动或损坏")
}

// record hands a deed to a town's journal as the system.
func record(t *testing.T, data string, do func(w *journal.Writer) error) journal.Receipt {
	t.Helper()
	h := openTown(t, data, options{})
	defer h.close()
	r, err := h.journal.Record(t.Context(), h.town, journal.Request{By: journal.By{System: true}, Decide: decideBy(do)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestProofsHoldWithoutTheDatabase(t *testing.T) {
	data := newTown(t)
	r := record(t, data, func(w *journal.Writer) error {
		_, err := org.Adopt(t.Context(), w, law.SetSetting{Key: law.PostingDays.Name, Value: 20, Level: law.Town, From: w.Today(), Citation: "文峰街道公开办法"}, w.Today())
		return err
	})
	folder := t.TempDir()
	n := jsonNumber(r.First)
	out := done(t, "proof", n, "--data", data, "--out", folder)
	key := regexp.MustCompile(`公钥  (\S+)`).FindStringSubmatch(out)[1]
	proof, act := filepath.Join(folder, testTown+"-"+n+".tlog-proof"), filepath.Join(folder, testTown+"-"+n+".json")
	if err := os.RemoveAll(data); err != nil {
		t.Fatal(err)
	}
	check := []string{"verify", "--proof", proof, "--act", act, "--key", key}
	has(t, done(t, check...), "校验通过", "第 "+n+" 号")

	raw, err := os.ReadFile(act)
	if err != nil {
		t.Fatal(err)
	}
	for name, changed := range map[string]string{
		"content": strings.Replace(string(raw), "20", "10", 1),
		"header":  strings.Replace(string(raw), "org.setting/1", "org.setting/2", 1),
		"nothing": "{}",
	} {
		if err := os.WriteFile(act, []byte(changed), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, out := cli(t, check...); code != 1 || !strings.Contains(out, "没有通过") {
			t.Errorf("%s: exit code %d\n%s", name, code, out)
		}
	}
	fails(t, []string{"verify", "--proof", proof}, "--act")
	fails(t, []string{"verify", "--proof", proof, "--act", act, "--key", "abc"}, "不是总账的公钥")
}

func TestWrongTownsAndFoldersAreRefused(t *testing.T) {
	data := newTown(t)
	empty := filepath.Join(t.TempDir(), "typo")
	for _, args := range [][]string{{"serve"}, {"verify"}, {"rebuild"}, {"proof", "0"}, {"backup", "x.zip"}, {"account", "list"}, {"export", "journal", "--out", "x"}} {
		fails(t, append(args, "--data", empty), "还没有数据")
	}
	if _, err := os.Stat(empty); err == nil {
		t.Error("a mistyped folder was made")
	}
	fails(t, []string{"verify", "--data", data, "--town", "321002004"}, "没有 321002004 的总账")
	fails(t, []string{"init", "--data", data, "--town", testTown, "--name", "x", "--origin", "x", "--person", "x", "--login", "zhangsan"}, "已经建立")
	fails(t, []string{"init", "--data", data, "--town", "999", "--name", "x", "--origin", "x", "--person", "x", "--login", "zhangsan"}, "什么也没有建立")
	fails(t, []string{"demo", "--data", data, "--no-serve"}, "别的数据")
	fails(t, []string{"demo", "--data", data, "--no-serve", "--fresh"}, "别的数据")
	fails(t, []string{"proof", "99", "--data", data}, "没有第 99 号")
	fails(t, []string{"verify", "--data", data, "--db", "oracle:x"}, "打不开")
}

func TestLostLogKeyIsNotReplaced(t *testing.T) {
	data := newTown(t)
	key := filepath.Join(data, "keys", "log-"+testTown+".key")
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	fails(t, []string{"verify", "--data", data}, "签名密钥", "放回原处")
	if _, err := os.Stat(key); err == nil {
		t.Error("a new key was made")
	}
}

func TestEverythingComesOut(t *testing.T) {
	data := peopled(t)
	folder := filepath.Join(t.TempDir(), "all")
	done(t, "export", "--all", folder, "--data", data, "--by", "wangfang")
	for _, name := range []string{"党组织.xlsx", "党员花名册.xlsx", "住户.xlsx"} {
		z, err := zip.OpenReader(filepath.Join(folder, name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		z.Close()
	}
	raw, err := os.ReadFile(filepath.Join(folder, "总账.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	for i, line := range lines {
		var a actOut
		if err := json.Unmarshal([]byte(line), &a); err != nil || a.N != int64(i) {
			t.Fatalf("line %d: %v", i, err)
		}
		head, err := journal.ParseEntry([]byte(a.Entry))
		if err != nil || string(journal.Commit(a.Salt, []byte(a.Payload))) != string(head.Commitment) {
			t.Errorf("act %d cannot be checked from the export: %v", i, err)
		}
	}
	if strings.Contains(string(raw), number("19800101", 1)) {
		t.Error("an identity number stands in the exported journal")
	}
	// The journal names everybody: nobody takes it without a name of his own, and not without a trace.
	book := filepath.Join(t.TempDir(), "book.jsonl")
	fails(t, []string{"export", "journal", "--out", book, "--data", data}, "--by")
	if _, err := os.Stat(book); err == nil {
		t.Error("a journal was written that nobody answers for")
	}
	done(t, "export", "journal", "--out", book, "--reason", "移交审计", "--data", data, "--by", "wangfang")
	done(t, "export", "organisation", "--out", filepath.Join(t.TempDir(), "party.xlsx"), "--full", "--reason", "核对书记", "--data", data, "--by", "wangfang")
	// Whole numbers only with a reason, and noted for each person.
	out := filepath.Join(t.TempDir(), "full.xlsx")
	fails(t, []string{"export", "roster", "--out", out, "--full", "--data", data, "--by", "wangfang"}, "--reason")
	fails(t, []string{"export", "roster", "--out", out, "--data", data}, "--by")
	done(t, "export", "roster", "--out", out, "--full", "--reason", "上报年度统计", "--data", data, "--by", "wangfang")
	// A roster as of a day, in either layout; a day to come has none.
	for _, layout := range []string{"roster29", "village-roster"} {
		fails(t, []string{"export", "roster", "--form", layout, "--out", out + ".no", "--as-of", "2199-01-01", "--data", data, "--by", "wangfang"}, "还没有到")
		before := filepath.Join(t.TempDir(), layout+".xlsx")
		done(t, "export", "roster", "--form", layout, "--out", before, "--as-of", "2020-01-01", "--data", data, "--by", "wangfang")
		if text := sheetText(t, before); !strings.Contains(text, "截至2020年1月1日　共3人") || len(eightYears.FindAllString(text, -1)) != 3 { // eight years in the Party by then
			t.Errorf("%s as of 2020: %s", layout, text)
		}
	}
	h := openTown(t, data, options{})
	defer h.close()
	views, err := db.One[int64](t.Context(), h.db, `SELECT count(*) FROM access_view WHERE town = $1 AND reason = '上报年度统计'`, testTown)
	if err != nil || views != 3 {
		t.Errorf("%d views noted, want 3 (%v)", views, err)
	}
	persons, err := db.One[int64](t.Context(), h.db, `SELECT persons FROM access_view WHERE town = $1 AND reason = '移交审计' AND what LIKE '整本总账%'`, testTown)
	if err != nil || persons != 4 { // the clerk and three members
		t.Errorf("%d persons noted with the journal, want 4 (%v)", persons, err)
	}
}

func TestImportsArePreviewedRehearsedAndRecorded(t *testing.T) {
	data := peopled(t)
	bad := csv(t, "姓名,公民身份号码,人员类别,所在党支部,入党日期", "丁四,321002198001010000,正式党员,中共文峰村支部委员会,2010-07-01", "戊五,"+number("19900101", 3)+",正式党员,没有的支部,2015-07-01")
	marked := filepath.Join(t.TempDir(), "marked.xlsx")
	before := rootOf(t, data)
	fails(t, []string{"import", bad, "--as", "roster", "--data", data, "--commit", "--by", "wangfang", "--marked", marked}, "错误 B2", "错误 D3", "什么也没有记录")
	if _, err := os.Stat(marked); err != nil {
		t.Error(err)
	}
	good := csv(t, "姓名,公民身份号码,人员类别,所在党支部,入党日期", "戊五,"+number("19900101", 3)+",正式党员,中共文峰村支部委员会,2015-07-01")
	has(t, done(t, "import", good, "--as", "roster", "--data", data), "这是预览")
	has(t, done(t, "import", good, "--as", "roster", "--data", data, "--dry-run", "--by", "wangfang"), "将记录 2 件")
	fails(t, []string{"import", good, "--as", "roster", "--data", data, "--commit"}, "--by")
	fails(t, []string{"import", good, "--as", "roster", "--data", data, "--commit", "--by", "nobody"}, "没有登录名")
	if rootOf(t, data) != before {
		t.Error("a preview, rehearsal or refusal was recorded")
	}
	has(t, done(t, "import", good, "--as", "roster", "--data", data, "--commit", "--by", "wangfang"), "已记录 2 件")
	fails(t, []string{"import", filepath.Join(data, "keys.db"), "--as", "roster", "--data", data}, "")
}

// sheetText is all the text of a workbook, for a look at what stands in it.
func sheetText(t *testing.T, file string) string {
	t.Helper()
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var b strings.Builder
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			b.WriteString(strings.Join(row, "|") + "\n")
		}
	}
	return b.String()
}
