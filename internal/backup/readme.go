package backup

import (
	"fmt"
	"strings"

	"cunju/internal/calendar"
)

// readme tells whoever finds the archive what it is.
func readme(src Source) string {
	var b strings.Builder
	fmt.Fprintf(&b, "村居系统数据备份\n\n制作时间：%s\n程序版本：%s\n街道（乡镇）：%s\n\n", "北京时间 "+calendar.Instant(src.Made.UnixMilli()), src.Version, strings.Join(src.Towns, "、"))
	b.WriteString("内容：总账全部记录、检查点、账号（密码只有指纹）、登录和查阅记录、附件。\n数据表不在其中，恢复时按总账重新生成。\n\n")
	if src.Secrets != nil {
		b.WriteString("密钥：主密钥和签名密钥在 keys.age 中，用制作备份时的口令加密。口令遗失则无法打开。\n\n")
	} else {
		b.WriteString("密钥：本备份不含主密钥和签名密钥。恢复后，须把单独保管的 master.key 和 log-*.key 放入数据目录的 keys 文件夹；\n没有 master.key，身份证号、电话、住址无法打开；没有 log-*.key，总账不能再以原来的名义公布。\n\n")
	}
	b.WriteString("校验：cunju verify --backup 本文件\n恢复：cunju restore 本文件 --data 空目录\n")
	return b.String()
}
