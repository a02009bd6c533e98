package disclosure

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"cunju/internal/db/dbtest"
	"cunju/internal/journal"
)

func TestSealedTextsHoldNoPersonalNumbers(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		id := y.begin(y.Accountant, october(), 0)
		const number = "请打 13812345678"
		refused := func(field string, do func(ctx context.Context, w *journal.Writer) error) {
			t.Helper()
			no := y.Refused(do)
			wantIn(t, no.Message, "手机号码 1 处", "没有登记")
			if no.Field != field || strings.Contains(no.Message, "13812345678") {
				t.Fatalf("%+v", no)
			}
		}
		refused("reason", func(ctx context.Context, w *journal.Writer) error {
			_, err := GiveUp(ctx, w, id, number, w.Today())
			return err
		})
		y.by(y.Accountant, hand(id))
		y.by(y.Watch, examine(id, Check{Agree: true}))
		y.by(y.Secretary, decide(id, Approve{Agree: true}))
		y.by(y.Director, release(id))
		refused("place", func(ctx context.Context, w *journal.Writer) error {
			_, err := Hang(ctx, w, id, number, w.Today())
			return err
		})
		y.by(y.Director, hang(id))
		y.Set("2026-12-09")
		refused("reason", func(ctx context.Context, w *journal.Writer) error {
			_, err := Remove(ctx, w, id, number, w.Today())
			return err
		})
		y.by(y.Secretary, remove(id))
	})
}

func TestSheetsWithPersonalNumbersAreNotAttached(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	y.site.LogIn("kj", y.Accountant)
	me := session(y, "kj")
	book := func(value any) []byte {
		t.Helper()
		f := excelize.NewFile()
		defer f.Close()
		f.SetCellValue("Sheet1", "A1", "救助名单")
		if _, err := f.NewSheet("附表"); err != nil {
			t.Fatal(err)
		}
		f.SetSheetVisible("附表", false)
		f.SetCellValue("附表", "C7", value)
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for name, value := range map[string]any{"text": "电话 13812345678", "number": 13812345678} {
		w := upload(t, y, me, "/desk/disclosure/new", draftForm(y), part{"attachment", "名单.xlsx", book(value)})
		if w.Code != 422 {
			t.Errorf("%s: answered %d", name, w.Code)
		}
		wantIn(t, w.Body.String(), "工作表“附表”的 C7 格里有手机号码", "没有保存", "十一月修路")
	}
	w := upload(t, y, me, "/desk/disclosure/new", draftForm(y), part{"attachment", "坏.xlsx", []byte("PK\x03\x04 cut off")})
	if w.Code != 422 {
		t.Errorf("a damaged sheet: answered %d", w.Code)
	}
	if hashes, err := y.files.Hashes(); err != nil || len(hashes) != 0 {
		t.Errorf("kept %v, %v", hashes, err)
	}
	w = upload(t, y, me, "/desk/disclosure/new", draftForm(y), part{"attachment", "名单.xlsx", book("138****5678")})
	if w.Code != 200 {
		t.Errorf("a masked sheet: answered %d: %s", w.Code, w.Body)
	}
}
