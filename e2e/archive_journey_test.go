package e2e

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cunju/e2e/browser"
)

// The whole board on a stick: read without a server and without scripts, checked by the program alone, and no file of it can lose
// a bit unnoticed. With it a receipt that a villager saved.
func TestArchiveJourney(t *testing.T) {
	needBrowser(t)
	data := copyTown(t)
	j := &journey{t: t, script: true}
	j.server = serve(t, data)
	j.publish()
	receipt, codes := j.saved(), j.printed()
	j.stop()

	stick := filepath.Join(t.TempDir(), "board.zip")
	if out, err := command(common.binary, "export", "board", "--data", data, "--out", stick); err != nil || strings.Contains(out, "注意") {
		t.Fatalf("export: %v\n%s", err, out)
	}
	dir := unpack(t, stick)
	policy := filepath.Join(t.TempDir(), "policy.txt") // as it hangs on the wall
	copyFile(t, filepath.Join(dir, "policy.txt"), policy)
	for _, place := range []string{stick, dir} {
		if out, err := command(common.binary, "verify", "--mirror", place, "--policy", policy); err != nil || !strings.Contains(out, "核对通过") {
			t.Fatalf("%s: %v\n%s", place, err, out)
		}
	}
	t.Run("read", func(t *testing.T) { readStick(t, dir, j.title) })
	t.Run("flip", func(t *testing.T) { flipEach(t, stick, dir, policy) })
	t.Run("receipt", func(t *testing.T) { checkReceipt(t, receipt, policy, j.title) })
	t.Run("codes on paper", func(t *testing.T) {
		slices.Reverse(codes) // scanned in any order
		name := filepath.Join(t.TempDir(), "scanned.txt")
		write(t, name, []byte(strings.Join(codes, "\n")))
		if out, err := command(common.binary, "verify", "--receipt", name, "--policy", policy); err != nil || !strings.Contains(out, "校验通过") || !strings.Contains(out, j.title) {
			t.Errorf("%d codes: %v\n%s", len(codes), err, out)
		}
		write(t, name, []byte(strings.Join(codes[1:], "\n")))
		if out, err := command(common.binary, "verify", "--receipt", name, "--policy", policy); err == nil {
			t.Errorf("one code is missing, and nobody says so:\n%s", out)
		}
	})
}

// saved is the page that a villager keeps of the notice.
func (j *journey) saved() []byte {
	tab := j.visit(j.t, browser.PhoneSize)
	tab.Go("/")
	tab.Click(j.title)
	tab.Click("查验这张公示")
	tab.ReloadUntil("查验通过", long)
	f := tab.Fetch(tab.Href("凭据"))
	if f.Status != 200 || !strings.Contains(f.Name, "attachment") {
		j.t.Fatalf("the receipt: %d %s", f.Status, f.Name)
	}
	return f.Body
}

var proofCode = regexp.MustCompile(`aria-label="(证明第 \d+ 个码，共 \d+ 个)"`)

// printed are the texts of the codes on the copy for the archive, read off their pictures.
func (j *journey) printed() (codes []string) {
	tab := j.visit(j.t, browser.DeskSize)
	tab.Go("/")
	tab.Click(j.title)
	tab.Go(tab.Path() + "/archive")
	page := tab.Source()
	for _, m := range proofCode.FindAllStringSubmatch(page, -1) {
		codes = append(codes, scan(j.t, page, m[1]))
	}
	if len(codes) < 2 {
		j.t.Fatalf("%d codes on the copy for the archive", len(codes))
	}
	return codes
}

// readStick looks at the pages from the folder, in a browser that knows no server.
func readStick(t *testing.T, dir, title string) {
	o := browser.PhoneSize
	o.NoScript = true
	tab := common.chromium.Open(t, "file://"+filepath.ToSlash(dir), o)
	tab.Go("/index.html")
	tab.See("公开栏", "按月查看", "按公开单位查看", "cunju verify --mirror")
	tab.Click(today().Format("2006年1月"))
	tab.Click(title)
	tab.See(title, "824")
	if wide := tab.TooWide(); wide != "" {
		t.Errorf("a notice from the stick: %s", wide)
	}
	tab.Follow(`/files/|files/[0-9a-f]{64}`)
}

// flipEach changes one bit in a file of each kind and wants it named.
func flipEach(t *testing.T, stick, dir, policy string) {
	for what, pattern := range map[string]string{
		"bundle": "log/*/tile/entries/000", "tile": "log/*/tile/0/000", "checkpoint": "log/*/checkpoint", "act": "log/*/act/*", "attachment": "files/*",
		"page": "n/*.html", "index": "index.html", "data": "n/*.json", "list": "notices.json", "style": "style.css", "policy": "policy.txt",
		"manifest": "MANIFEST", "note of the manifest": "MANIFEST.note",
	} {
		t.Run(what, func(t *testing.T) {
			found, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
			if err != nil || len(found) == 0 {
				t.Fatalf("no %s: %v", pattern, err)
			}
			flipped(t, found[len(found)-1], func() { refusedBy(t, "verify", "--mirror", dir, "--policy", policy) })
		})
	}
	flipped(t, stick, func() { refusedBy(t, "verify", "--mirror", stick, "--policy", policy) })
}

// flipped changes one bit in the middle of a file while check runs.
func flipped(t *testing.T, name string, check func()) {
	t.Helper()
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	bad := bytes.Clone(whole)
	bad[len(bad)/2] ^= 1
	write(t, name, bad)
	check()
	write(t, name, whole)
}

// refusedBy runs the program and wants exit status 1 and words about what is wrong.
func refusedBy(t *testing.T, args ...string) {
	t.Helper()
	out, err := command(common.binary, args...)
	if err == nil || !strings.Contains(err.Error(), "exit status 1") {
		t.Errorf("%v: %v, want exit status 1\n%s", args, err, out)
	}
	if !strings.Contains(out, "第一处问题：") && !strings.Contains(out, "核对没有通过：") {
		t.Errorf("%v names nothing:\n%s", args, out)
	}
}

var sealedLine = regexp.MustCompile(`(?m)^[^<\n]*[A-Z2-7]{60,}$`)

// checkReceipt checks a saved page with the policy alone, whole and with one character changed.
func checkReceipt(t *testing.T, page []byte, policy, title string) {
	name := filepath.Join(t.TempDir(), "凭据.html")
	write(t, name, page)
	if out, err := command(common.binary, "verify", "--receipt", name, "--policy", policy); err != nil || !strings.Contains(out, "校验通过") || !strings.Contains(out, title) {
		t.Fatalf("the receipt: %v\n%s", err, out)
	}
	lines := sealedLine.FindAllIndex(page, -1)
	if len(lines) == 0 {
		t.Fatal("the receipt has no lines to scan")
	}
	for _, at := range lines {
		bad := bytes.Clone(page)
		i := (at[0] + at[1]) / 2
		bad[i] = map[bool]byte{true: 'B', false: 'A'}[bad[i] == 'A']
		write(t, name, bad)
		refusedBy(t, "verify", "--receipt", name, "--policy", policy)
	}
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	write(t, to, b)
}

// unpack unpacks an archive as any computer would and answers the folder.
func unpack(t *testing.T, name string) string {
	t.Helper()
	z, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	dir := filepath.Join(t.TempDir(), "stick")
	if err := os.CopyFS(dir, z); err != nil {
		t.Fatal(err)
	}
	return dir
}
