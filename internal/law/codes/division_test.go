package codes

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// divisions are two published lists, named in the file.
type divisions struct {
	Town struct {
		Units                  []string
		Streets, Towns, Others int
	}
	Village struct {
		Prefix                string
		Rows                  []string
		Communities, Villages int
	}
}

func TestPublishedDivisions(t *testing.T) {
	data, err := os.ReadFile("testdata/divisions.json")
	if err != nil {
		t.Fatal(err)
	}
	var d divisions
	if err := json.Unmarshal(data, &d); err != nil {
		t.Fatal(err)
	}
	count := map[DivisionKind]int{}
	for _, unit := range d.Town.Units {
		code, name, _ := strings.Cut(unit, " ")
		info, p := Division(code)
		if p != nil || info.County != "321002" || info.Town != code || info.Code != code {
			t.Errorf("%s: %+v, %v", unit, info, p)
			continue
		}
		if (info.Kind == Street) != strings.HasSuffix(name, "街道") {
			t.Errorf("%s is a %s", unit, info.Kind)
		}
		count[info.Kind]++
	}
	for _, row := range d.Village.Rows {
		fields := strings.Fields(row)
		info, p := Division(d.Village.Prefix + fields[0])
		if p != nil || info.Town != d.Village.Prefix {
			t.Errorf("%s: %+v, %v", row, info, p)
			continue
		}
		if (info.Kind == Village) != strings.HasSuffix(fields[1], "村委会") {
			t.Errorf("%s is a %s", row, info.Kind)
		}
		if _, ok := UrbanClass(fields[2]); !ok {
			t.Errorf("%s: class %s is not known", row, fields[2])
		}
		count[info.Kind]++
	}
	for kind, want := range map[DivisionKind]int{Street: d.Town.Streets, TownSeat: d.Town.Towns, TownOther: d.Town.Others,
		Community: d.Village.Communities, Village: d.Village.Villages, Township: 0, VillageOther: 0} {
		if count[kind] != want {
			t.Errorf("%d of kind %s, want %d", count[kind], kind, want)
		}
	}
}

func TestDivision(t *testing.T) {
	for _, c := range []struct {
		name, in, code string
		kind           DivisionKind
		fault          Fault
	}{
		{"last street", "321002099", "321002099", Street, ""},
		{"first town", "321002100", "321002100", TownSeat, ""},
		{"township", "321023200", "321023200", Township, ""},
		{"last other", "321002599", "321002599", TownOther, ""},
		{"town written with twelve digits", "321002003000", "321002003", Street, ""},
		{"last community", "321002003199", "321002003199", Community, ""},
		{"first village", "321002003200", "321002003200", Village, ""},
		{"village-like", "321002003498", "321002003498", VillageOther, ""},
		{"spaces", " 321002 003 ", "321002003", Street, ""},
		{"empty", "", "", "", Empty},
		{"science", "3.21002E+11", "", "", Damaged},
		{"county", "321002", "", "", Length},
		{"county with zeros", "321002000", "", "", Segment},
		{"city with zeros", "321000001", "", "", Segment},
		{"beyond the town ranges", "321002600", "", "", Segment},
		{"beyond the village ranges", "321002003600", "", "", Segment},
		{"no such province", "991002003", "", "", Area},
		{"letters", "32100200A", "", "", Character},
	} {
		got, p := Division(c.in)
		if c.fault == "" {
			if p != nil || got.Code != c.code || got.Kind != c.kind {
				t.Errorf("%s: %+v, %v", c.name, got, p)
			}
			if got.Kind.Chinese() == "" {
				t.Errorf("%s: kind without a name", c.name)
			}
			continue
		}
		if p == nil || p.Fault != c.fault || p.What == "" || p.Fix == "" {
			t.Errorf("%s: problem %+v, want %s", c.name, p, c.fault)
		}
	}
	if _, ok := UrbanClass("999"); ok {
		t.Error("class 999 does not exist")
	}
}
