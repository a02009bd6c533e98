package backup

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"strings"
)

// archive is an archive open for reading.
type archive struct {
	file *os.File
	zip  *zip.Reader
	m    Manifest
}

// openArchive opens an archive and reads its manifest; that both are whole is another question.
func openArchive(path string) (*archive, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	a := &archive{file: file}
	if err := a.readManifest(); err != nil {
		file.Close()
		return nil, err
	}
	return a, nil
}

func (a *archive) close() error { return a.file.Close() }

// manifestMost bounds what is read of a manifest: about 150 bytes a part.
const manifestMost = 1 << 30

func (a *archive) readManifest() error {
	info, err := a.file.Stat()
	if err != nil {
		return err
	}
	if a.zip, err = zip.NewReader(a.file, info.Size()); err != nil {
		return &Damaged{Entry: -1, What: "不完整，或不是 cunju 的备份"}
	}
	f, err := a.zip.Open("manifest.json")
	if err != nil {
		return &Damaged{Entry: -1, What: "没有清单，不是 cunju 的备份"}
	}
	defer f.Close()
	if err := json.NewDecoder(io.LimitReader(f, manifestMost)).Decode(&a.m); err != nil {
		return &Damaged{Part: "manifest.json", Entry: -1, What: "已损坏"}
	}
	if a.m.Format != format && a.m.Format != firstFormat {
		return &Damaged{Entry: -1, What: fmt.Sprintf("的格式是 %q，这个版本的程序只认得 %s。请用制作备份时或更新的版本", a.m.Format, format)}
	}
	return nil
}

// Verify reads an archive whole and holds every byte against its digests, every act against its seals, and every journal
// against the root in the manifest. What does not fit is a [*Damaged] that names the first place.
func Verify(ctx context.Context, path string, progress Progress) (*Manifest, error) {
	a, err := openArchive(path)
	if err != nil {
		return nil, err
	}
	defer a.close()
	return &a.m, a.verify(ctx, progress)
}

func (a *archive) verify(ctx context.Context, progress Progress) error {
	for i, p := range a.m.Parts {
		if err := ctx.Err(); err != nil {
			return err
		}
		progress.tell("备份", int64(i), int64(len(a.m.Parts)))
		if err := a.verifyPart(p); err != nil {
			return err
		}
	}
	for _, t := range a.m.Towns {
		for _, rp := range partsOf(a.m.Format) {
			if _, ok := a.m.part(rp.name(t.Town)); !ok {
				return &Damaged{Part: rp.name(t.Town), Entry: -1, What: "缺失"}
			}
		}
	}
	return a.verifyWhole()
}

// verifyWhole holds the file against the digest at its end: it knows of bytes that belong to no part.
func (a *archive) verifyWhole() error {
	info, err := a.file.Stat()
	if err != nil {
		return err
	}
	size := info.Size() - digestLength
	comment := a.zip.Comment
	if size < 0 || !strings.HasPrefix(comment, commentHead) || len(comment) != len(commentHead)+digestLength {
		return &Damaged{Entry: -1, What: "的结尾已损坏"}
	}
	digest, err := digestOf(io.NewSectionReader(a.file, 0, size))
	if err != nil {
		return err
	}
	if digest != comment[len(commentHead):] {
		return &Damaged{Entry: -1, What: "的目录或清单已被改动（各部分的内容完好）"}
	}
	return nil
}

func (a *archive) verifyPart(p Part) error {
	if rest, ok := strings.CutPrefix(p.Name, "towns/"); ok {
		town, file, _ := strings.Cut(rest, "/")
		for _, t := range a.m.Towns {
			for _, rp := range partsOf(a.m.Format) {
				if t.Town == town && rp.file == file {
					return a.rows(t, rp, func([]any, []tile) error { return nil })
				}
			}
		}
		return &Damaged{Part: p.Name, Entry: -1, What: "不在清单所列的街道（乡镇）之中"}
	}
	digest := ""
	if hash, ok := strings.CutPrefix(p.Name, filePrefix); ok {
		digest = hash
	}
	r, err := a.open(p)
	if err != nil {
		return err
	}
	defer r.Close()
	if _, err := io.Copy(io.Discard, r); err != nil {
		return &Damaged{Part: p.Name, Entry: -1, What: "已损坏，读不出来"}
	}
	if err := r.check(); err != nil {
		return err
	}
	if digest != "" && digest != p.SHA256 {
		return &Damaged{Part: p.Name, Entry: -1, What: "不是这个名称的附件"}
	}
	return nil
}

// rows reads a part with rows and hands every row to f; with acts come the tiles that they complete. The part is checked as
// it is read, so f may have been given rows when the error comes.
func (a *archive) rows(t Town, rp rowPart, f func(row []any, full []tile) error) error {
	name := rp.name(t.Town)
	p, ok := a.m.part(name)
	if !ok {
		return &Damaged{Part: name, Entry: -1, What: "缺失"}
	}
	r, err := a.open(p)
	if err != nil {
		return err
	}
	defer r.Close()
	acts := rp.table.Name == actTable.Name
	seal := &sealing{town: t.Town}
	var stop error // f's own
	n, err := readRows(r, rp.table, t.Town, func(row []any) error {
		var full []tile
		if acts {
			at := seal.size
			var wrong string
			if full, wrong = seal.add(row); wrong != "" {
				return &Damaged{Part: name, Entry: at, What: wrong}
			}
		}
		stop = f(row, full)
		return stop
	})
	var damaged *Damaged
	switch {
	case stop != nil:
		return stop
	case errors.As(err, &damaged):
		return err
	case err != nil && acts:
		return &Damaged{Part: name, Entry: n, What: "已损坏，读不出来"}
	case err != nil:
		return &Damaged{Part: name, Entry: -1, What: fmt.Sprintf("第 %d 行已损坏，读不出来", n+1)}
	}
	if err := r.check(); err != nil {
		return err
	}
	if n != p.Rows {
		return &Damaged{Part: name, Entry: -1, What: fmt.Sprintf("有 %d 行，清单上是 %d 行", n, p.Rows)}
	}
	if acts {
		if err := seal.same(t); err != nil {
			return &Damaged{Part: name, Entry: -1, What: err.Error()}
		}
	}
	return nil
}

// partReader reads a part and its digest.
type partReader struct {
	io.ReadCloser
	part Part
	hash hash.Hash
}

func (a *archive) open(p Part) (*partReader, error) {
	f, err := a.zip.Open(p.Name)
	if err != nil {
		return nil, &Damaged{Part: p.Name, Entry: -1, What: "缺失"}
	}
	return &partReader{f, p, sha256.New()}, nil
}

// Read reads on, never more than the manifest allows.
func (r *partReader) Read(b []byte) (int, error) {
	n, err := r.ReadCloser.Read(b)
	r.hash.Write(b[:n])
	return n, err
}

// check holds what was read against the manifest.
func (r *partReader) check() error {
	if _, err := io.Copy(io.Discard, r); err != nil || hex.EncodeToString(r.hash.Sum(nil)) != r.part.SHA256 {
		return &Damaged{Part: r.part.Name, Entry: -1, What: "已被改动"}
	}
	return nil
}
