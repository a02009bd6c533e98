package web

import (
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"path"
	"strings"
)

// Upload is a file someone sent. It must be closed.
type Upload struct {
	multipart.File
	// Name is the file's name without folders, as the person's computer has it.
	Name string
	// Size is in bytes.
	Size int64
	// Sniffed is the media type found in the first bytes; the name's ending is
	// only what the sender says.
	Sniffed string
}

// File reads one uploaded file of at most limit bytes whose name ends in one of
// the endings (".xlsx"). It returns nil when the field is empty or failed.
func (f *Form) File(name, label string, need Need, limit int64, endings ...string) *Upload {
	heads := f.files[name]
	if len(heads) == 0 || heads[0].Filename == "" {
		if need == Needed {
			f.Fail(name, label, "请选择文件")
		}
		return nil
	}
	head := heads[0]
	base, err := cleanText(path.Base(strings.ReplaceAll(head.Filename, `\`, "/")))
	switch {
	case err != nil || base == "" || base == "." || base == "/" || len(base) > 255:
		f.Fail(name, label, "文件名看不懂，请改名后再选")
		return nil
	case len(heads) > 1:
		f.Fail(name, label, "一次只能选择一个文件")
		return nil
	case !hasEnding(base, endings):
		f.Fail(name, label, "只接受这些类型的文件："+strings.Join(endings, "、"))
		return nil
	case head.Size == 0:
		f.Fail(name, label, "文件是空的")
		return nil
	case head.Size > limit:
		f.Fail(name, label, fmt.Sprintf("文件最大 %s，这个文件有 %s", sizeText(limit), sizeText(head.Size)))
		return nil
	}
	file, err := head.Open()
	if err != nil {
		f.Fail(name, label, "文件没有收到，请重新选择")
		return nil
	}
	var first [512]byte
	n, err := io.ReadFull(file, first[:])
	if err == nil || err == io.ErrUnexpectedEOF {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		file.Close()
		f.Fail(name, label, "文件没有收全，请重新选择")
		return nil
	}
	return &Upload{File: file, Name: base, Size: head.Size, Sniffed: http.DetectContentType(first[:n])}
}

func hasEnding(name string, endings []string) bool {
	if len(endings) == 0 {
		return true
	}
	lower := strings.ToLower(name)
	for _, e := range endings {
		if strings.HasSuffix(lower, e) {
			return true
		}
	}
	return false
}

// sizeText is a size as people read it.
func sizeText(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f 兆", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%d 千字节", n>>10)
	}
	return fmt.Sprintf("%d 字节", n)
}
