package sheet

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
)

// xlsx reads an Office Open XML workbook (ECMA-376) part by part, straight
// from the zip: only the shared strings stay in memory.
type xlsx struct {
	parts   map[string]*zip.File // by lower-case name
	sheets  []string             // part name of each sheet
	strings []string
	forms   []dateForm // by cell style index
	era1904 bool
	loaded  bool // strings are read
	strPart string
}

// openXLSX reads the workbook's list of sheets and its styles.
func openXLSX(r io.ReaderAt, size int64) (source, []Info, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, nil, broken("表格", err)
	}
	x := &xlsx{parts: make(map[string]*zip.File, len(z.File))}
	var total uint64
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, nil, refuseKind("encrypted")
		}
		total += f.UncompressedSize64
		if f.UncompressedSize64 > maxPart || total > maxUnpack ||
			f.UncompressedSize64 > ratioFloor && f.UncompressedSize64/max(f.CompressedSize64, 1) > maxRatio {
			return nil, nil, refuseSize()
		}
		x.parts[strings.ToLower(strings.ReplaceAll(f.Name, "\\", "/"))] = f
	}
	book := "xl/workbook.xml"
	rels, err := x.rels("_rels/.rels")
	if err != nil {
		return nil, nil, broken("表格", err)
	}
	for _, rel := range rels {
		if strings.HasSuffix(rel.kind, "/officeDocument") {
			book = resolve("", rel.target)
		}
	}
	infos, err := x.workbook(book)
	if err != nil {
		return nil, nil, broken("表格", err)
	}
	return x, infos, nil
}

func refuseSize() *Refusal {
	return refuse("bomb", "表格展开后太大（上限 %d MB），没有读取。多半是数据下面有大量带格式的空行：请在 WPS 里选中数据下面的所有行并删除，保存后再上传。", maxPart>>20)
}

// limited passes through at most maxPart bytes: the size a zip states about
// itself need not be true.
type limited struct {
	io.ReadCloser
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.ReadCloser.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, refuseSize()
	}
	return n, err
}

// open opens a part; a part that is not there gives nil.
func (x *xlsx) open(name string) (io.ReadCloser, error) {
	f := x.parts[strings.ToLower(name)]
	if f == nil {
		return nil, nil
	}
	rc, err := f.Open()
	if err != nil {
		return nil, err
	}
	return &limited{rc, maxPart}, nil
}

// scan calls fn for each token of a part until fn returns errStop.
func (x *xlsx) scan(name string, fn func(token) error) error {
	rc, err := x.open(name)
	if err != nil || rc == nil {
		return err
	}
	defer rc.Close()
	s := newScanner(rc)
	for {
		t, err := s.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = fn(t)
		}
		if errors.Is(err, errStop) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// size is how many bytes the worksheet parts unpack to, as the zip states it.
func (x *xlsx) size() (n uint64) {
	for _, name := range x.sheets {
		n += x.parts[strings.ToLower(name)].UncompressedSize64
	}
	return n
}

var errStop = errors.New("stop")

type relation struct{ id, kind, target string }

func (x *xlsx) rels(name string) ([]relation, error) {
	var out []relation
	err := x.scan(name, func(t token) error {
		if t.kind == tokStart && string(t.name) == "Relationship" {
			out = append(out, relation{t.str("Id"), t.str("Type"), t.str("Target")})
		}
		return nil
	})
	return out, err
}

// resolve makes a relation's target a part name.
func resolve(dir, target string) string {
	if rest, ok := strings.CutPrefix(target, "/"); ok {
		return path.Clean(rest)
	}
	return path.Join(dir, target)
}

// workbook reads the list of sheets, the date system and, by the relations,
// where styles and strings are.
func (x *xlsx) workbook(name string) ([]Info, error) {
	dir, base := path.Split(name)
	rels, err := x.rels(dir + "_rels/" + base + ".rels")
	if err != nil {
		return nil, err
	}
	target := map[string]string{}
	styles := ""
	for _, r := range rels {
		switch p := resolve(dir, r.target); {
		case strings.HasSuffix(r.kind, "/worksheet"):
			target[r.id] = p
		case strings.HasSuffix(r.kind, "/styles"):
			styles = p
		case strings.HasSuffix(r.kind, "/sharedStrings"):
			x.strPart = p
		}
	}
	var infos []Info
	err = x.scan(name, func(t token) error {
		if t.kind != tokStart {
			return nil
		}
		switch string(t.name) {
		case "workbookPr":
			v := t.str("date1904")
			x.era1904 = v == "1" || v == "true"
		case "sheet":
			id := t.str("r:id")
			if id == "" {
				id = anyID(t)
			}
			if p := target[id]; p != "" && x.parts[strings.ToLower(p)] != nil {
				x.sheets = append(x.sheets, p)
				st := t.str("state")
				infos = append(infos, Info{Name: t.str("name"), Hidden: st == "hidden" || st == "veryHidden"})
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return infos, x.styles(styles)
}

// anyID finds the relation of a sheet whose file uses another prefix than "r".
func anyID(t token) string {
	for _, f := range strings.Fields(string(t.attrs)) {
		if k, v, ok := strings.Cut(f, "="); ok && strings.HasSuffix(k, ":id") {
			return strings.Trim(v, `"'`)
		}
	}
	return ""
}

// styles reads which cell styles show dates.
func (x *xlsx) styles(name string) error {
	codes := map[int]dateForm{}
	inXfs := false
	return x.scan(name, func(t token) error {
		switch n := string(t.name); {
		case n == "cellXfs":
			inXfs = t.kind == tokStart && !t.self
		case t.kind != tokStart:
		case n == "numFmt":
			if id, err := strconv.Atoi(t.str("numFmtId")); err == nil {
				codes[id] = codeForm(t.str("formatCode"))
			}
		case n == "xf" && inXfs:
			id, _ := strconv.Atoi(t.str("numFmtId"))
			form, ok := codes[id]
			if !ok {
				form = builtinForm(id)
			}
			x.forms = append(x.forms, form)
		}
		return nil
	})
}

// load reads the shared strings, once. Phonetic guides (rPh) are not content.
func (x *xlsx) load() error {
	if x.loaded {
		return nil
	}
	x.loaded = true
	var cur []byte
	var inText, inPhonetic bool
	total := 0
	return x.scan(x.strPart, func(t token) error {
		switch {
		case t.kind == tokText:
			if inText && !inPhonetic {
				cur = appendText(cur, t)
			}
		case string(t.name) == "si":
			if t.kind == tokStart {
				cur = cur[:0]
			}
			if t.kind == tokEnd || t.self {
				cur = unescapeX(cur)
				if total += len(cur) + 16; total > maxStrings {
					return refuseSize()
				}
				x.strings = append(x.strings, string(cur))
			}
		case string(t.name) == "t":
			inText = t.kind == tokStart && !t.self
		case string(t.name) == "rPh":
			inPhonetic = t.kind == tokStart && !t.self
		}
		return nil
	})
}

func appendText(dst []byte, t token) []byte {
	if t.cdata {
		return append(dst, t.text...)
	}
	return unescape(dst, t.text)
}
