package disclosure

import (
	"slices"

	"cunju/internal/disclosure/catalogue"
	"cunju/internal/journal"
)

// Scope is for whom a notice is published.
type Scope string

// The scopes. A content for everyone states none; tables have [ScopePublic].
const (
	ScopePublic     Scope = "public"
	ScopeCollective Scope = "collective" // members of the collective
	ScopeParty      Scope = "party"      // Party members of the organisation and those below it
)

// Chinese names a scope.
func (s Scope) Chinese() string {
	return map[Scope]string{"": "全社会", ScopePublic: "全社会", ScopeCollective: "本集体经济组织成员", ScopeParty: "本组织党员"}[s]
}

// Reach is for whom a content is, never "".
func (c *Content) Reach() Scope {
	if c.Scope == "" {
		return ScopePublic
	}
	return c.Scope
}

func (c *Content) checkScope() error {
	switch {
	case c.Scope == "":
		return nil
	case !slices.Contains([]Scope{ScopeCollective, ScopeParty}, c.Scope):
		return journal.RefuseField("scope", "请从列出的公开范围中选择。")
	case Scope(catalogue.Narrow[c.Subject]) != c.Scope:
		s, _ := SubjectOf(c.Subject)
		return journal.RefuseField("scope", "%s不能只向%s公开。没有保存，请改选公开范围。", s.Title, c.Scope.Chinese())
	}
	return nil
}

// within chooses between the public kind of a step and the one whose payload the log does not publish.
func within[B any](n *Notice, open, closed journal.Kind[B]) journal.Kind[B] {
	if n.Content.Reach() != ScopePublic {
		return closed
	}
	return open
}
