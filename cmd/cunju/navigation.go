package main

import (
	"cunju/internal/access"
	"cunju/internal/desk"
)

// navigation is the desk's list on the left, in order. An entry is seen by those who have its power somewhere.
func navigation() []desk.Entry {
	return []desk.Entry{
		{Group: "办公", Text: "工作台", Href: "/desk", Icon: "checklist"},
		{Group: "办公", Text: "三务公开", Href: "/desk/disclosure", Icon: "speakerphone", Act: access.MatterRead},
		{Group: "办公", Text: "应公开事项", Href: "/desk/due", Icon: "clipboard-check", Act: access.MatterRead},
		{Group: "办公", Text: "询问和监督", Href: "/desk/oversight", Icon: "message-circle", Act: access.MatterRead},
		{Group: "台账", Text: "组织机构", Href: "/desk/org", Icon: "sitemap", Act: access.OrgRead},
		{Group: "台账", Text: "党员名册", Href: "/desk/members", Icon: "users", Act: access.MemberRead},
		{Group: "台账", Text: "人员和住户", Href: "/desk/people", Icon: "home", Act: access.PeopleRead},
		{Group: "制度", Text: "总账", Href: "/desk/acts", Icon: "book"},
		{Group: "制度", Text: "本地规定", Href: "/desk/settings", Icon: "gavel", Act: access.OrgRead},
		{Group: "制度", Text: "查阅记录", Href: "/desk/viewlog", Icon: "eye", Act: access.ViewlogRead},
		{Group: "制度", Text: "账号", Href: "/desk/accounts", Icon: "user", Act: access.AccountManage},
		{Group: "制度", Text: "职权一览", Href: "/desk/powers", Icon: "scale"},
	}
}
