package posting

import (
	"cunju/internal/access"
	"cunju/internal/matter"
)

// The one step of each procedure; kept for ever.
const (
	StepRehang = "rehang"
	StepRenew  = "renew"
)

// Procedure is the way of a sheet that was said to be gone.
var Procedure = &matter.Procedure{Code: "disclosure.rehang", Title: "公示不在公开栏上", Steps: []matter.Step{
	{Code: StepRehang, Title: "到现场看，重新贴上并登记", Who: "书记、主任或街道党建办", Power: access.DisclosurePublish, Law: "《村民委员会组织法》第三十五条；《城市居民委员会组织法》第三十四条"},
}}

// Renewals is the way of a sheet whose notice was covered while it hangs.
var Renewals = &matter.Procedure{Code: "disclosure.renew", Title: "遮盖以后换纸", Steps: []matter.Step{
	{Code: StepRenew, Title: "换下旧纸，重新打印张贴", Who: "书记、主任或街道党建办", Power: access.DisclosurePublish, Law: "《个人信息保护法》第四十七条"},
}}
