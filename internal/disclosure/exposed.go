package disclosure

import (
	"fmt"
	"regexp"

	"cunju/internal/calendar"
)

// How long the names of a list are usually shown: as long as its sheet has to hang, and no longer than a year.
const (
	listDays  = 15
	listYears = 1
)

// What a list says of illness and disability, and of minors: both are sensitive by 个人信息保护法 article 28.
var (
	ofHealth = regexp.MustCompile(`残疾|重病|大病|疾病|精神病|精神障碍|病患|患者|慢病|特病`)
	ofMinors = regexp.MustCompile(`未成年|儿童|孤儿|学生|助学|小学|初中|幼儿`)
)

// exposed is what the drafter of a list of recipients should think of twice: for how long the names are shown, and what they tell.
func (c *Content) exposed(today calendar.Date) []string {
	a := c.Aid
	if a == nil || a.Covered > 0 {
		return nil
	}
	var list []string
	switch least, most := today.AddDays(listDays), today.AddYears(listYears); {
	case !a.Last.Valid():
	case a.Last < least:
		list = append(list, fmt.Sprintf("名单公开到%s，从今天算起不满 %d 日。公示至少张贴 %d 日，名单不要先遮盖。", a.Last.Chinese(), listDays, listDays))
	case a.Last > most:
		list = append(list, fmt.Sprintf("名单公开到%s，超过一年。姓名不必公开这么久，请写近一些的日子。", a.Last.Chinese()))
	}
	text := c.all()
	if found := ofHealth.FindString(text); found != "" {
		list = append(list, fmt.Sprintf("名单涉及病情、残疾（“%s”）。这是敏感个人信息，请只写必要的内容，取得本人单独同意，或者只公布户数和金额。", found))
	}
	if found := ofMinors.FindString(text); found != "" {
		list = append(list, fmt.Sprintf("名单涉及未成年人（“%s”）。不满十四周岁的，个人信息都是敏感信息，请写家长姓名，或者只公布人数和金额；要写的须经家长同意。", found))
	}
	return list
}
