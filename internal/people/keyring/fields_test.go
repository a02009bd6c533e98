package keyring

import (
	"strings"
	"testing"
)

var samples = map[Field]string{
	Name: "欧阳小明", IDNumber: "321002196203051234", IDTail: "1234", Phone: "13800138000", PhoneTail: "8000",
	Landline: "0514-87654321", BankCard: "6228480402564890018", Address: "广陵区文峰街道文峰村三组12号", Birth: "1962-03-05",
	Sex: "女", Ethnicity: "汉族", Education: "大专", NativePlace: "江苏扬州", Work: "保洁员", Hardship: "大病",
}

func TestEveryFieldOnEveryFace(t *testing.T) {
	for field, row := range policy {
		plain := samples[field]
		if plain == "" {
			t.Errorf("no sample for %s", field)
		}
		for i, face := range faces {
			got := Show(face, field, plain)
			switch {
			case row[i] == full && got != plain, row[i] == hide && got != "":
				t.Errorf("%s on %s: %q", field, face, got)
			case row[i] == mask && (got == plain || got == "" || !strings.Contains(got, "*")):
				t.Errorf("%s on %s is not masked: %q", field, face, got)
			}
		}
	}
}

// The lines that may not be crossed, whatever the table says in future.
func TestNumbersStayHidden(t *testing.T) {
	for _, face := range faces {
		for _, field := range []Field{IDNumber, Phone, Landline, BankCard, Address} {
			got := Show(face, field, samples[field])
			switch face {
			case FaceDeskReveal, FaceExportFull:
				continue // logged with a reason
			case FaceMine:
				if field == Phone || field == Landline || field == Address {
					continue // his own
				}
			case FaceBoard:
				if got != "" && field != IDNumber {
					t.Errorf("%s on the board: %q", field, got)
				}
			case FaceLog:
				if got != "" {
					t.Errorf("%s in a log: %q", field, got)
				}
			}
			if got == samples[field] {
				t.Errorf("%s in full on %s", field, face)
			}
		}
		for field, plain := range samples {
			if face == FaceLog && Show(face, field, plain) != "" {
				t.Errorf("%s in a log", field)
			}
		}
		if Show(face, "shoe-size", "43") != "" {
			t.Errorf("unknown field on %s", face)
		}
	}
	if Show("billboard", Name, "王小明") != "" {
		t.Error("unknown face")
	}
	if Show(FaceBoard, Hardship, "大病") != "" || Show(FaceBoard, Name, "王小明") == "王小明" {
		t.Error("the board names the needy")
	}
}

func TestMasks(t *testing.T) {
	for _, c := range []struct {
		mask     func(string) string
		in, want string
	}{
		{MaskID, "321002196203051234", "321002********1234"},
		{MaskID, "321002620305123", "321002*****5123"},
		{MaskID, "32100219620305", "************05"},
		{MaskID, "1234", "****"},
		{MaskID, "", ""},
		{MaskPhone, "13800138000", "138****8000"},
		{MaskPhone, "+86 138 0013 8000", "138****8000"},
		{MaskPhone, "0514-87654321", "***********21"},
		{MaskPhone, "110", "***"},
		{MaskBankCard, "6228480402564890018", "**** 0018"},
		{MaskBankCard, "6228 4804 0256 4890 018", "**** 0018"},
		{MaskBankCard, "12345678", "******78"},
		{MaskName, "王小明", "王**"},
		{MaskName, "王明", "王*"},
		{MaskName, "欧阳修", "欧阳*"},
		{MaskName, "欧阳", "欧*"},
		{MaskName, "买买提·艾力", "买**·**"},
		{MaskName, "", ""},
		{MaskAddress, "广陵区文峰街道文峰村三组12号", "广陵区文峰街道文峰村***"},
		{MaskAddress, "连运小区3幢502室", "连运小区***"},
		{MaskAddress, "渡江路8号", "***"},
		{MaskAddress, "", ""},
	} {
		if got := c.mask(c.in); got != c.want {
			t.Errorf("%q → %q, want %q", c.in, got, c.want)
		}
	}
}

func TestNormal(t *testing.T) {
	for _, c := range []struct {
		field    Field
		in, want string
	}{
		{IDNumber, " 32100219620305123x ", "32100219620305123X"},
		{IDNumber, "３２１００２１９６２０３０５１２３Ｘ", "32100219620305123X"},
		{Phone, "0086 138-0013-8000", "13800138000"},
		{Phone, "8613800138000", "13800138000"},
		{Phone, "86138001", "86138001"},
		{BankCard, "6228 4804", "62284804"},
		{Name, "王　小明 ", "王小明"},
		{Address, " 渡江路8号 ", "渡江路8号"},
	} {
		if got := Normal(c.field, c.in); got != c.want {
			t.Errorf("Normal(%s, %q) = %q, want %q", c.field, c.in, got, c.want)
		}
	}
}
