package matter

import (
	"fmt"

	"cunju/internal/journal"
)

// Abandon ends a matter before its next step was done: it was given up, and no step counts as done by that.
func (m *Progress) Abandon(st *journal.Step, outcome string) error {
	if m.Closed != "" {
		return fmt.Errorf("此事项已于%s办结", m.Closed.Chinese())
	}
	m.Closed, m.Outcome, m.Next, m.Power, m.Due, m.Reckoning = st.Effective, outcome, "", "", "", ""
	return nil
}
