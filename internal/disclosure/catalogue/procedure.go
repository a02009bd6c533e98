package catalogue

import (
	"cunju/internal/access"
	"cunju/internal/matter"
)

// StepPublish is the one step of a due item; kept for ever.
const StepPublish = "disclose"

// Procedure is the way of a due item, PartyProcedure that of one of Party affairs: it waits for other offices.
var (
	Procedure = &matter.Procedure{Code: "disclosure.due", Title: "应公开事项", Steps: []matter.Step{
		{Code: StepPublish, Title: "按期公开", Who: "目录写明的负责单位", Power: access.DisclosureDue, Law: "《村民委员会组织法》第三十五条；《城市居民委员会组织法》第三十四条；《农村集体经济组织法》第四十五条"}}}
	PartyProcedure = &matter.Procedure{Code: "disclosure.due-party", Title: "应公开的党务事项", Steps: []matter.Step{
		{Code: StepPublish, Title: "按期公开", Who: "党组织", Power: access.DisclosurePartyDue, Law: "《中国共产党党务公开条例（试行）》"}}}
)
