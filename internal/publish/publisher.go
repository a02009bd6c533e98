package publish

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"

	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/trust"
	"cunju/internal/witness"
)

// Config is what a publisher works with.
type Config struct {
	DB      *db.DB
	Journal *journal.Journal
	Town    string
	Key     note.Signer // of the log
	Policy  *trust.Policy
	Rule    Rule
	HTTP    *http.Client // http.DefaultClient when nil
	Clock   func() time.Time
	Log     *slog.Logger
	Meter   *Meter // may be nil
}

// Publisher publishes the checkpoints of one town.
type Publisher struct {
	Config
	client witness.Client
	ctx    context.Context // ends with Close
	stop   context.CancelFunc
	asking sync.WaitGroup

	mu      sync.Mutex
	askers  []*asker
	waiting []*pending // oldest first, at most waitingMost
	held    int64      // since when a checkpoint is held back, unix milliseconds; 0 when none is
}

// pending is a signed checkpoint whose signatures are being collected.
type pending struct {
	journal.Checkpoint
	lines map[string][]string // verified cosignatures, by the key of the witness: the first counts
	out   bool
	met   chan struct{} // closed when the quorum is reached and it is published
	done  bool          // that channel is closed
	rel   Release
}

// waitingMost is how many checkpoints are remembered for signatures that come late.
const waitingMost = 8

// New makes a publisher. Witnesses are asked once there is something to publish; Close ends it.
func New(ctx context.Context, c Config) (*Publisher, error) {
	if c.HTTP == nil {
		c.HTTP = &http.Client{}
	}
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	p := &Publisher{Config: c, client: witness.Client{HTTP: c.HTTP}}
	p.ctx, p.stop = context.WithCancel(context.WithoutCancel(ctx))
	states, err := States(ctx, c.DB, c.Town)
	if err != nil {
		return nil, err
	}
	if c.Policy.Asks() {
		for _, w := range c.Policy.Witnesses {
			s := states[w.VKey]
			s.VKey = w.VKey
			p.askers = append(p.askers, &asker{Witness: w, p: p, state: s, knows: s.Size})
		}
	}
	return p, nil
}

// Close stops asking. What is signed but not published yet is signed again at the next start.
func (p *Publisher) Close() {
	p.stop()
	p.asking.Wait()
}

// Held answers since when a checkpoint is held back for want of witnesses, unix milliseconds, 0 when none is.
func (p *Publisher) Held() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.held
}

// Round publishes a checkpoint of all that is recorded, or leaves it waiting, as policy and rule say. It returns when the checkpoint
// is out, or when its time has passed.
func (p *Publisher) Round(ctx context.Context) error {
	if !p.Policy.Asks() {
		_, err := p.Journal.Sign(ctx, p.Town, p.Key)
		return err
	}
	cp, err := p.Journal.Draft(ctx, p.Town, p.Key)
	if err != nil {
		return err
	}
	published, err := journal.Published(ctx, p.DB, p.Town)
	if err != nil && db.Kind(err) != db.NotFound {
		return err
	}
	if err == nil && published.Size == cp.Size {
		return p.complete(ctx, cp)
	}
	x := p.offer(cp)
	timer := time.NewTimer(p.Rule.Wait)
	defer timer.Stop()
	select {
	case <-x.met:
		return nil
	case <-ctx.Done():
		return nil // the next round signs it again
	case <-timer.C:
		return p.timeUp(ctx, x)
	}
}

// complete goes on collecting signatures for a published checkpoint whose quorum was not reached: after a restart, say.
func (p *Publisher) complete(ctx context.Context, cp journal.Checkpoint) error {
	o, err := p.Policy.Open(cp.Note)
	if err != nil {
		return fmt.Errorf("the published checkpoint of size %d: %w", cp.Size, err)
	}
	if o.Met {
		return nil
	}
	rel, err := ReleaseOf(ctx, p.DB, p.Town, cp.Size)
	if err != nil && db.Kind(err) != db.NotFound {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, a := range p.askers {
		if o.By(a.Name) {
			a.done = max(a.done, cp.Size)
		}
	}
	x := p.await(cp)
	x.out, x.rel = true, rel
	p.wake()
	return nil
}

// offer has every witness asked for a checkpoint.
func (p *Publisher) offer(cp journal.Checkpoint) *pending {
	p.mu.Lock()
	defer p.mu.Unlock()
	x := p.await(cp)
	p.wake()
	return x
}

// await finds the checkpoint among those that wait, or adds it; p.mu is held.
func (p *Publisher) await(cp journal.Checkpoint) *pending {
	for _, x := range p.waiting {
		if x.Size == cp.Size {
			return x
		}
	}
	x := &pending{Checkpoint: cp, met: make(chan struct{}), lines: map[string][]string{}, rel: Release{Size: cp.Size, Signed: p.Clock().UnixMilli()}}
	p.waiting = append(p.waiting, x)
	if len(p.waiting) > waitingMost {
		p.waiting = p.waiting[1:]
	}
	return x
}

// wake starts every asker that is not asking; p.mu is held.
func (p *Publisher) wake() {
	for _, a := range p.askers {
		if !a.busy && p.ctx.Err() == nil {
			a.busy = true
			p.asking.Go(a.run)
		}
	}
}

// newest is the checkpoint that witnesses are to be asked for; p.mu is held.
func (p *Publisher) newest() *pending {
	if len(p.waiting) == 0 {
		return nil
	}
	return p.waiting[len(p.waiting)-1]
}

// timeUp lets a checkpoint out without its quorum, or holds it back.
func (p *Publisher) timeUp(ctx context.Context, x *pending) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if x.out {
		return nil
	}
	if p.Rule.Hold {
		if p.held == 0 {
			p.held = p.Clock().UnixMilli()
		}
		p.Log.Warn("checkpoint is held back: too few witnesses", "size", x.Size, "cosigned", len(x.lines))
		return nil
	}
	p.Log.Warn("checkpoint is published without its quorum", "size", x.Size, "cosigned", len(x.lines))
	return p.letOut(ctx, x)
}

// letOut publishes a checkpoint with what was collected; p.mu is held.
func (p *Publisher) letOut(ctx context.Context, x *pending) error {
	cp := x.signed()
	cp.At = p.Clock().UnixMilli() // published now; signed and asked for a moment ago
	if err := p.Journal.Publish(ctx, p.Town, cp); err != nil {
		return err
	}
	x.out, x.rel.Released = true, cp.At
	p.Meter.released(x.rel)
	if p.held > 0 {
		p.held = 0
	}
	return p.writeRelease(ctx, x.rel)
}

// signed is the checkpoint with the cosignatures collected so far.
func (x *pending) signed() journal.Checkpoint {
	cp := x.Checkpoint
	for _, vkey := range slices.Sorted(maps.Keys(x.lines)) {
		for _, l := range x.lines[vkey] {
			if !strings.Contains(cp.Note, "\n"+l+"\n") {
				cp.Note += l + "\n"
			}
		}
	}
	return cp
}

// got takes verified signature lines of a witness, known by its key.
func (p *Publisher) got(ctx context.Context, x *pending, vkey string, lines []string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if x.lines[vkey] == nil { // asked again because publishing failed, a witness signs with another time
		x.lines[vkey] = lines
	}
	o, err := p.Policy.Open(x.signed().Note)
	if err != nil {
		return err
	}
	reached := o.Met && x.rel.Quorum == 0
	if reached {
		x.rel.Quorum = p.Clock().UnixMilli()
	}
	switch {
	case x.out: // late: it gains the signature
		err = p.Journal.Publish(ctx, p.Town, x.signed())
		if err == nil && reached && x.rel.Released > 0 {
			err = p.writeRelease(ctx, x.rel)
		}
	case o.Met:
		err = p.letOut(ctx, x)
		if err == nil && !x.done {
			x.done = true
			close(x.met)
		}
	}
	if err != nil {
		if reached {
			x.rel.Quorum = 0
		}
		return errors.Join(errors.New("publish with cosignature"), err)
	}
	return nil
}
