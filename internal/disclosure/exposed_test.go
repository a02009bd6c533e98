package disclosure

import (
	"strings"
	"testing"

	"cunju/internal/calendar"
)

// A list says for how long its names are shown, not much shorter than its sheet hangs nor for ever, and what it tells of health and minors
// is pointed out.
func TestWhatAListExposesIsPointedOut(t *testing.T) {
	for _, c := range []struct {
		last, matter, kind, want string
	}{
		{"2026-12-08", "临时救助", "水灾", ""},
		{"2027-11-23", "临时救助", "水灾", ""},
		{"2026-12-07", "临时救助", "水灾", "不满 15 日"},
		{"2026-11-24", "临时救助", "水灾", "不满 15 日"},
		{"2026-11-01", "临时救助", "水灾", "不满 15 日"},
		{"2027-11-24", "临时救助", "水灾", "超过一年"},
		{"2199-12-31", "临时救助", "水灾", "超过一年"},
		{"2026-12-31", "大病救助", "", "病情、残疾（“大病”）"},
		{"2026-12-31", "补贴", "残疾人", "病情、残疾（“残疾”）"},
		{"2026-12-31", "困境儿童补助", "", "未成年人（“儿童”）"},
		{"2026-12-31", "金秋助学", "", "未成年人（“助学”）"},
	} {
		k := Content{Subject: "village", Title: "名单", Aid: &Aid{Matter: c.matter, Last: calendar.Date(c.last), Rows: []Recipient{{Name: "芍＊＊", Kind: c.kind}}}}
		got := strings.Join(k.exposed("2026-11-23"), " ")
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%+v: %q", c, got)
		}
	}
	for text, found := range map[string]bool{"根据街道会议精神和上级文件精神发放。": false, "发给精神障碍人员。": true, "发给精神病人的家属。": true} {
		k := Content{Title: "名单", Text: text, Aid: &Aid{Matter: "临时救助", Last: "2026-12-31", Rows: []Recipient{{Name: "芍＊＊"}}}}
		if got := k.exposed("2026-11-23"); len(got) > 0 != found {
			t.Errorf("%s %q", text, got)
		}
	}
	if got := (&Content{Aid: &Aid{Matter: "大病救助", Covered: 3}}).exposed("2026-11-23"); got != nil {
		t.Errorf("a covered list: %q", got)
	}
}

// The form and the notice's page say so; the draft is saved.
func TestTheFormPointsOutWhatAListExposes(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		y.rooms()
		clerk := y.site.LogIn("kj", y.Accountant)
		table := tablesText(Content{Aid: &Aid{Matter: "大病救助", Rows: []Recipient{{Name: "芍＊＊", Amount: 500_00}}}})
		fields := draftForm(y, "table", table, "title", "大病救助名单", "text", "", "aidmatter", "大病救助", "listuntil", "2026-11-24", "maskname", "1")
		at := clerk.Post("/desk/disclosure/new", fields...).Want(303).Where()
		for _, page := range []string{at, at + "/edit"} {
			clerk.Get(page).Want(200, "不满 15 日", "涉及病情、残疾")
		}
	})
}
