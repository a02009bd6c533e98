package disclosure

import "context"

// Read opens a published notice's act, holds its bytes against their seal and reads what it says. What does not agree is told by
// the standing; its content is then not to be repeated.
func (p *Pages) Read(ctx context.Context, row Row) (Publish, *Examined, error) { return p.stand(ctx, row, false) }
