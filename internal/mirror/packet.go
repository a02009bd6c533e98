package mirror

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Into is what a mirror's files are written into.
type Into interface {
	Add(name string, data []byte) error
}

// Packet writes files and, at the end, the manifest over them with the log's signature.
type Packet struct {
	into  Into
	lines map[string]string
}

// NewPacket begins a packet; its files go into the given place.
func NewPacket(into Into) *Packet { return &Packet{into, map[string]string{}} }

// Add writes a file. A name that was used before is an error.
func (p *Packet) Add(name string, data []byte) error {
	if _, twice := p.lines[name]; twice || !plainName(name) || name == ManifestFile || name == noteFile {
		return fmt.Errorf("packet: the name %q cannot be used", name)
	}
	p.lines[name] = manifestLine(name, data)
	return p.into.Add(name, data)
}

// Seal writes MANIFEST and MANIFEST.note; nothing is added after it. The key is the log's.
func (p *Packet) Seal(key note.Signer) error {
	var names []string
	for name := range p.lines {
		names = append(names, name)
	}
	slices.Sort(names)
	var b strings.Builder
	for _, name := range names {
		b.WriteString(p.lines[name])
	}
	signed, err := note.Sign(&note.Note{Text: manifestText(key.Name(), b.String())}, key)
	if err != nil {
		return err
	}
	if err := p.into.Add(ManifestFile, []byte(b.String())); err != nil {
		return err
	}
	return p.into.Add(noteFile, signed)
}

// plainName reports whether a file's name is a clean relative path that means the same everywhere.
func plainName(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if part == "" || strings.HasPrefix(part, ".") || strings.ContainsAny(part, "\\:\n\x00") {
			return false
		}
	}
	return true
}

func manifestLine(name string, data []byte) string {
	sum := sha256.Sum256(data)
	return fmt.Sprintf("%x %d %s\n", sum, len(data), name)
}

// manifestText is what the log's key signs of a manifest. Its second line is no number: it is no checkpoint of any log.
func manifestText(origin, manifest string) string {
	return fmt.Sprintf("cunju-archive/v1\nlog %s\nsha256 %x\n", origin, sha256.Sum256([]byte(manifest)))
}

// listed is a file as a manifest names it.
type listed struct {
	hash [sha256.Size]byte
	size int64
}

// parseManifest reads a manifest; it must be written exactly as Seal writes it.
func parseManifest(text string) (map[string]listed, error) {
	files := map[string]listed{}
	last := ""
	for line := range strings.Lines(text) {
		f := strings.SplitN(strings.TrimSuffix(line, "\n"), " ", 3)
		if len(f) != 3 || !strings.HasSuffix(line, "\n") {
			return nil, fmt.Errorf("manifest line %q", line)
		}
		sum, err1 := hex.DecodeString(f[0])
		size, err2 := strconv.ParseInt(f[1], 10, 64)
		if err1 != nil || err2 != nil || len(sum) != sha256.Size || f[2] <= last || !plainName(f[2]) ||
			line != fmt.Sprintf("%x %d %s\n", sum, size, f[2]) {
			return nil, fmt.Errorf("manifest line %q", line)
		}
		last = f[2]
		files[last] = listed{[sha256.Size]byte(sum), size}
	}
	return files, nil
}

// Archive is a packet in one zip file.
type Archive struct {
	*Packet
	zip *zip.Writer
	out *tail
}

// NewArchive begins an archive; Close ends it.
func NewArchive(w io.Writer) *Archive {
	out := &tail{out: w, sum: sha256.New()}
	a := &Archive{zip: zip.NewWriter(out), out: out}
	a.Packet = NewPacket(zipped{a.zip})
	return a
}

// Close writes the manifest, signed by the log's key, and ends the zip file. It does not close the writer beneath.
func (a *Archive) Close(key note.Signer) error {
	if err := a.Seal(key); err != nil {
		return err
	}
	if err := a.zip.SetComment(zipComment([sha256.Size]byte{})); err != nil {
		return err
	}
	if err := a.zip.Flush(); err != nil {
		return err
	}
	a.out.keep = true // what is written from here on ends with the comment
	if err := a.zip.Close(); err != nil {
		return err
	}
	return a.out.end()
}

const commentHead = "cunju-archive/v1 sha256 "

// commentLen is the length of a zip's comment, which is the last of its bytes.
const commentLen = len(commentHead) + 2*sha256.Size

func zipComment(sum [sha256.Size]byte) string { return commentHead + hex.EncodeToString(sum[:]) }

// checkShell holds a whole zip file against the hash in its comment.
func checkShell(r io.ReaderAt, size int64) error {
	if size < int64(commentLen) {
		return fmt.Errorf("too short")
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(r, 0, size-int64(commentLen))); err != nil {
		return err
	}
	comment := make([]byte, commentLen)
	if _, err := r.ReadAt(comment, size-int64(commentLen)); err != nil {
		return err
	}
	if want := zipComment([sha256.Size]byte(sum.Sum(nil))); !bytes.Equal(comment, []byte(want)) {
		return fmt.Errorf("the comment says %q", comment)
	}
	return nil
}

// zipped adds files to a zip with nothing in their headers that the contents do not say: no times, no rights.
type zipped struct{ zip *zip.Writer }

func (z zipped) Add(name string, data []byte) error {
	w, err := z.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// tail passes bytes on and hashes them; at the end it holds them back, to put the hash into the comment.
type tail struct {
	out  io.Writer
	sum  hash.Hash
	keep bool
	held bytes.Buffer
}

func (t *tail) Write(b []byte) (int, error) {
	if t.keep {
		return t.held.Write(b)
	}
	t.sum.Write(b)
	return t.out.Write(b)
}

func (t *tail) end() error {
	b := t.held.Bytes()
	b = b[:len(b)-commentLen]
	t.sum.Write(b)
	if _, err := t.out.Write(b); err != nil {
		return err
	}
	_, err := io.WriteString(t.out, zipComment([sha256.Size]byte(t.sum.Sum(nil))))
	return err
}
