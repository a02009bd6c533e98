package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"cunju/internal/disclosure"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/disclosure/posting"
	"cunju/internal/files"
	"cunju/internal/journal"
	"cunju/internal/matter"
	"cunju/internal/task"
)

const (
	// signSoon is how long a commit may wait for others to share its checkpoint.
	signSoon = 50 * time.Millisecond
	// sealEvery is for how long at most only its own chain holds a look at personal data.
	sealEvery = time.Hour
	// lapseEvery and purgeEvery are the rhythms of the clocks; a date that passed at midnight is on record within
	// the hour, and so is what the public board shows on the new day.
	lapseEvery = 15 * time.Minute
	purgeEvery = time.Hour
	// tidyEvery is how much longer than their hour uploads may stay in memory.
	tidyEvery = time.Minute
	// lapseMost is how many lapses, and how many lists whose days are over, one round records.
	lapseMost = 1000
)

// clocks are the works that no visitor asks for. tidy forgets uploads that have waited their time.
func (h *house) clocks(registry prometheus.Registerer, store *files.Store, notices *disclosure.Pages, tidy func(now time.Time)) (*task.Runner, error) {
	r, err := task.NewRunner(h.log, registry)
	if err != nil {
		return nil, err
	}
	r.Every(0, "checkpoint", func(ctx context.Context) error {
		select {
		case <-ctx.Done():
			return nil // the last checkpoint is signed when everything has stopped
		case <-time.After(signSoon):
		}
		return h.sign(ctx)
	})
	r.Every(lapseEvery, "lapse", h.lapse)
	r.Every(lapseEvery, "lists", func(ctx context.Context) error { return notices.CoverEnded(ctx, lapseMost) })
	r.Every(lapseEvery, "heartbeat", func(ctx context.Context) error { return posting.Daily(ctx, h.journal, h.town) })
	r.Every(sealEvery, "seal views", func(ctx context.Context) error { return h.views.Seal(ctx, h.db, h.journal) })
	r.Every(purgeEvery, "purge", h.accounts.Purge)
	scrubbed := 0 // erasures whose traces are gone from the files
	r.Every(purgeEvery, "erased keys", func(ctx context.Context) error {
		done, err := h.vault.ForgetAll(ctx, h.db, h.accounts.Forget)
		if err != nil || done == scrubbed {
			return err
		}
		if err := h.vault.Scrub(ctx, h.db); err != nil {
			slog.Info("erased data stay in the write-ahead log for another hour", "why", err)
			return nil
		}
		scrubbed = done
		return nil
	})
	covered := int64(0) // the latest covering whose words are gone from the files
	r.Every(lapseEvery, "covered words", func(ctx context.Context) error {
		last, err := disclosure.Scrub(ctx, h.db, h.town, covered)
		if covered = last; err != nil {
			slog.Info("covered words stay in the write-ahead log for a while", "why", err)
		}
		return nil
	})
	dropped := int64(0) // the latest covering whose files are gone
	r.Every(purgeEvery, "covered files", func(ctx context.Context) (err error) {
		dropped, err = disclosure.DropFiles(ctx, h.journal, h.town, store, dropped)
		return err
	})
	r.Every(tidyEvery, "imports", func(context.Context) error {
		tidy(h.clock())
		return nil
	})
	h.committed = func() { r.Wake("checkpoint") }
	return r, nil
}

// lapse records, as the system's own act, that dates passed without the step that was due. A matter that cannot take the
// record does not keep the others from theirs. Before that the catalogue opens what has become due.
func (h *house) lapse(ctx context.Context) error {
	var failed []error
	if err := catalogue.Daily(ctx, h.journal, h.town, h.journal.Today()); err != nil {
		failed = append(failed, err)
	}
	late, err := matter.Overdue(ctx, h.db, h.town, h.journal.Today(), lapseMost)
	if err != nil {
		return errors.Join(append(failed, err)...)
	}
	for _, m := range late {
		_, err := h.journal.Record(ctx, h.town, journal.Request{By: journal.By{System: true},
			Decide: func(ctx context.Context, w *journal.Writer) error {
				now, err := matter.Find(ctx, w, h.town, m.ID)
				if err != nil || now.Next != m.Next || now.Due != m.Due || now.Lapsed == now.Due {
					return err // the step was done, or moved, in the meantime
				}
				_, err = journal.Add(ctx, w, matter.KindLapsed, max(m.Due.AddDays(1), m.Opened), []int64{m.ID}, matter.Lapse{Step: m.Next, Due: m.Due})
				return err
			}})
		if err != nil {
			failed = append(failed, fmt.Errorf("record that matter %d lapsed: %w", m.ID, err))
		}
	}
	return errors.Join(failed...)
}
