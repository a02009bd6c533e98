package codes

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCreditCode(t *testing.T) {
	for _, c := range []struct {
		name, in   string
		code, kind string
		fault      Fault
	}{
		// The example of GB 32100-2015, and three codes from public registers.
		{"standard", "91350100M000100Y43", "91350100M000100Y43", "企业", ""},
		{"public register", "91110000600037341L", "91110000600037341L", "企业", ""},
		{"public register", "91110000101623741k", "91110000101623741K", "企业", ""},
		{"public register, digits only", "911101066976941872", "911101066976941872", "企业", ""},
		{"collective", "N2321002MF00000019", "N2321002MF00000019", "村级农村集体经济组织", ""},
		{"unknown prefix is no fault", "913200000000000000", "913200000000000000", "企业", ""},
		{"empty", "", "", "", Empty},
		{"science", "9.11101E+17", "", "", Damaged},
		{"last digits zero", "911101066976941000", "", "", Damaged},
		{"nine", "MF0000001", "", "", Length},
		{"seventeen", "91350100M000100Y4", "", "", Length},
		{"letter O for zero", "91350100M0OO100Y43", "", "", Character},
		{"letter in the place", "9135A100M000100Y43", "", "", Character},
		{"Chinese", "统一社会信用代码填在这里一共是十八位", "", "", Character},
		{"wrong check", "91350100M000100Y44", "", "", Check},
		{"swapped", "91350100M001000Y43", "", "", Check},
	} {
		got, p := CreditCode(c.in)
		if c.fault == "" {
			if p != nil || got.Code != c.code || got.Kind != c.kind || got.Area != c.code[2:8] {
				t.Errorf("%s: %+v, %v", c.name, got, p)
			}
			continue
		}
		if p == nil || p.Fault != c.fault || p.Fix == "" {
			t.Errorf("%s: problem %+v, want %s", c.name, p, c.fault)
		}
	}
	if _, p := CreditCode("MF0000001"); !strings.Contains(p.Text(), "旧的机构代码") {
		t.Errorf("an old code is not recognised: %s", p.Text())
	}
}

func TestOneWrongCharacterOfACreditCodeIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringMatching(`9[123]321[0-9]{3}[0-9A-HJ-NPQRTUWXY]{9}`).Draw(t, "body")
		full := body + string(creditCheck(body))
		if _, p := CreditCode(full); p != nil {
			t.Fatalf("%s: %s", full, p.Text())
		}
		at := rapid.IntRange(0, 17).Draw(t, "at")
		c := creditAlphabet[rapid.IntRange(0, 30).Draw(t, "c")]
		if c == full[at] {
			return
		}
		if _, p := CreditCode(full[:at] + string(c) + full[at+1:]); p == nil {
			t.Fatalf("%s with character %d changed to %c was accepted", full, at+1, c)
		}
	})
}
