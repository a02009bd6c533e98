package main

import (
	"fmt"
	"math/rand/v2"
)

// person is one invented citizen; at most one household and one membership
// belong to him.
type person struct {
	Name, ID, Birth, Nation, Phone string
	Male                           bool
	Home                           *household
	Relation                       string
	Member                         *member
	Office                         bool // holds or held an office: takes part in no movement
}

func (p *person) sex() string {
	if p.Male {
		return "男"
	}
	return "女"
}

// census hands out citizens and keeps numbers unique over all files.
type census struct {
	used           map[string]bool
	members, other int
}

// Areas where numbers were issued; most people were born here.
var areas = []string{"321002", "321002", "321002", "321002", "321002", "321002", "321003", "321012", "321023", "321081", "321084", "321088"}

func (c *census) person(r *rand.Rand, surname string, male bool, birth string) *person {
	p := &person{Name: surname + givenName(r, male, birth), Birth: birth, Male: male, Nation: nation(r)}
	p.ID = c.number(r, male, birth)
	return p
}

// number draws an unused citizen's number; an odd order number is a man's.
func (c *census) number(r *rand.Rand, male bool, birth string) string {
	for {
		order := 2 * (1 + r.IntN(480))
		if male {
			order++
		}
		id := idNumber(pick(r, areas), birth, order)
		if !c.used[id] {
			c.used[id] = true
			return id
		}
	}
}

// memberPhone and otherPhone number telephones within 199 0000/0001/0002, which
// no one has been seen to use; they are only eleven digits, not anyone's number.
func (c *census) memberPhone() string {
	c.members++
	return fmt.Sprintf("1990000%04d", c.members)
}

func (c *census) otherPhone() string {
	c.other++
	return fmt.Sprintf("1990001%04d", c.other)
}

func nation(r *rand.Rand) string {
	if r.IntN(1000) < 985 {
		return "汉族"
	}
	return pick(r, []string{"回族", "回族", "回族", "满族", "苗族", "土家族", "壮族", "蒙古族"})
}

// birthAt draws a birth date of somebody aged lo…hi completed years on a date.
func birthAt(r *rand.Rand, on string, lo, hi int) string {
	return between(r, addDays(addMonths(on, -12*(hi+1)), 1), addMonths(on, -12*lo))
}
