package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"
)

// Magic numbers of files that offices mistake for tables.
var magics = []struct{ prefix, code string }{
	{"%PDF", "pdf"},
	{"{\\rtf", "rtf"},
	{"\x89PNG", "image"}, {"\xff\xd8\xff", "image"}, {"GIF8", "image"}, {"BM", "image?"}, {"II*\x00", "image"}, {"MM\x00*", "image"},
	{"Rar!", "archive"}, {"7z\xbc\xaf", "archive"}, {"\x1f\x8b", "archive"}, {"BZh", "archive"},
}

// sniff names the format ("xlsx", "xls", "csv") by the file's first bytes and,
// for containers, by what they hold. Anything else is a [Refusal].
func sniff(r io.ReaderAt, size int64) (string, error) {
	head := make([]byte, 4096)
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", broken("文件", err)
	}
	head = head[:n]
	if size == 0 || n == 0 {
		return "", refuseKind("empty")
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return sniffZip(r, size)
	case bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return "", refuseKind("archive")
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return sniffOLE(r)
	case bareBIFF(head):
		return "", refuseKind("biff5")
	}
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.prefix)) && m.code != "image?" {
			return "", refuseKind(m.code)
		}
	}
	// A bitmap's "BM" could begin a text; its reserved bytes are zero.
	if bytes.HasPrefix(head, []byte("BM")) && n > 10 && bytes.Equal(head[6:10], make([]byte, 4)) {
		return "", refuseKind("image")
	}
	if bytes.HasPrefix(head, []byte("RIFF")) && n > 12 && string(head[8:12]) == "WEBP" {
		return "", refuseKind("image")
	}
	if code := sniffMarkup(head); code != "" {
		return "", refuseKind(code)
	}
	return "csv", nil
}

// bareBIFF reports a worksheet stream without a container: BIFF 2 to 5 begin
// with a BOF record (MS-XLS 2.4.21 and its ancestors).
func bareBIFF(head []byte) bool {
	if len(head) < 8 || head[0] != 0x09 {
		return false
	}
	v, n := head[1], int(head[2])|int(head[3])<<8
	return (v == 0 || v == 2 || v == 4 || v == 8) && n >= 4 && n <= 16
}

// sniffMarkup recognises HTML, web archives and XML tables under any ending,
// in any single-byte-compatible encoding or UTF-16.
func sniffMarkup(head []byte) string {
	for _, mark := range []string{"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"} {
		head = bytes.TrimPrefix(head, []byte(mark))
	}
	text := strings.ToLower(string(bytes.TrimLeft(bytes.ReplaceAll(head, []byte{0}, nil), " \t\r\n")))
	switch {
	case strings.HasPrefix(text, "mime-version:"):
		return "mhtml"
	case !strings.HasPrefix(text, "<"):
		return ""
	case strings.Contains(text, "urn:schemas-microsoft-com:office:spreadsheet") && !strings.Contains(text, "<html"):
		return "xml2003"
	}
	for _, tag := range []string{"<html", "<!doctype", "<table", "<meta", "<head", "<body", "<style", "<script", "<div", "<?xml", "<!--"} {
		if strings.HasPrefix(text, tag) {
			return "html"
		}
	}
	return ""
}

// sniffZip says what a zip container holds.
func sniffZip(r io.ReaderAt, size int64) (string, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return "", broken("表格", err)
	}
	if len(z.File) > maxParts {
		return "", refuse("bomb", "文件里有 %d 个部件，正常的表格不会这样，没有读取。请用 WPS 打开，把内容复制到新表格后上传。", len(z.File))
	}
	found := func(match func(string) bool) bool {
		for _, f := range z.File {
			if match(strings.ReplaceAll(f.Name, "\\", "/")) {
				return true
			}
		}
		return false
	}
	has := func(part string) bool {
		return found(func(n string) bool { return strings.EqualFold(n, part) })
	}
	under := func(dir string) bool {
		return found(func(n string) bool { return strings.HasPrefix(n, dir) })
	}
	switch {
	case has("xl/workbook.bin"):
		return "", refuseKind("xlsb")
	case has("[Content_Types].xml") && under("xl/"):
		return "xlsx", nil
	case under("word/"):
		return "", refuseKind("docx")
	case under("ppt/"):
		return "", refuseKind("pptx")
	case has("OFD.xml"):
		return "", refuseKind("ofd")
	case has("content.xml") && has("mimetype"):
		return "", refuseKind("ods")
	case has("Index/Document.iwa") || has("Index.zip"):
		return "", refuseKind("numbers")
	}
	return "", refuseKind("archive")
}

// sniffOLE says what a compound file (MS-CFB) holds.
func sniffOLE(r io.ReaderAt) (string, error) {
	doc, err := mscfb.New(r)
	if err != nil {
		return "", broken("文件", err)
	}
	names := map[string]bool{}
	for _, f := range doc.File {
		names[strings.ToLower(f.Name)] = true
	}
	switch {
	case names["encryptedpackage"]:
		return "", refuseKind("encrypted")
	case names["workbook"]:
		return "xls", nil
	case names["book"]:
		return "", refuseKind("biff5")
	case names["worddocument"]:
		return "", refuseKind("docx")
	case names["powerpoint document"]:
		return "", refuseKind("pptx")
	}
	return "", refuseKind("ole")
}
