package main

import (
	"context"
	"fmt"
	"io"

	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/disclosure"
	"cunju/internal/disclosure/open"
	"cunju/internal/files"
	"cunju/internal/org"
)

// boardFiller writes the whole public board as one signed archive. Everything in it is public: nobody has to say who asks.
func (x *exporting) boardFiller(ctx context.Context) (func(io.Writer) error, error) {
	h := x.house
	pages, store, err := h.boardPages(x.Public)
	if err != nil {
		return nil, err
	}
	return func(w io.Writer) error {
		done, err := open.New(pages).Archive(ctx, w, store, h.trust, h.key)
		if err == nil && len(done.Missing) > 0 {
			x.warn = fmt.Sprintf("注意：%d 个附件在服务器上损坏或者找不到了，没有放进去，核对时会报缺少。请从备份恢复附件以后重新导出。例如：%s", len(done.Missing), done.Missing[0])
		}
		return err
	}, nil
}

// boardPages are the public board without a server around it, and its attachments.
func (h *house) boardPages(base string) (*disclosure.Pages, *files.Store, error) {
	store, err := files.Open(h.place.fileFolder())
	if err != nil {
		return nil, nil, err
	}
	pages, err := disclosure.NewPages(&desk.House{Town: h.town, DB: h.db, Journal: h.journal,
		Name: func(ctx context.Context, q db.Querier, unit int64) (string, error) {
			u, err := org.Find(ctx, q, h.town, unit)
			return u.Label(), err
		}}, store, h.key.VKey, base)
	return pages, store, err
}
