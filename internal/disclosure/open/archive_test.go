package open

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cunju/internal/db/dbtest"
	"cunju/internal/disclosure"
	"cunju/internal/law/codes"
	"cunju/internal/mirror"
	"cunju/internal/trust"
)

func (y *town) policy() *trust.Policy {
	y.Helper()
	p, err := trust.Alone(y.key.VKey)
	if err != nil {
		y.Fatal(err)
	}
	return p
}

// archived packs the board.
func (y *town) archived() ([]byte, Archived) {
	y.Helper()
	var b bytes.Buffer
	done, err := y.board.Archive(y.Ctx, &b, y.files, y.policy(), y.key)
	if err != nil {
		y.Fatal(err)
	}
	return b.Bytes(), done
}

// verify checks an archive as anyone may.
func (y *town) verify(data []byte) *mirror.Report {
	y.Helper()
	name := filepath.Join(y.TempDir(), "board.zip")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		y.Fatal(err)
	}
	at, err := mirror.Open(y.Ctx, name)
	if err != nil {
		y.Fatal(err)
	}
	defer at.Close()
	r, err := mirror.Verify(y.Ctx, at.Source, mirror.Options{Policy: y.policy(), Public: y.J.Book().Public, Deleted: disclosure.Deleted, Owed: disclosure.DeletedOnly})
	if err != nil {
		y.Fatal(err)
	}
	return r
}

func contents(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestTheBoardInOneFile(t *testing.T) { onBoth(t, theBoardInOneFile) }

func theBoardInOneFile(t *testing.T, y *town) {
	id := y.out(y.october())
	y.out(village("路灯<维修>"))
	inner := y.outOf(y.Collective, disclosure.Content{Subject: "collective", Scope: disclosure.ScopeCollective, Title: "只给成员看的分红方案", Text: "只给成员看的内容。"})
	y.sign()
	late := y.out(village("检查点以后"))
	data, done := y.archived()
	if done.Notices != 2 || done.Files != 1 || len(done.Missing) > 0 || done.Size == 0 {
		t.Errorf("archived %+v", done)
	}
	if r := y.verify(data); len(r.Faults) > 0 || !r.Manifest || r.Files != 1 {
		t.Errorf("the check says %+v", r)
	}
	if again, _ := y.archived(); !bytes.Equal(data, again) {
		t.Error("the same board gives other bytes")
	}
	all := contents(t, data)
	for _, name := range []string{"index.html", "style.css", "policy.txt", "notices.json", "MANIFEST", "MANIFEST.note", "m/2026-11.html",
		fmt.Sprintf("n/%d.html", id), fmt.Sprintf("n/%d.json", id), fmt.Sprintf("u/%d.html", y.Committee), mirror.LogPath(y.Code) + "/checkpoint"} {
		if all[name] == nil {
			t.Errorf("%s is missing", name)
		}
	}
	var list Notices
	if err := json.Unmarshal(all["notices.json"], &list); err != nil || len(list.Items) != 2 || list.Items[1].ID != id {
		t.Errorf("notices.json is %+v, %v", list, err)
	}
	for _, id := range []int64{late, inner} {
		if all[fmt.Sprintf("n/%d.html", id)] != nil {
			t.Errorf("notice %d is in it", id)
		}
	}
	fingerprints := regexp.MustCompile(`[0-9a-f]{64}|[A-Za-z0-9+/=]{40,}|[0-9a-f]{4}( [0-9a-f]{4}){3}|d="[^"]*"`)
	link := regexp.MustCompile(`(?:href|src)="([^"]*)"`)
	for name, text := range all {
		if strings.Contains(string(text), "只给成员看") {
			t.Errorf("%s shows what is for members", name)
		}
		if strings.HasSuffix(name, ".json") || strings.HasSuffix(name, ".html") {
			if found := codes.FindPersonal(fingerprints.ReplaceAllString(string(text), "")); len(found) > 0 && !strings.HasPrefix(name, "log/") {
				t.Errorf("%s shows %v", name, found)
			}
		}
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		if strings.Contains(string(text), "<script") || strings.Contains(string(text), " style=") {
			t.Errorf("%s has a script or a style of its own", name)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			if target := path.Join(path.Dir(name), m[1]); strings.HasPrefix(m[1], "/") || all[target] == nil {
				t.Errorf("%s leads to %s, which is not in it", name, m[1])
			}
		}
	}
	page := string(all[fmt.Sprintf("n/%d.html", id)])
	for _, want := range []string{"店面租金", "168,600.00", "文峰村监委会主任", "合同.pdf", "https://gk.example/n/"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func TestAnEmptyBoardAndALostAttachment(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	if _, err := y.board.Archive(t.Context(), io.Discard, y.files, y.policy(), y.key); err == nil || !strings.Contains(err.Error(), "还没有公布过检查点") {
		t.Errorf("without a checkpoint: %v", err)
	}
	y.sign()
	data, done := y.archived()
	if r := y.verify(data); len(r.Faults) > 0 || done.Notices != 0 {
		t.Errorf("an empty board: %+v, %+v", r, done)
	}
	if !strings.Contains(string(contents(t, data)["index.html"]), "还没有公示") {
		t.Error("the first page says nothing")
	}
	c := y.october()
	y.out(c)
	y.sign()
	hash := c.Files[0].Hash
	if err := os.WriteFile(filepath.Join(y.fileDir, hash[:2], hash), []byte("%PDF-1.7\n%%EOX\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	data, done = y.archived()
	if len(done.Missing) != 1 || done.Missing[0] != hash {
		t.Errorf("a damaged attachment: %+v", done)
	}
	if r := y.verify(data); len(r.Faults) == 0 {
		t.Error("the check does not miss the attachment")
	}
}
