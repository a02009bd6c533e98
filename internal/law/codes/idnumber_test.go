package codes

import (
	"fmt"
	"strings"
	"testing"

	"cunju/internal/calendar"
	"pgregory.net/rapid"
)

func TestIDNumber(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     IDInfo
		fault    Fault
	}{
		// The two examples of GB 11643.
		{"standard, X", "11010519491231002X", IDInfo{"11010519491231002X", "110105", "1949-12-31", "女", ""}, ""},
		{"standard, digit", "440524188001010014", IDInfo{"440524188001010014", "440524", "1880-01-01", "男", ""}, ""},
		{"small x, spaces, apostrophe", "' 110105 19491231 002x", IDInfo{"11010519491231002X", "110105", "1949-12-31", "女", ""}, ""},
		{"full width", "１１０１０５１９４９１２３１００２Ｘ", IDInfo{"11010519491231002X", "110105", "1949-12-31", "女", ""}, ""},
		{"residence card of a foreigner", "931156199001010014", IDInfo{"931156199001010014", "931156", "1990-01-01", "男", ""}, ""},
		{"true but ending 000", "321002199002153000", IDInfo{"321002199002153000", "321002", "1990-02-15", "女", "号码末三位是000，可能被表格改过，请照证件核对"}, ""},
		{"empty", "  ", IDInfo{}, Empty},
		{"science", "3.21002E+17", IDInfo{}, Damaged},
		{"science, more digits", "3.21002199001011E+17", IDInfo{}, Damaged},
		{"science, small e, no plus", "3.2e17", IDInfo{}, Damaged},
		{"decimal", "321002199001010016.0", IDInfo{}, Damaged},
		{"last digits zero", "321002199001010000", IDInfo{}, Damaged},
		{"masked", "321002********0016", IDInfo{}, Masked},
		{"fifteen digits", "321002900101001", IDInfo{}, Old},
		{"seventeen", "32100219900101001", IDInfo{}, Length},
		{"nineteen", "3210021990010100160", IDInfo{}, Length},
		{"letter O", "32100219900101O016", IDInfo{}, Character},
		{"X in the middle", "32100219900101X016", IDInfo{}, Character},
		{"Chinese", "身份证号码填在这里身份证号码填在这里", IDInfo{}, Character},
		{"no such province", "991002199001010010", IDInfo{}, Area},
		{"no such province", "161002199001010016", IDInfo{}, Area},
		{"30 February", "321002199002300015", IDInfo{}, Birth},
		{"month 13", "32100218991301001X", IDInfo{}, Birth},
		{"wrong check digit", "321002199001010017", IDInfo{}, Check},
		{"two digits swapped", "321002199010100016", IDInfo{}, Check},
	} {
		got, p := IDNumber(c.in)
		if c.fault == "" {
			if p != nil || got != c.want {
				t.Errorf("%s: %+v, %v; want %+v", c.name, got, p, c.want)
			}
			continue
		}
		if p == nil || p.Fault != c.fault {
			t.Errorf("%s: problem %+v, want %s", c.name, p, c.fault)
			continue
		}
		if p.What == "" || p.Fix == "" || strings.Contains(p.Text(), "\n") || strings.ContainsAny(p.Text(), "*") {
			t.Errorf("%s: text %q", c.name, p.Text())
		}
	}
}

func TestDamagedNumbersGetTheExactAdvice(t *testing.T) {
	_, p := IDNumber("3.21002E+17")
	for _, part := range []string{"科学计数", "文本", "重新填写", "不能找回"} {
		if !strings.Contains(p.Text(), part) {
			t.Errorf("%q lacks %q", p.Text(), part)
		}
	}
}

func TestNobodyWasBornTomorrow(t *testing.T) {
	if _, p := IDNumberOn("321002199001010016", "1990-01-01"); p != nil {
		t.Errorf("born that day: %s", p.Text())
	}
	if _, p := IDNumberOn("321002199001010016", "1989-12-31"); p == nil || p.Fault != Birth {
		t.Errorf("born later: %+v", p)
	}
	if _, p := IDNumberOn("", "1989-12-31"); p == nil || p.Fault != Empty {
		t.Errorf("empty: %+v", p)
	}
}

func TestOneWrongDigitIsAlwaysFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		birth := calendar.Date("1930-01-01").AddDays(rapid.IntRange(0, 35000).Draw(t, "birth"))
		order := rapid.IntRange(1, 999).Draw(t, "order")
		body := "321002" + strings.ReplaceAll(string(birth), "-", "") + fmt.Sprintf("%03d", order)
		full := body + string(idCheck(body+"0"))
		info, p := IDNumber(full)
		if p != nil || info.Birth != birth || (info.Sex == "男") != (order%2 == 1) {
			t.Fatalf("%s: %+v, %v", full, info, p)
		}
		at := rapid.IntRange(0, 16).Draw(t, "at")
		digit := byte('0' + rapid.IntRange(0, 9).Draw(t, "digit"))
		if digit == full[at] {
			return
		}
		if _, p := IDNumber(full[:at] + string(digit) + full[at+1:]); p == nil {
			t.Fatalf("%s with digit %d changed to %c was accepted", full, at+1, digit)
		}
	})
}
