package sheet

import (
	"errors"
	"fmt"
)

// Refusal says that a file cannot be read, in words for the person who brought
// it: what the file is and what to do. Cause, when present, is for the log.
type Refusal struct {
	Code    string // stable short name, such as "html" or "encrypted"
	Message string // plain Chinese
	Cause   error
}

// Error returns the message for people.
func (r *Refusal) Error() string { return r.Message }

// Unwrap returns the technical cause, if any.
func (r *Refusal) Unwrap() error { return r.Cause }

// refuse makes a Refusal with a formatted message.
func refuse(code, format string, args ...any) *Refusal {
	return &Refusal{Code: code, Message: fmt.Sprintf(format, args...)}
}

// broken refuses a file that has the right kind but cannot be read through.
func broken(what string, cause error) error {
	var r *Refusal
	if errors.As(cause, &r) {
		return r
	}
	return &Refusal{Code: "broken", Cause: cause,
		Message: "文件已损坏，" + what + "读不出来，没有导入任何内容。请用 WPS 打开，检查内容后另存为 xlsx 再上传。"}
}

// Refusals of files that are something else. The ending of the name plays no
// part: these are found by the bytes.
var kinds = map[string]string{
	"empty":     "文件是空的（0 字节）。请确认选对了文件，重新上传。",
	"html":      "这是网页另存的假表格，请用 WPS 打开后另存为 xlsx 再上传。",
	"mhtml":     "这是网页存档文件（mht），不是真正的表格。请用 WPS 打开后另存为 xlsx 再上传。",
	"xml2003":   "这是“XML 表格 2003”格式，请用 WPS 打开后另存为 xlsx 再上传。",
	"biff5":     "这是 Excel 95 或更早的旧格式，请用 WPS 打开后另存为 xlsx 再上传。",
	"encrypted": "表格设了打开密码，系统读不了。请用 WPS 打开，在“文件—文档加密”里去掉密码，保存后再上传。",
	"xlsb":      "这是二进制表格（xlsb），请用 WPS 打开后另存为 xlsx 再上传。",
	"ods":       "这是 ODS 表格，请用 WPS 打开后另存为 xlsx 再上传。",
	"numbers":   "这是苹果 Numbers 表格，请导出为 Excel（xlsx）后再上传。",
	"docx":      "这是 Word 文档，不是表格。请把里面的表格复制到 WPS 表格里，另存为 xlsx 再上传。",
	"pptx":      "这是演示文稿，不是表格。请上传 xlsx、xls 或 csv 表格。",
	"ofd":       "这是 OFD 版式文件，不是表格。请找到原来的表格文件（xlsx、xls 或 csv）上传。",
	"pdf":       "这是 PDF 文件，不是表格。请找到原来的表格文件（xlsx、xls 或 csv）上传。",
	"rtf":       "这是写字板文档（rtf），不是表格。请把里面的表格复制到 WPS 表格里，另存为 xlsx 再上传。",
	"image":     "这是图片，不是表格。请找到原来的表格文件（xlsx、xls 或 csv）上传。",
	"archive":   "这是压缩包。请先解压，再上传里面的表格文件。",
	"ole":       "这不是表格文件。请上传 xlsx、xls 或 csv 表格。",
	"binary":    "认不出这个文件，它不是表格。请上传 xlsx、xls 或 csv 表格。",
	"encoding":  "文字编码认不出来，读出来会是乱码。请用 WPS 打开，确认文字正常后另存为 xlsx 再上传。",
}

// refuseKind refuses a file of a known other kind.
func refuseKind(code string) *Refusal {
	return &Refusal{Code: code, Message: kinds[code]}
}
