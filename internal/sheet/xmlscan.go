package sheet

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// maxToken bounds one tag or one run of text in an .xlsx part.
const maxToken = 1 << 20

var (
	errXML      = errors.New("malformed xml")
	errXMLToken = errors.New("xml token too long")
	errXMLDTD   = errors.New("xml document type declarations are not read")
)

type tokenKind uint8

const (
	tokStart tokenKind = iota
	tokEnd
	tokText
)

// token is one piece of an XML part. Its slices are valid until the next call.
type token struct {
	kind  tokenKind
	name  []byte // local name, without prefix
	attrs []byte // raw attributes of a start tag
	text  []byte // raw text, entities not yet resolved
	cdata bool
	self  bool // <name/>: no end tag follows
}

// scanner is a pull reader for the regular XML of spreadsheet parts. It keeps
// only the current token in memory and allocates nothing per token, which is
// what lets a sheet of a million empty rows pass through at little cost.
// It does not check nesting: the readers above only need order.
type scanner struct {
	r        io.Reader
	buf      []byte
	pos, end int
	eof      bool
}

func newScanner(r io.Reader) *scanner {
	return &scanner{r: r, buf: make([]byte, 64<<10)}
}

// fill reads more bytes behind the unread ones.
func (s *scanner) fill() error {
	if s.eof {
		return io.EOF
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= maxToken {
			return errXMLToken
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for range 100 {
		n, err := s.r.Read(s.buf[s.end:])
		s.end += n
		if errors.Is(err, io.EOF) {
			s.eof = true
			if n == 0 {
				return io.EOF
			}
			return nil
		}
		if err != nil || n > 0 {
			return err
		}
	}
	return io.ErrNoProgress
}

// find returns the offset from pos at which sub begins, reading as needed.
func (s *scanner) find(sub []byte, from int) (int, error) {
	for {
		if s.pos+from < s.end {
			if i := bytes.Index(s.buf[s.pos+from:s.end], sub); i >= 0 {
				return from + i, nil
			}
			from = max(from, s.end-s.pos-len(sub)+1)
		}
		if err := s.fill(); err != nil {
			return 0, err
		}
	}
}

var (
	lt, gt         = []byte("<"), []byte(">")
	commentEnd     = []byte("-->")
	cdataEnd       = []byte("]]>")
	piEnd          = []byte("?>")
	commentStart   = []byte("<!--")
	cdataStart     = []byte("<![CDATA[")
	xmlInstruction = []byte("<?")
)

// next returns the next token, io.EOF at the end of the part.
func (s *scanner) next() (token, error) {
	for {
		if s.pos == s.end {
			if err := s.fill(); err != nil {
				return token{}, err
			}
		}
		if s.buf[s.pos] != '<' {
			i, err := s.find(lt, 0)
			if errors.Is(err, io.EOF) {
				i, err = s.end-s.pos, nil
			}
			if err != nil {
				return token{}, err
			}
			t := token{kind: tokText, text: s.buf[s.pos : s.pos+i]}
			s.pos += i
			return t, nil
		}
		for s.end-s.pos < len(cdataStart) && !s.eof {
			if err := s.fill(); err != nil && !errors.Is(err, io.EOF) {
				return token{}, err
			}
		}
		rest := s.buf[s.pos:s.end]
		var stop []byte
		switch {
		case bytes.HasPrefix(rest, commentStart):
			stop = commentEnd
		case bytes.HasPrefix(rest, xmlInstruction):
			stop = piEnd
		case bytes.HasPrefix(rest, cdataStart):
			i, err := s.find(cdataEnd, len(cdataStart))
			if err != nil {
				return token{}, unexpected(err)
			}
			t := token{kind: tokText, cdata: true, text: s.buf[s.pos+len(cdataStart) : s.pos+i]}
			s.pos += i + len(cdataEnd)
			return t, nil
		case len(rest) > 1 && rest[1] == '!':
			return token{}, errXMLDTD
		default:
			return s.tag()
		}
		i, err := s.find(stop, 2)
		if err != nil {
			return token{}, unexpected(err)
		}
		s.pos += i + len(stop)
	}
}

// tag reads one start or end tag. A ">" inside a quoted value does not end it.
func (s *scanner) tag() (token, error) {
	i := 0
	for {
		j, err := s.find(gt, i)
		if err != nil {
			return token{}, unexpected(err)
		}
		i = j + 1
		raw := s.buf[s.pos+1 : s.pos+j]
		if bytes.Count(raw, []byte{'"'})%2 == 1 && !bytes.Contains(raw, []byte{'\''}) {
			continue
		}
		s.pos += i
		var t token
		if len(raw) > 0 && raw[0] == '/' {
			t.kind, raw = tokEnd, raw[1:]
		} else if len(raw) > 0 && raw[len(raw)-1] == '/' {
			t.self, raw = true, raw[:len(raw)-1]
		}
		n := 0
		for n < len(raw) && !space(raw[n]) {
			n++
		}
		t.name, t.attrs = raw[:n], raw[n:]
		if k := bytes.IndexByte(t.name, ':'); k >= 0 {
			t.name = t.name[k+1:]
		}
		if len(t.name) == 0 {
			return token{}, errXML
		}
		return t, nil
	}
}

func space(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// attr returns the raw value of an attribute by its name with prefix, nil when
// it is absent.
func (t token) attr(name string) []byte {
	a := t.attrs
	for {
		for len(a) > 0 && space(a[0]) {
			a = a[1:]
		}
		eq := bytes.IndexByte(a, '=')
		if eq < 0 {
			return nil
		}
		key := bytes.TrimRight(a[:eq], " \t\r\n")
		a = a[eq+1:]
		for len(a) > 0 && space(a[0]) {
			a = a[1:]
		}
		if len(a) == 0 || (a[0] != '"' && a[0] != '\'') {
			return nil
		}
		end := bytes.IndexByte(a[1:], a[0])
		if end < 0 {
			return nil
		}
		if string(key) == name {
			return a[1 : 1+end]
		}
		a = a[end+2:]
	}
}

// str returns an attribute with its entities resolved, "" when absent.
func (t token) str(name string) string { return string(unescape(nil, t.attr(name))) }

// unescape appends raw XML text to dst with entities resolved. An unknown
// entity stays as it is written.
func unescape(dst, raw []byte) []byte {
	for {
		i := bytes.IndexByte(raw, '&')
		if i < 0 {
			return append(dst, raw...)
		}
		dst = append(dst, raw[:i]...)
		raw = raw[i:]
		j := bytes.IndexByte(raw, ';')
		if j < 0 || j > 12 {
			dst, raw = append(dst, '&'), raw[1:]
			continue
		}
		switch name := string(raw[1:j]); {
		case name == "amp":
			dst = append(dst, '&')
		case name == "lt":
			dst = append(dst, '<')
		case name == "gt":
			dst = append(dst, '>')
		case name == "quot":
			dst = append(dst, '"')
		case name == "apos":
			dst = append(dst, '\'')
		case len(name) > 1 && name[0] == '#':
			n, err := strconv.ParseUint(name[1:], 10, 32)
			if name[1] == 'x' || name[1] == 'X' {
				n, err = strconv.ParseUint(name[2:], 16, 32)
			}
			if err != nil || n > utf8.MaxRune {
				n = utf8.RuneError
			}
			dst = utf8.AppendRune(dst, rune(n))
		default:
			dst = append(dst, raw[:j+1]...)
		}
		raw = raw[j+1:]
	}
}

// unescapeX resolves the _xHHHH_ escapes with which Excel stores characters
// that XML cannot hold (ECMA-376 part 1, 22.9.2.19), in place.
func unescapeX(b []byte) []byte {
	if !bytes.Contains(b, []byte("_x")) {
		return b
	}
	out := b[:0]
	for i := 0; i < len(b); {
		if i+6 < len(b) && b[i] == '_' && b[i+1] == 'x' && b[i+6] == '_' {
			if n, err := strconv.ParseUint(string(b[i+2:i+6]), 16, 16); err == nil && n < 0x80 {
				out = append(out, byte(n))
				i += 7
				continue
			}
		}
		out = append(out, b[i])
		i++
	}
	return out
}
