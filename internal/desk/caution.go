package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/codes"
	"cunju/internal/web"
)

// The fields with which a form answers to warnings: the mark of those that were shown, and what the clerk says to them.
const (
	HeardField  = "heard"
	AnswerField = "answer"
)

// plainAnswer is what an act keeps when the clerk has read the warnings and adds nothing.
const plainAnswer = "知悉"

// answerLimit is how many characters an answer may have.
const answerLimit = 200

// unheard is the cause of a refusal that only asks to read warnings first.
type unheard struct {
	mark   string
	deeds  []journal.Deed
	doubts []journal.Doubt
}

func (*unheard) Error() string { return "warnings that were not shown yet" }

// heard is Decide with a pause: what the rules warn of, or could not judge, is shown before anything is recorded. The form
// then comes back with the mark of what it showed. If the warnings are others by then, these are shown.
func heard(r *web.Request, decide journal.Decide) journal.Decide {
	mark, said := r.PostForm.Get(HeardField), answerTo(r)
	return func(ctx context.Context, w *journal.Writer) error {
		if err := decide(ctx, w); err != nil {
			return err
		}
		doubts, ask := w.Doubts(), &unheard{markOf(r.URL.Path, w), w.Doubted(), w.Doubts()}
		switch {
		case len(doubts) == 0:
			return nil
		case mark != ask.mark:
			if err := w.Flush(ctx); err != nil { // what cannot be recorded anyway is not worth a question
				return err
			}
			no := journal.Refuse("有 %d 条提醒，看过以后再办理。还没有记录。", len(doubts))
			no.Err = ask
			return no
		case utf8.RuneCountInString(said) > answerLimit:
			return journal.Refuse("对提醒的说明最多 %d 个字。没有记录，请写短一些。", answerLimit)
		case len(codes.FindPersonal(said)) > 0:
			return journal.Refuse("对提醒的说明里不能写证件号码、电话或银行卡号。没有记录，请删去号码。")
		}
		return nil
	}
}

// answerTo is what the form says to the warnings that it showed.
func answerTo(r *web.Request) string {
	if said := strings.TrimSpace(r.PostForm.Get(AnswerField)); said != "" {
		return said
	}
	return plainAnswer
}

// Asked is what an error of [House.Record] or [House.Rehearse] asks to be read first; nil when it is another error.
func (h *House) Asked(err error) *Obstacle {
	var ask *unheard
	if !errors.As(err, &ask) {
		return nil
	}
	o := &Obstacle{Act: -1, Mark: ask.mark, Public: slices.ContainsFunc(ask.deeds, h.published)}
	vs := make([]law.Verdict, len(ask.doubts))
	for i, d := range ask.doubts {
		vs[i] = d.Verdict
		o.Rows = append(o.Rows, d.Row)
	}
	o.Doubts = Panel(vs)
	return o
}

// markOf tells one set of warnings from another: what they say, about which acts on which entities, on which page.
func markOf(path string, w *journal.Writer) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %+v %+v", path, w.Doubted(), w.Doubts()))
	return hex.EncodeToString(sum[:8])
}
