package demotown

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"strings"

	"cunju/demo"
	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
	"cunju/internal/sheet"
)

// noticeEvents turns the notices of events.yaml into events on their days. Each step is recorded by who took it, in the office
// he held that day.
func (b *builder) noticeEvents(ctx context.Context) ([]event, error) {
	list, err := demo.LoadEvents()
	if err != nil {
		return nil, err
	}
	b.told = list.Notices
	var out []event
	for _, n := range list.Notices {
		content, err := b.content(ctx, n)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", n.Title, err)
		}
		unit, err := b.discloser(n)
		if err != nil {
			return nil, err
		}
		var id int64
		add := func(s *demo.Step, steps ...func(ctx context.Context, w *journal.Writer, on calendar.Date) error) {
			if s == nil {
				return
			}
			on := calendar.Date(s.On)
			for _, step := range steps {
				out = append(out, event{on: on, by: who{id: s.ID, unit: s.Unit, post: s.Office}, do: func(ctx context.Context, w *journal.Writer) error { return step(ctx, w, on) }})
			}
		}
		begin := func(ctx context.Context, w *journal.Writer, on calendar.Date) (err error) {
			if content.Item, err = b.itemOf(ctx, w, unit, content.Item, on); err != nil {
				return err
			}
			if n.Title == lastMonth {
				content = withPlan(content)
			}
			id, err = disclosure.Begin(ctx, w, unit, content, 0, on)
			b.notices[n.Title] = id
			if err == nil && n.Title == lastMonth {
				err = b.vouched(ctx, w, id, content.Finance, on)
			}
			return err
		}
		hand := func(ctx context.Context, w *journal.Writer, on calendar.Date) error {
			_, err := disclosure.Hand(ctx, w, id, on)
			return err
		}
		add(n.Drafted, begin, hand)
		add(n.Checked, func(ctx context.Context, w *journal.Writer, on calendar.Date) error {
			_, err := disclosure.Examine(ctx, w, id, disclosure.Check{Agree: true, Note: "经审查，同意公开"}, on)
			return err
		})
		add(n.Approved, func(ctx context.Context, w *journal.Writer, on calendar.Date) error {
			a := disclosure.Approve{Agree: true}
			if n.Title != unmet {
				var err error
				if a.Meeting, err = b.meeting(ctx, w, n.Unit, n.Category, n.Approved.Name, on); err != nil {
					return err
				}
			}
			_, err := disclosure.Decide(ctx, w, id, a, on)
			return err
		})
		add(n.Published, func(ctx context.Context, w *journal.Writer, on calendar.Date) error {
			_, err := disclosure.Release(ctx, w, id, on)
			return err
		}, func(ctx context.Context, w *journal.Writer, on calendar.Date) error {
			_, err := disclosure.Hang(ctx, w, id, cmp.Or(n.Place, n.Unit)+"公开栏", on)
			return err
		})
		add(n.TakenDown, func(ctx context.Context, w *journal.Writer, on calendar.Date) error {
			_, err := disclosure.Remove(ctx, w, id, "公示期满，撤下归档", on)
			return err
		}, func(ctx context.Context, w *journal.Writer, on calendar.Date) error { return b.file(ctx, w, id, on) })
	}
	return out, nil
}

// file puts a notice that was taken down into the year's volume.
func (b *builder) file(ctx context.Context, w *journal.Writer, id int64, on calendar.Date) error {
	b.filed++
	_, err := disclosure.Archive(ctx, w, id, disclosure.Filed{Number: fmt.Sprintf("GK-%d-%03d", on.Year(), b.filed), Place: "档案柜二层",
		Volume: fmt.Sprintf("%d年公开卷", on.Year()), Holds: []string{"notice", "check"}}, on)
	return err
}

// content reads a notice's table through the importer, or takes its paragraphs.
func (b *builder) content(ctx context.Context, n demo.Notice) (disclosure.Content, error) {
	c := disclosure.Content{Subject: subjects[n.Category], Title: n.Title, Text: strings.Join(n.Body, "\n")}
	if c.Subject == "" {
		return c, fmt.Errorf("no subject for %q", n.Category)
	}
	if n.File != "" {
		book, err := openSheet(n.File)
		if err != nil {
			return c, err
		}
		read, preview, err := disclosure.ReadSheet(ctx, book)
		if err != nil {
			return c, err
		}
		if preview.Errors > 0 {
			return c, fmt.Errorf("%s: %s", n.File, preview.Summary())
		}
		read.Subject, read.Title = c.Subject, n.Title
		c = read
	} else {
		c.Item = cmp.Or(n.Item, "common")
	}
	if n.From != "" {
		c.From, c.To = calendar.Date(n.From), calendar.Date(n.To)
	}
	return c, nil
}

var subjects = map[string]string{"财务公开": "finance", "村务公开": "village", "居务公开": "village", "党务公开": "party", "集体财务公开": "collective"}

// discloser is the body that publishes under a category for a village or community.
func (b *builder) discloser(n demo.Notice) (int64, error) {
	if subjects[n.Category] == "collective" {
		return b.byLabel[n.Unit], nil
	}
	kinds := []string{"villagers-committee", "residents-committee"}
	if subjects[n.Category] == "party" {
		kinds = []string{"party-general-branch", "party-committee"}
	}
	for _, u := range b.under(n.Unit) {
		for _, k := range kinds {
			if u.Kind == k {
				return u.ID, nil
			}
		}
	}
	return 0, fmt.Errorf("nobody in %s discloses %s", n.Unit, n.Category)
}

// openSheet opens a file of demo/.
func openSheet(name string) (*sheet.Book, error) {
	raw, err := demo.Read(name)
	if err != nil {
		return nil, err
	}
	return sheet.Open(bytes.NewReader(raw), int64(len(raw)), name)
}
