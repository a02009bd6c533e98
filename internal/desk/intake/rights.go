package intake

import (
	"fmt"
	"slices"
	"strings"

	"cunju/internal/access"
	"cunju/internal/web"
)

// right is what the person may do with a row.
type right struct {
	Offices []access.Decision // those that carry it
	Barred  string            // why it cannot be recorded, "" when it can
}

// rights says of every row of a plan in which of the person's offices it can be recorded. A row that rests on a barred one is
// barred too: its own power was asked for where the other would have led.
func (c *Counter) rights(r *web.Request, plan Plan) ([]right, error) {
	items, at := make([]Item, plan.Len()), map[string]int{}
	var units []int64
	for i := range items {
		items[i] = plan.Item(i)
		at[items[i].Key] = i
		for _, n := range items[i].Needs {
			units = append(units, n.Unit)
		}
	}
	powers, err := c.Powers(r, units)
	if err != nil {
		return nil, err
	}
	out := make([]right, len(items))
	for i, x := range items {
		out[i].Offices = powers.Offices(x.Needs...)
		before, rests := at[x.After]
		switch {
		case len(out[i].Offices) == 0:
			out[i].Barred = "不在职务范围"
		case rests && out[before].Barred != "":
			out[i].Barred = fmt.Sprintf("接在第 %d 行后面，那一行不能办", items[before].Row)
		}
	}
	return out, nil
}

// choose marks the rows that are wanted and not barred: all, or those of the keys. A wanted row whose row before is not wanted
// is named instead.
func choose(plan Plan, rights []right, all bool, keys []string) (chosen []bool, n int, left string) {
	wanted, has, row := map[string]bool{}, map[string]bool{}, map[string]int{}
	for _, k := range keys {
		wanted[k] = true
	}
	chosen = make([]bool, plan.Len())
	for i := range chosen {
		x := plan.Item(i)
		row[x.Key] = x.Row
		if rights[i].Barred != "" || !(all && !x.Apart) && !wanted[x.Key] {
			continue
		}
		if x.After != "" && !has[x.After] {
			left = fmt.Sprintf("第 %d 行接在同一个人的第 %d 行后面，请把那一行也勾选", x.Row, row[x.After])
			continue
		}
		chosen[i], has[x.Key] = true, true
		n++
	}
	return chosen, n, left
}

// via is the one office that carries all the chosen rows. When the person would need several, it says which rows each carries:
// a batch is one request of one office.
func via(plan Plan, rights []right, chosen []bool) (d access.Decision, split string) {
	var offices []access.Decision
	rows := map[int64][]string{}
	n := 0
	for i, x := range rights {
		if !chosen[i] {
			continue
		}
		n++
		for _, o := range x.Offices {
			if rows[o.Via.ID] == nil {
				offices = append(offices, o)
			}
			rows[o.Via.ID] = append(rows[o.Via.ID], fmt.Sprint(plan.Item(i).Row))
		}
	}
	if i := slices.IndexFunc(offices, func(o access.Decision) bool { return len(rows[o.Via.ID]) == n }); i >= 0 {
		return offices[i], ""
	}
	var parts []string
	for _, o := range offices {
		list := rows[o.Via.ID]
		more := ""
		if len(list) > rowsNamed {
			list, more = list[:rowsNamed], fmt.Sprintf("等 %d ", len(list))
		}
		parts = append(parts, "“"+o.Via.Title+"”办第 "+strings.Join(list, "、")+" "+more+"行")
	}
	return d, "一批只能由一个职务办理，这些行要用您的几个职务：" + strings.Join(parts, "；") + "。请分开勾选，分几批办。"
}

// rowsNamed is how many rows a sentence names.
const rowsNamed = 10
