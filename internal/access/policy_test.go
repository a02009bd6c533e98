package access

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestThePolicyFileIsSound(t *testing.T) {
	p := load(t)
	if len(p.sentences) < 20 {
		t.Errorf("only %d policies", len(p.sentences))
	}
	quoted := regexp.MustCompile(`"([a-z]+(?:-[a-z]+)+|accountant|auditor)"`)
	named := map[string]bool{}
	for _, m := range quoted.FindAllStringSubmatch(withoutAnnotations(string(policyText)), -1) {
		if _, ok := RoleOf(m[1]); !ok {
			t.Errorf("the policy file names the role %q, which nobody can hold", m[1])
		}
		named[m[1]] = true
	}
	for _, r := range roles {
		if !named[r.Code] {
			t.Errorf("role %s has no power", r.Code)
		}
	}
	for _, a := range acts {
		if len(p.Offices(a.Code)) == 0 {
			t.Errorf("nobody may %s", a.Code)
		}
	}
	if p.Offices("org.burn") != nil {
		t.Error("an unknown act has offices")
	}
}

func withoutAnnotations(text string) string {
	return regexp.MustCompile(`(?m)^@.*$`).ReplaceAllString(text, "")
}

// Every rule in the head of the policy file is enforced when the program starts.
func TestABadPolicyFileIsRefused(t *testing.T) {
	const head = `@id("x") @title("题") @law("内部控制") @who("某") @where("某处") `
	const when = ` when { principal.role == "auditor" && resource in principal.area };`
	for _, c := range []struct{ name, text, want string }{
		{"no id", `@title("题") @law("内部控制") @who("某") @where("某处") permit (principal, action == Act::"org.read", resource)` + when, "@id"},
		{"no law", `@id("x") @title("题") @who("某") @where("某处") permit (principal, action == Act::"org.read", resource)` + when, "@law"},
		{"no who", `@id("x") @title("题") @law("内部控制") permit (principal, action == Act::"org.read", resource)` + when, "@who"},
		{"id twice", strings.Replace(head, `"x"`, `"auditor-reads"`, 1) + `permit (principal, action == Act::"org.read", resource)` + when, "twice"},
		{"unknown act", head + `permit (principal, action == Act::"org.burn", resource)` + when, "unknown act"},
		{"every act", head + `permit (principal, action, resource)` + when, "names no act"},
		{"no scope", head + `permit (principal, action == Act::"org.read", resource) when { principal.role == "auditor" };`, "say where"},
		{"scope in the head", head + `permit (principal, action == Act::"org.read", resource in Unit::"1")` + when, "in the scope"},
		{"asks the resource", head + `permit (principal, action == Act::"org.read", resource) when { resource in principal.area && resource.kind == "village" };`, "resource"},
		{"scope turned round", head + `permit (principal, action == Act::"org.read", resource) when { !(resource in principal.area) };`, "resource"},
		{"scope in unless", head + `permit (principal, action == Act::"org.read", resource) unless { resource in principal.area };`, "resource"},
		{"forbid by place", head + `forbid (principal, action == Act::"org.read", resource)` + when, "resource"},
		{"unknown attribute", head + `permit (principal, action == Act::"org.read", resource) when { principal.rank == 1 && resource in principal.area };`, "principal.rank"},
		{"unknown context", head + `forbid (principal, action == Act::"org.read", resource) when { context.mood };`, "context.mood"},
		{"syntax", "permit (", "parse"},
	} {
		_, err := parse([]byte(string(policyText) + c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	if _, err := parse([]byte(head + `permit (principal, action == Act::"org.read", resource)` + when)); err == nil || !strings.Contains(err.Error(), "granted to nobody") {
		t.Errorf("acts without office: %v", err)
	}
}

func TestExplain(t *testing.T) {
	all := load(t).Explain()
	const want = "村（社区）党组织书记可以批准公布本村（社区）的公开事项"
	const law = "《村民委员会组织法》第三十五条；《城市居民委员会组织法》第三十四条"
	const limits = "不得审查、批准本人起草的，涉及近亲属的应当回避（内部控制）"
	found := false
	for _, s := range all {
		found = found || s.Text == want && s.Law == law && s.Limits == limits && s.Act == DisclosureApprove && s.Policy == "party-secretary-village"
		if s.Law == "" || s.Policy == "" || regexp.MustCompile(`[a-z]+[.-][a-z]+`).MatchString(s.Text+s.Limits) {
			t.Errorf("not for a secretary: %+v", s)
		}
	}
	if !found {
		t.Errorf("missing %q in %+v", want, all)
	}
	if last := all[len(all)-1]; last.Act != "" || !strings.Contains(last.Text, "不得") {
		t.Errorf("prohibitions do not stand last: %+v", last)
	}
}

// supervising is what those who supervise write: what they found.
var supervising = []string{DisclosureCheck, DisclosureFind, DisclosureCheckin, ComplaintHandle}

func TestEveryWritingActIsForbiddenToSupervisors(t *testing.T) {
	p := load(t)
	for _, a := range acts {
		for _, id := range []string{"supervision-only-supervises", "auditor-changes-nothing"} {
			named := false
			for _, s := range p.forbids[a.Code] {
				named = named || s.id == id
			}
			own := id == "supervision-only-supervises" && slices.Contains(supervising, a.Code)
			if a.Writes && !own && !named {
				t.Errorf("%s does not name %s, which writes", id, a.Code)
			}
		}
	}
}

func BenchmarkMay(b *testing.B) {
	p := load(b)
	clerk := who(7, office(b, "general-branch-secretary", general, village))
	target := at(branchA)
	target.Author = 8
	for b.Loop() {
		if !p.May(clerk, DisclosureApprove, target).Allowed {
			b.Fatal("refused")
		}
	}
}

func BenchmarkAnchors(b *testing.B) {
	p := load(b)
	clerk := who(7, office(b, "general-branch-secretary", general, village))
	for b.Loop() {
		if len(p.Anchors(clerk, MemberRead)) != 1 {
			b.Fatal("no anchor")
		}
	}
}
