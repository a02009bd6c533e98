package disclosure

import "context"

// Read opens the public act that says what a published notice reads as today: its publication, or the last covering. The bytes
// are held against their seal; what does not agree is told by the standing, and its content is then not to be repeated.
func (p *Pages) Read(ctx context.Context, row Row) (Publish, *Examined, error) {
	s, e, err := p.stand(ctx, row, false)
	return s.Publish, e, err
}

// VKey is the public half of the log's key, as it is printed.
func (p *Pages) VKey() string { return p.vkey }
