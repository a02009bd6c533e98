package open

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"cunju/internal/disclosure"
	"cunju/internal/disclosure/oversight"
	"cunju/internal/journal"
)

// Words that were covered stand nowhere where the board goes out: not in the feeds, not in the data, in no file of the archive, and
// what was answered about the notice goes where it says them and stays where it does not.
func TestCoveredWordsGoOutNowhere(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		const word = "桂花巷9号"
		c := village("危房改造公示")
		c.Text = "经办人住" + word + "，改造三户。"
		id := y.out(c)
		answered := func(text string) int64 {
			var q int64
			y.by(y.Director, func(ctx context.Context, w *journal.Writer) (err error) {
				q, err = oversight.Pose(ctx, w, oversight.Ask{Unit: y.Committee, Notice: id, Text: text, Asker: oversight.Asker{Channel: oversight.Visit}}, w.Today())
				return err
			})
			return y.by(y.Director, func(ctx context.Context, w *journal.Writer) error {
				_, err := oversight.Give(ctx, w, q, "按规定办理。", nil, w.Today())
				return err
			})
		}
		telling, silent := answered("为什么写"+word+"？"), answered("改造到什么时候？")
		y.sign()
		from := strings.Index(c.Text, word)
		at := int64(len([]rune(c.Text[:from])))
		y.by(y.Accountant, func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.Propose(ctx, w, id, disclosure.Proposal{Marks: []disclosure.Mark{{Path: "text", From: at, To: at + int64(len([]rune(word)))}},
				Ground: "unlawful", Reason: "误登了住址"}, w.Today())
			return err
		})
		y.by(y.Secretary, func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.Conceal(ctx, w, id, w.Today(), oversight.Covering)
			return err
		})
		y.sign()
		visitor := y.site.Visit()
		paths := []string{"/feed.atom", fmt.Sprintf("/v/%d/feed.atom", y.Village), "/api/notices", fmt.Sprintf("/api/notices/%d", id), "/api/questions", fmt.Sprintf("/n/%d", id)}
		for n := range y.Size() {
			paths = append(paths, fmt.Sprintf("/log/%s/act/%d.json", y.Code, n))
		}
		for _, path := range paths {
			visitor.Get(path).Not("桂花巷")
		}
		visitor.Get(fmt.Sprintf("/api/notices/%d", id)).Want(200, "改造三户")
		data, _ := y.archived()
		if r := y.verify(data); !r.OK() {
			t.Errorf("%+v", r)
		}
		files := contents(t, data)
		for name, b := range files {
			if strings.Contains(string(b), "桂花巷") {
				t.Errorf("%s tells what was covered", name)
			}
		}
		page := string(files[fmt.Sprintf("n/%d.html", id)])
		for _, part := range []string{"改造三户", "＊＊＊", "改造到什么时候？", "按规定办理。"} {
			if !strings.Contains(page, part) {
				t.Errorf("the archive's page lacks %s", part)
			}
		}
		held := func(act int64, want string) {
			t.Helper()
			if b := string(files[fmt.Sprintf("log/%s/act/%d.json", y.Code, act)]); !strings.Contains(b, want) {
				t.Errorf("act %d in the archive: %.200s", act, b)
			}
		}
		held(silent, "改造到什么时候")
		held(telling, `"erased"`)
	})
}
