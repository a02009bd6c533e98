package files

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func zipOf(t testing.TB, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, n := range names {
		w, err := z.Create(n)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, "<x/>")
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const (
	pdf  = "%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
	png  = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x00IEND\xaeB`\x82"
	jpeg = "\xff\xd8\xff\xe0\x00\x10JFIF\x00body\xff\xd9"
)

func open(t testing.TB) *Store {
	t.Helper()
	s, err := Open(filepath.Join(t.TempDir(), "files"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestOnlyWhatItClaimsIsStored(t *testing.T) {
	s := open(t)
	for _, c := range []struct{ name, data, kind string }{
		{"账单.pdf", pdf, "application/pdf"},
		{"a.PNG", png, "image/png"},
		{"a.jpg", jpeg, "image/jpeg"},
		{"a.jpeg", jpeg, "image/jpeg"},
		{"a.xlsx", zipOf(t, "[Content_Types].xml", "xl/workbook.xml"), kinds[3].Type},
		{"a.docx", zipOf(t, "[Content_Types].xml", "word/document.xml"), kinds[4].Type},
		{"a.ofd", zipOf(t, "OFD.xml", "Doc_0/Document.xml"), kinds[5].Type},
		{"a.pdf", png, ""},
		{"a.xlsx", zipOf(t, "word/document.xml"), ""},
		{"a.zip", zipOf(t, "readme.txt"), ""},
		{"a.xlsx", zipOf(t, "[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), ""},
		{"a.xlsx", zipOf(t, "xl/workbook.xml", "xl/macrosheets/sheet1.xml"), ""},
		{"a.exe", "MZ\x90\x00", ""},
		{"a.pdf", "%PDF-1.7 cut short", ""},
		{"a.png", png[:20], ""},
		{"a.html", "<html><script>alert(1)</script>", ""},
		{"a.pdf", "", ""},
		{"a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>", ""},
		{"a.xlsx", "PK\x03\x04 broken", ""},
	} {
		st, err := s.Put(t.Context(), strings.NewReader(c.data), c.name, 1<<20)
		var r *Refusal
		switch {
		case c.kind == "" && !errors.As(err, &r):
			t.Errorf("%s %q: stored as %+v, %v", c.name, c.data[:min(8, len(c.data))], st, err)
		case c.kind != "" && (err != nil || st.Type != c.kind || st.Size != int64(len(c.data))):
			t.Errorf("%s: %+v, %v", c.name, st, err)
		}
	}
	left, err := os.ReadDir(filepath.Join(s.dir, "tmp"))
	if err != nil || len(left) != 0 {
		t.Errorf("left in tmp: %v %v", left, err)
	}
}

func TestTooLargeIsRefusedAndNotKept(t *testing.T) {
	s := open(t)
	_, err := s.Put(t.Context(), strings.NewReader(pdf), "a.pdf", int64(len(pdf))-1)
	var r *Refusal
	if !errors.As(err, &r) {
		t.Fatalf("one byte over the limit: %v", err)
	}
	if _, err := s.Put(t.Context(), strings.NewReader(pdf), "a.pdf", int64(len(pdf))); err != nil {
		t.Fatalf("at the limit: %v", err)
	}
	if n, _, _ := s.Verify(t.Context()); n != 1 {
		t.Fatalf("%d files kept", n)
	}
}

func TestRoundTripAndDeduplication(t *testing.T) {
	s := open(t)
	rapid.Check(t, func(rt *rapid.T) {
		body := "%PDF-1.7\n" + rapid.String().Draw(rt, "body") + "\n%%EOF"
		a, err := s.Put(context.Background(), strings.NewReader(body), "a.pdf", 1<<20)
		if err != nil {
			rt.Fatal(err)
		}
		b, err := s.Put(context.Background(), strings.NewReader(body), "b.pdf", 1<<20)
		if err != nil || a != b {
			rt.Fatalf("%+v and %+v, %v", a, b, err)
		}
		f, err := s.Open(a.Hash)
		if err != nil {
			rt.Fatal(err)
		}
		defer f.Close()
		got, err := io.ReadAll(f)
		if err != nil || string(got) != body || f.Size != int64(len(body)) {
			rt.Fatalf("read back %d bytes, %v", len(got), err)
		}
	})
	hashes, err := s.Hashes()
	n, damaged, verr := s.Verify(t.Context())
	if err != nil || verr != nil || n != len(hashes) || len(damaged) != 0 {
		t.Fatalf("%d of %d files, damaged %v, %v %v", n, len(hashes), damaged, err, verr)
	}
}

func TestVerifyNamesTheDamagedFileAndPutMendsIt(t *testing.T) {
	s := open(t)
	good, err := s.Put(t.Context(), strings.NewReader(pdf), "a.pdf", 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	bad, err := s.Put(t.Context(), strings.NewReader(png), "a.png", 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	raw := []byte(png)
	raw[12] ^= 1
	if err := os.WriteFile(s.path(bad.Hash), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	n, damaged, err := s.Verify(t.Context())
	if err != nil || n != 2 || len(damaged) != 1 || damaged[0].Hash != bad.Hash {
		t.Fatalf("%d files, damaged %v, %v", n, damaged, err)
	}
	if _, err := s.Check(good.Hash); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(t.Context(), strings.NewReader(png), "a.png", 1<<20); err != nil {
		t.Fatal(err)
	}
	if _, damaged, _ = s.Verify(t.Context()); len(damaged) != 0 {
		t.Fatalf("still damaged: %v", damaged)
	}
}

func TestUnknownAndHostileHashes(t *testing.T) {
	s := open(t)
	for _, h := range []string{"", "..", "../../etc/passwd", strings.Repeat("0", 64), strings.Repeat("A", 64), strings.Repeat("g", 64), "ab/" + strings.Repeat("0", 61)} {
		if _, err := s.Open(h); !errors.Is(err, ErrMissing) {
			t.Errorf("%q: %v", h, err)
		}
		if _, err := s.Check(h); !errors.Is(err, ErrMissing) {
			t.Errorf("%q: %v", h, err)
		}
	}
}

func TestInterruptedUploadLeavesNothing(t *testing.T) {
	s := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Put(ctx, strings.NewReader(pdf), "a.pdf", 1<<20); !errors.Is(err, context.Canceled) {
		t.Fatalf("cancelled upload: %v", err)
	}
	if err := os.WriteFile(filepath.Join(s.dir, "tmp", "put-1"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(s.dir); err != nil {
		t.Fatal(err)
	}
	left, _ := os.ReadDir(filepath.Join(s.dir, "tmp"))
	if n, _, err := s.Verify(t.Context()); n != 0 || err != nil || len(left) != 0 {
		t.Fatalf("%d files, %v, tmp %v", n, err, left)
	}
}
