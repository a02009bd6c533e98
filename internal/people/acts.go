package people

import (
	"unicode/utf8"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/journal"
)

// Sealed is one encrypted field: ciphertext, and blind indexes for look-up of the whole value and of its last four characters.
// Frozen.
type Sealed struct {
	Text  string `json:"t,omitempty"`
	Blind string `json:"b,omitempty"`
	Tail  string `json:"e,omitempty"`
}

// Enrol enters a person. Frozen.
type Enrol struct {
	Key        int64         `json:"key" title:"密钥编号" as:"inner"` // handle of the person's key
	Name       string        `json:"name" title:"姓名"`
	Sex        string        `json:"sex,omitempty" title:"性别" list:"people.sex"` // 男, 女
	Birth      calendar.Date `json:"birth,omitempty" title:"出生日期"`               // "" unknown
	Ethnicity  string        `json:"ethnicity,omitempty" title:"民族"`
	Education  string        `json:"education,omitempty" title:"学历"`
	Degree     string        `json:"degree,omitempty" title:"学位"`
	Registered string        `json:"registered,omitempty" title:"户籍所在地" help:"写到县（区）或街道（乡镇）"` // 户籍所在地 (county or town; the full address is sealed)
	ID         Sealed        `json:"id" title:"公民身份号码" as:"sealed"`
	Phone      Sealed        `json:"phone" title:"手机号码" as:"sealed"`
	Address    Sealed        `json:"address" title:"住址" as:"sealed"`
}

// Change replaces the fields that are given. Frozen.
type Change struct {
	Name       *string        `json:"name,omitempty" title:"姓名"`
	Sex        *string        `json:"sex,omitempty" title:"性别" list:"people.sex"`
	Birth      *calendar.Date `json:"birth,omitempty" title:"出生日期"`
	Ethnicity  *string        `json:"ethnicity,omitempty" title:"民族"`
	Education  *string        `json:"education,omitempty" title:"学历"`
	Degree     *string        `json:"degree,omitempty" title:"学位"`
	Registered *string        `json:"registered,omitempty" title:"户籍所在地"`
	ID         *Sealed        `json:"id,omitempty" title:"公民身份号码" as:"sealed"`
	Phone      *Sealed        `json:"phone,omitempty" title:"手机号码" as:"sealed"`
	Address    *Sealed        `json:"address,omitempty" title:"住址" as:"sealed"`
}

// Resident is one person's place in a household. Frozen.
type Resident struct {
	Person   int64  `json:"person" title:"人员" ref:"people.person"`
	Relation string `json:"relation" title:"与户主的关系"` // to the head: 户主, 配偶, 子, 女 …
}

// Found enters a household with those who live in it. Frozen.
type Found struct {
	Number    string     `json:"number" title:"户号"`                     // the village's own number
	Unit      int64      `json:"unit" title:"所在村、社区或小组" ref:"org.unit"` // village, community or group
	Key       int64      `json:"key" title:"密钥编号" as:"inner"`           // handle of the key that the address is sealed under: the head's
	Address   Sealed     `json:"address" title:"住址" as:"sealed"`
	Residents []Resident `json:"residents" title:"住户成员"`
}

// Join adds a person to a household; Part takes one out. Frozen.
type Join struct {
	Resident
	Reason string `json:"reason" title:"迁入原因"`
}

// Part ends a person's stay in a household. Frozen.
type Part struct {
	Person int64  `json:"person" title:"人员" ref:"people.person"`
	Reason string `json:"reason" title:"迁出原因"`
}

// Lead makes a resident the head of a household, in place of one who moved out or is gone. The address is sealed again, under
// the new head's key. Frozen.
type Lead struct {
	Person    int64      `json:"person" title:"新户主" ref:"people.person"`
	Key       int64      `json:"key" title:"密钥编号" as:"inner"`
	Address   Sealed     `json:"address" title:"住址" as:"sealed"`
	Relations []Resident `json:"relations,omitempty" title:"与新户主的关系"` // of those whose relation changes with the head
	Reason    string     `json:"reason" title:"变更原因"`
}

// The kinds.
var (
	KindEnrol  = journal.Kind[Enrol]{Name: "people.enrol/1", Title: "登记人员", Power: access.PeopleEdit, Read: access.PeopleRead, Person: true, Keep: []string{"key", "id", "phone", "address"}, Check: checkEnrol}
	KindChange = journal.Kind[Change]{Name: "people.change/1", Title: "变更人员信息", Power: access.PeopleEdit, Read: access.PeopleRead, Person: true, Keep: []string{"id", "phone", "address"}, Check: checkChange}
	KindFound  = journal.Kind[Found]{Name: "people.household/1", Title: "登记住户", Power: access.PeopleEdit, Read: access.PeopleRead, Person: true, Keep: []string{"unit", "key", "address", "residents"}, Check: checkFound, Remnant: func(f Found) Found { return f }}
	KindJoin   = journal.Kind[Join]{Name: "people.join/1", Title: "迁入住户", Power: access.PeopleEdit, Read: access.PeopleRead, Person: true, Keep: []string{"person"}, Check: func(j *Join) error { return checkResidents([]Resident{j.Resident}) }, Remnant: func(j Join) Join { return Join{Resident: j.Resident} }}
	KindPart   = journal.Kind[Part]{Name: "people.part/1", Title: "迁出住户", Power: access.PeopleEdit, Read: access.PeopleRead, Person: true, Keep: []string{"person"}, Remnant: func(p Part) Part { return Part{Person: p.Person} }}
	KindLead   = journal.Kind[Lead]{Name: "people.lead/1", Title: "变更户主", Power: access.PeopleEdit, Read: access.PeopleRead, Person: true, Keep: []string{"person", "key", "address", "relations"}, Check: checkLead, Remnant: leftOfLead}
)

// Of a household stays who lived in it when: the others still do. Of a person nothing stays.
func leftOfLead(l Lead) Lead {
	l.Reason = ""
	return l
}

func checkEnrol(e *Enrol) error {
	if err := checkName(e.Name); err != nil {
		return err
	}
	return checkSex(e.Sex)
}

func checkChange(c *Change) error {
	if c.Name != nil {
		if err := checkName(*c.Name); err != nil {
			return err
		}
	}
	if c.Sex != nil {
		return checkSex(*c.Sex)
	}
	return nil
}

func checkName(name string) error {
	if n := utf8.RuneCountInString(name); n < 1 || n > 30 {
		return journal.RefuseField("name", "请填写姓名，不超过30个字。")
	}
	return nil
}

func checkSex(sex string) error {
	if sex != "" && sex != "男" && sex != "女" {
		return journal.RefuseField("sex", "性别请填“男”或“女”，现填的是“%s”。", sex)
	}
	return nil
}

func checkFound(f *Found) error {
	if f.Number == "" {
		return journal.RefuseField("number", "请填写户号。")
	}
	if len(f.Residents) == 0 {
		return journal.RefuseField("residents", "户号 %s 没有成员。", f.Number)
	}
	return checkResidents(f.Residents)
}

func checkLead(l *Lead) error {
	for _, r := range l.Relations {
		if r.Person == l.Person || r.Relation == Head {
			return journal.RefuseField("relation", "一户只能有一位户主。")
		}
	}
	return checkResidents(l.Relations)
}

func checkResidents(rs []Resident) error {
	heads, seen := 0, map[int64]bool{}
	for _, r := range rs {
		if r.Relation == "" {
			return journal.RefuseField("relation", "请填写与户主的关系。")
		}
		if r.Relation == Head {
			heads++
		}
		if seen[r.Person] {
			return journal.RefuseField("residents", "同一人在一户中登记了两次。")
		}
		seen[r.Person] = true
	}
	if heads > 1 {
		return journal.RefuseField("relation", "一户只能有一位户主。")
	}
	return nil
}

// Head is the relation of a household's head.
const Head = "户主"
