package posting

import (
	"fmt"
	"slices"

	"cunju/internal/desk"
	"cunju/internal/desk/body"
	"cunju/internal/web/ui"

	"cunju/internal/access"
)

// The codes in acts with their words.
var (
	witnesses = []ui.Option{{Value: string(Supervisor), Text: "监督委员会成员"}, {Value: string(Villager), Text: "本村居民"}, {Value: string(Scan), Text: "扫码，未登录"},
		{Value: string(Office), Text: "经办一方"}, {Value: string(Paper), Text: "纸质签到"}, {Value: string(Online), Text: "网上封存"}}
	answers = []ui.Option{{Value: string(There), Text: "在"}, {Value: string(Gone), Text: "不在（撕掉、遮住、换掉了）"}, {Value: string(Differs), Text: "内容和登记的不一样"}}
	rehangs = []ui.Option{{Value: HungAgain, Text: "已重新打印并贴上"}, {Value: StillHung, Text: "去看过，纸在栏上，内容相符"},
		{Value: DaysOver, Text: "张贴已经期满，不用再挂"}}
	signers = []ui.Option{{Value: "supervisor", Text: "监督委员会成员"}, {Value: "delegate", Text: "村（居）民代表"}, {Value: "villager", Text: "村（居）民"}}
	sides   = []ui.Option{{Value: SideSupervision, Text: "监督委员会"}, {Value: SideOffice, Text: "经办一方"}}
)

func known(list []ui.Option, code string) bool {
	return slices.ContainsFunc(list, func(o ui.Option) bool { return o.Value == code })
}

func word(list []ui.Option, code string) string {
	i := slices.IndexFunc(list, func(o ui.Option) bool { return o.Value == code })
	if i < 0 {
		return code
	}
	return list[i].Text
}

// Chinese names a witness as the public may read it: never a person.
func (w Witness) Chinese() string { return word(witnesses, string(w)) }

// Chinese says an answer.
func (a Answer) Chinese() string { return word(answers, string(a)) }

// Entities says how pages name check-ins, signed lists and heartbeats.
func Entities() map[string]desk.Entity {
	page := func(int64) string { return "/desk/disclosure/posting" }
	return map[string]desk.Entity{
		"disclosure.checkin": {Title: "现场核实", Href: func(id int64) string { return fmt.Sprintf("/desk/rehang/%d", id) }, Opens: powers,
			Names: desk.NamesBy(`SELECT e.id, n.title FROM posting_evidence e CROSS JOIN disclosure_notice n WHERE e.town = $1 AND n.town = $1 AND n.id = e.notice AND e.id IN (%s)`)},
		"disclosure.renewal": {Title: "遮盖以后换纸", Href: func(id int64) string { return fmt.Sprintf("/desk/rehang/%d", id) }, Opens: powers,
			Names: desk.NamesBy(`SELECT c.id, n.title FROM posting_change c CROSS JOIN disclosure_notice n WHERE c.town = $1 AND n.town = $1 AND n.id = c.notice AND c.sort = 'covered' AND c.id IN (%s)`)},
		"disclosure.signoff": {Title: "纸质签到补录", Href: page, Opens: powers},
		"disclosure.day":     {Title: "公开栏每日封存", Href: page, Opens: powers, Names: desk.NamesBy(`SELECT id, day FROM posting_heartbeat WHERE town = $1 AND id IN (%s)`)},
	}
}

// Lists are the codes that stand in the acts of this slice.
func Lists() body.Lists {
	return body.Lists{"disclosure.witness": witnesses, "disclosure.answer": answers, "disclosure.rehang": rehangs, "disclosure.signer": signers, "disclosure.side": sides}
}

// powers that open the desk's pages of posting.
var powers = []string{access.MatterRead, access.DisclosureCheckin, access.DisclosureDraft, access.DisclosurePublish, access.DisclosureTakedown}
