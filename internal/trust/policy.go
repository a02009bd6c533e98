package trust

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Policy says whose signatures a checkpoint of one log needs. The zero value trusts nothing.
type Policy struct {
	Log       string // the log's vkey
	Witnesses []Witness
	Quorum    string // name of a witness or group; "none" asks for the log's signature alone

	log    note.Verifier
	groups map[string]group
}

// Witness is a witness of a policy.
type Witness struct {
	Name string // within the policy
	VKey string
	URL  string // submission prefix, without a slash at the end; "" when this policy is only for checking

	verifier note.Verifier
}

// KeyName is the name in its key: what stands in its signature lines.
func (w Witness) KeyName() string { return w.verifier.Name() }

// group is k of members, which are witnesses or groups that were named before.
type group struct {
	k       int
	members []string
}

const none = "none"

// Alone is the policy of a log that asks no witness.
func Alone(logVKey string) (*Policy, error) { return Parse("log " + logVKey + "\nquorum none\n") }

// Parse reads a policy. Every error names the line and says in Chinese what is wrong with it.
func Parse(text string) (*Policy, error) {
	p := &Policy{groups: map[string]group{}}
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		if err := p.line(f[0], f[1:]); err != nil {
			return nil, fmt.Errorf("第 %d 行：%w", i+1, err)
		}
	}
	switch {
	case p.log == nil:
		return nil, fmt.Errorf("缺少 log 行（总账的公钥）")
	case p.Quorum == "":
		return nil, fmt.Errorf("缺少 quorum 行（要谁的签名才算数；不要见证写 quorum none）")
	}
	return p, nil
}

func (p *Policy) line(word string, args []string) (err error) {
	if word != "quorum" && p.Quorum != "" {
		return fmt.Errorf("quorum 应当是最后一行")
	}
	switch word {
	case "log":
		return p.logLine(args)
	case "witness":
		return p.witnessLine(args)
	case "group":
		return p.groupLine(args)
	case "quorum":
		if p.Quorum != "" || len(args) != 1 {
			return fmt.Errorf("quorum 只写一行：quorum 名称")
		}
		if args[0] != none && !p.known(args[0]) {
			return fmt.Errorf("前面没有叫“%s”的见证方或组", args[0])
		}
		p.Quorum = args[0]
		return nil
	}
	return fmt.Errorf("不认识“%s”；只有 log、witness、group、quorum 四种行", word)
}

func (p *Policy) logLine(args []string) (err error) {
	if p.log != nil || len(args) < 1 || len(args) > 2 {
		return fmt.Errorf("log 只写一行：log 公钥")
	}
	if _, _, err = parseKey(args[0], algEd25519); err != nil {
		return err
	}
	p.Log = args[0]
	p.log, err = note.NewVerifier(args[0])
	return err
}

func (p *Policy) witnessLine(args []string) (err error) {
	if len(args) < 2 || len(args) > 3 {
		return fmt.Errorf("写法是：witness 名称 公钥 网址")
	}
	w := Witness{Name: args[0], VKey: args[1]}
	if err := p.fresh(w.Name); err != nil {
		return err
	}
	if w.verifier, err = NewVerifier(w.VKey); err != nil {
		return err
	}
	for _, other := range p.Witnesses {
		if other.VKey == w.VKey || other.KeyName() == w.KeyName() && other.verifier.KeyHash() == w.verifier.KeyHash() {
			return fmt.Errorf("“%s”和“%s”是同一把公钥，不能算作两方", w.Name, other.Name)
		}
	}
	if len(args) == 3 {
		u, err := url.Parse(args[2])
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return fmt.Errorf("“%s”不是网址", args[2])
		}
		w.URL = strings.TrimRight(args[2], "/")
	}
	p.Witnesses = append(p.Witnesses, w)
	return nil
}

func (p *Policy) groupLine(args []string) error {
	if len(args) < 3 {
		return fmt.Errorf("写法是：group 名称 几个 成员…（几个写数字、any 或 all）")
	}
	g := group{members: args[2:]}
	if err := p.fresh(args[0]); err != nil {
		return err
	}
	switch args[1] {
	case "any":
		g.k = 1
	case "all":
		g.k = len(g.members)
	default:
		k, err := strconv.Atoi(args[1])
		if err != nil || k < 1 || k > len(g.members) {
			return fmt.Errorf("“%s”应当是 1 到 %d 的数字、any 或 all", args[1], len(g.members))
		}
		g.k = k
	}
	for i, m := range g.members {
		if !p.known(m) {
			return fmt.Errorf("前面没有叫“%s”的见证方或组", m)
		}
		if slices.Contains(g.members[:i], m) {
			return fmt.Errorf("“%s”在组里写了两次", m)
		}
		for other, o := range p.groups {
			if slices.Contains(o.members, m) {
				return fmt.Errorf("“%s”已经在“%s”组里，不能算两次", m, other)
			}
		}
	}
	p.groups[args[0]] = g
	return nil
}

func (p *Policy) fresh(name string) error {
	if name == none || p.known(name) {
		return fmt.Errorf("名称“%s”不能用或已经用过", name)
	}
	return nil
}

func (p *Policy) known(name string) bool {
	_, ok := p.groups[name]
	return ok || slices.ContainsFunc(p.Witnesses, func(w Witness) bool { return w.Name == name })
}

// Asks reports whether the policy asks for any witness.
func (p *Policy) Asks() bool { return p.Quorum != none }

// Origin is the name of the log.
func (p *Policy) Origin() string { return p.log.Name() }

// Verifier is the log's public key.
func (p *Policy) Verifier() note.Verifier { return p.log }

// Met reports whether signatures of the log and of these witnesses, named as in the policy, are enough.
func (p *Policy) Met(signed func(witness string) bool) bool {
	return p.Quorum == none || p.met(p.Quorum, signed)
}

func (p *Policy) met(name string, signed func(string) bool) bool {
	g, ok := p.groups[name]
	if !ok {
		return signed(name)
	}
	n := 0
	for _, m := range g.members {
		if p.met(m, signed) {
			n++
		}
	}
	return n >= g.k
}

// Rule says in plain Chinese whose signatures are asked for.
func (p *Policy) Rule() string {
	if p.Quorum == none {
		return "只要街道自己的签名，没有约定见证方"
	}
	return "要有街道自己的签名，还要" + p.rule(p.Quorum)
}

func (p *Policy) rule(name string) string {
	g, ok := p.groups[name]
	if !ok {
		return "“" + name + "”的签名"
	}
	var parts []string
	for _, m := range g.members {
		if _, sub := p.groups[m]; sub {
			parts = append(parts, "（"+p.rule(m)+"）")
		} else {
			parts = append(parts, "“"+m+"”")
		}
	}
	list := strings.Join(parts, "、")
	switch {
	case len(parts) == 1:
		return list + "的签名"
	case g.k == len(parts):
		return list + "全部签名"
	}
	return fmt.Sprintf("%s这 %d 方里至少 %d 方签名", list, len(parts), g.k)
}

// String writes the policy again, for a receipt or an archive: the same keys and rule, in the order of the format.
func (p *Policy) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "log %s\n", p.Log)
	for _, w := range p.Witnesses {
		fmt.Fprintf(&b, "witness %s %s", w.Name, w.VKey)
		if w.URL != "" {
			b.WriteString(" " + w.URL)
		}
		b.WriteString("\n")
	}
	written := map[string]bool{}
	for len(written) < len(p.groups) { // members before their group
		for _, name := range sortedKeys(p.groups) {
			g := p.groups[name]
			if written[name] || slices.ContainsFunc(g.members, func(m string) bool { _, sub := p.groups[m]; return sub && !written[m] }) {
				continue
			}
			written[name] = true
			fmt.Fprintf(&b, "group %s %d %s\n", name, g.k, strings.Join(g.members, " "))
		}
	}
	fmt.Fprintf(&b, "quorum %s\n", p.Quorum)
	return b.String()
}
