package notice

import (
	"fmt"

	"cunju/internal/law"
)

// Call is a request of many for an audit: how many asked, of how many.
type Call struct {
	Body      Body
	Villagers law.Opt[Share] // villages: villagers
	Residents law.Opt[Share] // communities: residents
	Delegates law.Opt[Share] // communities: residents' representatives
}

// Reached says in words whether a share reaches num/den.
func (s Share) Reached(who string, num, den int64) (given string, ok bool) {
	ok = law.AtLeast(s.Asked, s.All, num, den)
	sign := "<"
	if ok {
		sign = "≥"
	}
	return fmt.Sprintf("%s%d人，要求审计的%d人，%d×%d%s%d×%d", who, s.All, s.Asked, s.Asked, den, sign, s.All, num), ok
}
