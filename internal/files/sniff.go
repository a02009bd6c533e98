package files

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
)

// Kind is an accepted type of file.
type Kind struct {
	Ending string // with the dot
	Type   string // media type
	Title  string
}

// kinds in the order in which people are told of them.
var kinds = []Kind{
	{".pdf", "application/pdf", "PDF 文件"},
	{".png", "image/png", "PNG 图片"},
	{".jpg", "image/jpeg", "JPEG 图片"},
	{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx 表格"},
	{".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx 文档"},
	{".ofd", "application/ofd", "OFD 版式文件"},
}

// Kinds lists the accepted types.
func Kinds() []Kind { return append([]Kind(nil), kinds...) }

// Endings lists the endings that names of accepted files have.
func Endings() []string { return []string{".pdf", ".png", ".jpg", ".jpeg", ".xlsx", ".docx", ".ofd"} }

// Refusal says why a file was not stored, in words for the person who brought it.
type Refusal struct{ Message string }

// Error returns the message for people.
func (r *Refusal) Error() string { return r.Message }

func tooLarge(limit int64) *Refusal {
	return &Refusal{fmt.Sprintf("附件最大 %d 兆，这个文件超过了，没有保存。请压缩图片或拆成几个文件。", limit>>20)}
}

// sniff finds the type of a file by its bytes and holds it against the ending of its name.
func sniff(r io.ReaderAt, size int64, name string) (string, error) {
	if size == 0 {
		return "", &Refusal{"附件是空的（0 字节），没有保存。请重新选择。"}
	}
	if carriesMacros(r, size) {
		return "", &Refusal{"“" + name + "”里有宏（会自动运行的程序），没有保存。请另存为不带宏的文件再上传。"}
	}
	k, ok := kindOf(r, size)
	if !ok {
		return "", &Refusal{"附件只收 pdf、png、jpg、xlsx、docx、ofd，“" + name + "”不是其中任何一种，没有保存。"}
	}
	lower := strings.ToLower(name)
	if !strings.HasSuffix(lower, k.Ending) && !(k.Ending == ".jpg" && strings.HasSuffix(lower, ".jpeg")) {
		return "", &Refusal{"“" + name + "”其实是" + k.Title + "，名字和内容不一致，没有保存。请把文件名的末尾改成 " + k.Ending + " 再上传。"}
	}
	return k.Type, nil
}

// maxEntries bounds the members of a container that are looked at; office files have some dozens.
const maxEntries = 10_000

func kindOf(r io.ReaderAt, size int64) (Kind, bool) {
	head := make([]byte, 16)
	n, _ := r.ReadAt(head, 0) // a short file gives a short head
	head = head[:n]
	tail := make([]byte, min(size, 1024))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return Kind{}, false
	}
	switch {
	case bytes.HasPrefix(head, []byte("%PDF-")) && bytes.Contains(tail, []byte("%%EOF")): // ISO 32000-1, 7.5.5
		return kinds[0], true
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")) && bytes.HasSuffix(tail, []byte("IEND\xaeB`\x82")): // ISO/IEC 15948
		return kinds[1], true
	case bytes.HasPrefix(head, []byte("\xff\xd8\xff")) && bytes.Contains(tail, []byte("\xff\xd9")): // ISO/IEC 10918-1, end of image
		return kinds[2], true
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return containerKind(r, size)
	}
	return Kind{}, false
}

// carriesMacros reports whether an office document has programs in it, whatever its name says (MS-OVBA; macro sheets of ECMA-376).
func carriesMacros(r io.ReaderAt, size int64) bool {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return false
	}
	for i, f := range z.File {
		if i == maxEntries {
			return false // refused as no document at all
		}
		if name := strings.ToLower(f.Name); strings.HasSuffix(name, "vbaproject.bin") || strings.Contains(name, "/macrosheets/") {
			return true
		}
	}
	return false
}

// containerKind tells office documents from other archives by the member that each must hold (ECMA-376; GB/T 33190-2016).
func containerKind(r io.ReaderAt, size int64) (Kind, bool) {
	z, err := zip.NewReader(r, size)
	if err != nil || len(z.File) > maxEntries {
		return Kind{}, false
	}
	for _, f := range z.File {
		switch strings.TrimPrefix(f.Name, "/") {
		case "xl/workbook.xml":
			return kinds[3], true
		case "word/document.xml":
			return kinds[4], true
		case "OFD.xml":
			return kinds[5], true
		}
	}
	return Kind{}, false
}
