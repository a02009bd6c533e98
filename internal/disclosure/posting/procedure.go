package posting

import (
	"cunju/internal/access"
	"cunju/internal/matter"
)

// StepRehang is the one step of the procedure; kept for ever.
const StepRehang = "rehang"

// Procedure is the way of a sheet that was said to be gone.
var Procedure = &matter.Procedure{Code: "disclosure.rehang", Title: "公示不在公开栏上", Steps: []matter.Step{
	{Code: StepRehang, Title: "到现场看，重新贴上并登记", Who: "书记、主任或街道党建办", Power: access.DisclosurePublish, Law: "《村民委员会组织法》第三十五条；《城市居民委员会组织法》第三十四条"},
}}
