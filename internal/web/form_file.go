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
	if len(f.files[name]) > 1 {
		f.Fail(name, label, "一次只能选择一个文件")
		return nil
	}
	list := f.Files(name, label, need, 1, limit, endings...)
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// Files is [Form.File] for up to most files of one field. When one of them is
// wrong, all are put aside: a list is taken whole or not at all.
func (f *Form) Files(name, label string, need Need, most int, limit int64, endings ...string) []*Upload {
	heads := f.files[name]
	switch {
	case len(heads) == 0 || heads[0].Filename == "":
		if need == Needed {
			f.Fail(name, label, "请选择文件")
		}
		return nil
	case len(heads) > most:
		f.Fail(name, label, fmt.Sprintf("一次最多选择 %d 个文件", most))
		return nil
	}
	var list []*Upload
	for _, head := range heads {
		up, wrong := receive(head, limit, endings)
		if wrong == "" {
			list = append(list, up)
			continue
		}
		for _, up := range list {
			up.Close()
		}
		f.Fail(name, label, wrong)
		return nil
	}
	return list
}

// receive opens one uploaded file, or says what is wrong with it.
func receive(head *multipart.FileHeader, limit int64, endings []string) (up *Upload, wrong string) {
	base, err := cleanText(path.Base(strings.ReplaceAll(head.Filename, `\`, "/")))
	switch {
	case err != nil || base == "" || base == "." || base == "/" || len(base) > 255:
		return nil, "文件名看不懂，请改名后再选"
	case !hasEnding(base, endings):
		return nil, "只接受这些类型的文件：" + strings.Join(endings, "、")
	case head.Size == 0:
		return nil, "文件是空的"
	case head.Size > limit:
		return nil, fmt.Sprintf("文件最大 %s，这个文件有 %s", sizeText(limit), sizeText(head.Size))
	}
	file, err := head.Open()
	if err != nil {
		return nil, "文件没有收到，请重新选择"
	}
	var first [512]byte
	n, err := io.ReadFull(file, first[:])
	if err == nil || err == io.ErrUnexpectedEOF {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		file.Close()
		return nil, "文件没有收全，请重新选择"
	}
	return &Upload{File: file, Name: base, Size: head.Size, Sniffed: http.DetectContentType(first[:n])}, ""
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
