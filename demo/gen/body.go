package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Lines of the tree of units and powers of a body, in the words of the files.
const (
	lineArea       = "区域"
	lineCollective = "集体经济"

	decides    = "决策"
	executes   = "执行"
	supervises = "监督"
	noPower    = "无"
)

// body is a unit that is no Party organisation: a place, or a body in a place.
// Area is the village or community it serves, the street for the street's own.
type body struct {
	Name, Kind, Line, Power, Parent, Area, Code, Credit, Founded, Note string
}

const (
	streetName = "文峰街道"
	office0    = "文峰街道办事处"
)

// institutions builds every unit besides the Party organisations, parents before
// children. Credit codes are invented; only their check characters are real.
func institutions() []*body {
	r := stream("credit")
	var list []*body
	add := func(b body) { list = append(list, &b) }
	add(body{Name: streetName, Kind: "街道（乡镇）", Line: lineArea, Power: executes, Area: streetName, Code: "321002003", Founded: "2001-11-28", Note: "区划代码据公布的统计用区划代码"})
	street := func(name, kind, power, founded string) {
		add(body{Name: name, Kind: kind, Line: lineArea, Power: power, Parent: streetName, Area: streetName, Founded: founded})
	}
	add(body{Name: office0, Kind: "街道办事处（乡镇政府）", Line: lineArea, Power: executes, Parent: streetName, Area: streetName, Credit: credit(r, "11"), Founded: "2001-11-28"})
	street("文峰街道便民服务中心", "便民服务中心", executes, "2015-08-20")
	street("文峰街道退休职工管理服务站", "便民服务中心", executes, "2003-10-20")
	street("文峰街道总工会", "群团组织", noPower, "2002-05-01")
	street("共青团文峰街道工作委员会", "群团组织", noPower, "2002-05-04")
	street("文峰街道妇女联合会", "群团组织", noPower, "2002-03-08")
	street("文峰街道残疾人联合会", "群团组织", noPower, "2004-05-16")
	for _, p := range places {
		p.bodies(r, add)
	}
	return list
}

// bodies adds one village or community and the units in it. A community that
// grew out of a village (连运社区) keeps its share co-operative.
func (p *placeSpec) bodies(r *rand.Rand, add func(body)) {
	area, kind, prefix, cell := "社区", "居民委员会", "54", "居民小组"
	if p.Village {
		area, kind, prefix, cell = "村", "村民委员会", "55", "村民小组"
	}
	add(body{Name: p.Name, Kind: area, Line: lineArea, Power: noPower, Parent: streetName, Area: p.Name, Code: p.Code, Founded: addDays(p.Founded, -90), Note: "区划代码末三位为演示编号"})
	under := func(name, kind, power, founded, credit string) {
		add(body{Name: name, Kind: kind, Line: lineArea, Power: power, Parent: p.Name, Area: p.Name, Credit: credit, Founded: founded})
	}
	under(p.committee(), kind, executes, addDays(p.Founded, -90), credit(r, prefix))
	under(p.supervision(), "监督委员会", supervises, "2010-12-20", "")
	under(p.Name+"便民服务站", "便民服务中心", executes, "2015-09-10", "")
	under(p.Name+"人民调解委员会", "人民调解委员会", noPower, "2011-01-20", "")
	under(p.Name+"妇女联合会", "群团组织", noPower, "2017-03-08", "")
	for g := 1; g <= p.Groups; g++ {
		under(p.Name+p.group(g), cell, noPower, addDays(p.Founded, -60), "")
	}
	if p.Village {
		under(p.market(), "集体企业、市场", executes, "2009-04-16", "")
	}
	if coop := p.coop(); coop != "" {
		add(body{Name: coop, Kind: "农村集体经济组织", Line: lineCollective, Power: decides, Parent: p.Name, Area: p.Name, Credit: credit(r, "N2"), Founded: "2018-11-26", Note: "成员大会决策，理事会执行，监事会监督"})
	}
}

// coop is the name of the share co-operative, or empty.
func (p *placeSpec) coop() string {
	if p.Village || p.Name == "连运社区" {
		return p.Name + "股份经济合作社"
	}
	return ""
}

func (p *placeSpec) market() string { return strings.TrimSuffix(p.Name, "村") + "农贸市场" }

func credit(r *rand.Rand, kind string) string {
	org := "MF"
	for range 6 {
		org += string(creditAlphabet[r.IntN(10)])
	}
	return creditCode(kind, "321002", org)
}

var headInstitutions = []string{"序号", "单位名称", "单位类别", "隶属线", "权力属性", "上级单位", "所属村居", "区划代码", "统一社会信用代码", "成立日期", "说明"}

func writeInstitutions(dir string, w *world) error {
	s := sheet{Name: "机构", Title: "文峰街道区域和机构一览表", Head: headInstitutions, Text: []string{"H", "I"}, Widths: []float64{6, 34, 24, 12, 10, 14, 14, 16, 22, 12, 36},
		Notes: []string{"统一社会信用代码为虚构，仅校验位按规则计算。"}}
	for i, b := range w.bodies {
		s.addText(fmt.Sprint(i+1), b.Name, b.Kind, b.Line, b.Power, b.Parent, b.Area, b.Code, b.Credit, b.Founded, b.Note)
	}
	return s.save(dir, "institutions.xlsx")
}
