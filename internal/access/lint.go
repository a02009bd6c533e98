package access

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/cedar-policy/cedar-go"
	"github.com/cedar-policy/cedar-go/types"
)

// principalAttrs and contextAttrs are all that policies may ask about; every one is always filled (see decide.go), so no
// evaluation can fail for want of an attribute.
var (
	principalAttrs = []string{"role", "kind", "line", "power", "unit", "area"}
	contextAttrs   = []string{"person", "author", "subject", "relative"}
)

// policyJSON is Cedar's published JSON form of a policy, as far as it is read here
// (https://docs.cedarpolicy.com/policies/json-format.html).
type policyJSON struct {
	Effect    string    `json:"effect"`
	Principal scopeJSON `json:"principal"`
	Action    struct {
		Op       string    `json:"op"`
		Entity   uidJSON   `json:"entity"`
		Entities []uidJSON `json:"entities"`
	} `json:"action"`
	Resource   scopeJSON `json:"resource"`
	Conditions []struct {
		Kind string `json:"kind"`
		Body any    `json:"body"`
	} `json:"conditions"`
}

type scopeJSON struct {
	Op string `json:"op"`
}

type uidJSON struct {
	Type string `json:"type"`
	ID   string `json:"id"`
}

// readSentence reads one policy and holds it to the rules in the head of policy.cedar. On an error the returned
// sentence still carries its id for the message.
func readSentence(c *cedar.Policy) (sentence, error) {
	a := c.Annotations()
	get := func(key string) string { return string(a[types.Ident(key)]) }
	s := sentence{
		id: get("id"), title: get("title"), law: get("law"),
		who: get("who"), where: get("where"), note: get("note"),
		permit: c.Effect() == cedar.Permit,
	}
	if s.id == "" || s.title == "" || s.law == "" {
		return s, errors.New("@id, @title and @law are required")
	}
	if s.permit && (s.who == "" || s.where == "") {
		return s, errors.New("a permit needs @who and @where")
	}
	raw, err := c.MarshalJSON()
	if err != nil {
		return s, err
	}
	var j policyJSON
	if err := json.Unmarshal(raw, &j); err != nil {
		return s, err
	}
	if j.Principal.Op != "All" || j.Resource.Op != "All" {
		return s, errors.New("principal and resource are constrained in the condition, not in the scope")
	}
	named := j.Action.Entities
	if j.Action.Op == "==" {
		named = []uidJSON{j.Action.Entity}
	}
	if len(named) == 0 {
		return s, errors.New("names no act")
	}
	for _, u := range named {
		if _, ok := ActOf(u.ID); !ok || u.Type != "Act" {
			return s, fmt.Errorf("unknown act %s::%q", u.Type, u.ID)
		}
		s.acts = append(s.acts, u.ID)
	}
	if s.policy, err = forAnyAct(raw); err != nil {
		return s, err
	}
	scoped := false
	for _, cond := range j.Conditions {
		found, err := lintExpr(cond.Body, s.permit && cond.Kind == "when")
		if err != nil {
			return s, err
		}
		scoped = scoped || found
	}
	if s.permit && !scoped {
		return s, errors.New("a permit must say where: resource in principal.unit or principal.area")
	}
	return s, nil
}

// forAnyAct compiles a policy without its list of acts. Policies are looked up by act before they are evaluated, and
// matching the act against the list again takes half the time of a decision.
func forAnyAct(raw []byte) (*cedar.Policy, error) {
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil {
		return nil, err
	}
	parts["action"] = json.RawMessage(`{"op":"All"}`)
	raw, err := json.Marshal(parts)
	if err != nil {
		return nil, err
	}
	var p cedar.Policy
	return &p, p.UnmarshalJSON(raw)
}

// lintExpr walks an expression. mayScope says whether "resource in …" is allowed here: only where the truth of the
// whole condition grows with it, that is below && and || alone. It reports whether a scope was found.
func lintExpr(node any, mayScope bool) (bool, error) {
	switch n := node.(type) {
	case []any:
		return lintAll(n, false)
	case map[string]any:
		if isVar(node, "resource") {
			return false, errors.New("nothing may be asked about the resource but where it lies")
		}
		if mayScope && isScope(n) {
			return true, nil
		}
		if owner, attr, ok := access(n); ok {
			if owner == "principal" && slices.Contains(principalAttrs, attr) ||
				owner == "context" && slices.Contains(contextAttrs, attr) {
				return false, nil
			}
			return false, fmt.Errorf("unknown attribute %s.%s", owner, attr)
		}
		found := false
		for op, arg := range n {
			inner := mayScope && (op == "&&" || op == "||")
			children := []any{arg}
			if m, ok := arg.(map[string]any); ok && (m["left"] != nil || m["right"] != nil) {
				children = []any{m["left"], m["right"]}
			}
			f, err := lintAll(children, inner)
			if err != nil {
				return false, err
			}
			found = found || f
		}
		return found, nil
	}
	return false, nil
}

func lintAll(nodes []any, mayScope bool) (bool, error) {
	found := false
	for _, n := range nodes {
		f, err := lintExpr(n, mayScope)
		if err != nil {
			return false, err
		}
		found = found || f
	}
	return found, nil
}

func isVar(node any, name string) bool {
	m, ok := node.(map[string]any)
	return ok && m["Var"] == name
}

// isScope recognises resource in principal.unit and resource in principal.area.
func isScope(n map[string]any) bool {
	in, ok := n["in"].(map[string]any)
	if !ok || !isVar(in["left"], "resource") {
		return false
	}
	right, _ := in["right"].(map[string]any)
	owner, attr, ok := access(right)
	return ok && owner == "principal" && (attr == "unit" || attr == "area")
}

// access recognises owner.attr on a variable.
func access(n map[string]any) (owner, attr string, ok bool) {
	dot, ok := n["."].(map[string]any)
	if !ok {
		return "", "", false
	}
	left, _ := dot["left"].(map[string]any)
	owner, ok = left["Var"].(string)
	attr, _ = dot["attr"].(string)
	return owner, attr, ok
}
