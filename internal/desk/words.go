package desk

import (
	"fmt"

	"cunju/internal/web/ui"
)

// sealed says in words how far an act is under seal.
func sealed(v actView) string {
	if v.Sealed {
		return "已封存并有签名的检查点"
	}
	return "已记入总账，检查点将在片刻内签名"
}

func fixAction(p fixProps) string {
	if p.Void {
		return fmt.Sprintf("/desk/acts/%d/void", p.View.N)
	}
	return fmt.Sprintf("/desk/acts/%d/correct", p.View.N)
}

func fixText(void bool) string {
	if void {
		return "撤销误录"
	}
	return "记下更正"
}

func withHelp(f ui.Field, help string) ui.Field {
	f.Help = help
	return f
}
