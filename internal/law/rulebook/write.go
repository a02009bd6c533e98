package rulebook

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"cunju/internal/law"
)

// Format is how the rule list is written.
type Format string

// The formats.
const (
	Text Format = "text" // aligned Chinese text for a terminal
	JSON Format = "json"
)

// Write prints all rules with their worked cases and verdicts, then all local
// terms. The output is the same at every run.
func Write(w io.Writer, format Format) error {
	switch format {
	case Text:
		return writeText(w)
	case JSON:
		return writeJSON(w)
	}
	return fmt.Errorf("不认识输出格式“%s”，请用 text 或 json", format)
}

// ruleJSON and the types below are the shape of the JSON list.
type ruleJSON struct {
	law.Info
	Cite    string     `json:"cite"`
	Demoted bool       `json:"demoted"` // refusals only warn until adopted
	Cases   []caseJSON `json:"cases"`
}

type caseJSON struct {
	Name    string      `json:"name"`
	Want    law.Outcome `json:"want"`
	Verdict law.Verdict `json:"verdict"`
}

type keyJSON struct {
	law.Key
	ReadBy []string `json:"read_by"`
}

func writeJSON(w io.Writer) error {
	var list struct {
		Rules []ruleJSON `json:"rules"`
		Keys  []keyJSON  `json:"settings"`
	}
	for _, e := range All() {
		r := ruleJSON{Info: e.Info, Cite: cite(e), Demoted: e.Demoted()}
		for _, c := range e.Cases {
			r.Cases = append(r.Cases, caseJSON{c.Name, c.Want, e.Run(c)})
		}
		list.Rules = append(list.Rules, r)
	}
	for _, k := range Keys() {
		list.Keys = append(list.Keys, keyJSON{k, Readers(k)})
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", " ")
	enc.SetEscapeHTML(false)
	return enc.Encode(list)
}

func writeText(w io.Writer) error {
	var b strings.Builder
	source, article := "", ""
	rules := All()
	cases := 0
	for _, e := range rules {
		if head := sourceLine(e.Source); head != source {
			fmt.Fprintf(&b, "\n%s\n", head)
			source, article = head, "none"
		}
		if e.Article != article {
			article = e.Article
			fmt.Fprintf(&b, "  %s\n", orElse(law.ArticleText(e.Article), "（条文号未核对）", e.Ground == law.Statute))
		}
		fmt.Fprintf(&b, "    %s第%d版  %s  %s  %s\n", pad(e.ID, 18), e.Version, pad(e.Title, 36), pad(force(e.Info), 26), basis(e.Info))
		for _, k := range e.Keys {
			fmt.Fprintf(&b, "      地方规定  %s（%s），%s：%s\n", k.Title, k.Name, k.Whose(), k.Text(k.Default))
		}
		for _, c := range e.Cases {
			v := e.Run(c)
			cases++
			fmt.Fprintf(&b, "      %s  %s  %s\n", pad(v.Outcome.Chinese(), 8), pad(c.Name, 40), brief(v))
		}
	}
	b.WriteString("\n地方规定（只能严于法律；登记时写明依据）\n")
	for _, k := range Keys() {
		fmt.Fprintf(&b, "  %s  %s  %s  用于：%s\n", pad(k.Name, 28), pad(k.Title, 48), pad(k.Whose()+"："+k.Text(k.Default), 22), strings.Join(Readers(k), "、"))
	}
	fmt.Fprintf(&b, "\n共%d条规则，%d个算例。\n", len(rules), cases)
	_, err := io.WriteString(w, strings.TrimPrefix(b.String(), "\n"))
	return err
}

func sourceLine(s law.Source) string {
	line := s.Title
	if s.Issued != "" {
		line += "  " + s.Issued
	}
	return line
}

func force(i law.Info) string {
	switch {
	case i.From == "":
		return "一直有效"
	case i.Until != "":
		return string(i.From) + "至" + string(i.Until.AddDays(-1))
	}
	return string(i.From) + "起"
}

// basis says how well the rule is founded and what a refusal of it does.
func basis(i law.Info) string {
	switch {
	case i.Ground == law.Control:
		return "内部控制"
	case i.Ground == law.Form:
		return "号码格式"
	case i.Demoted():
		return i.Confidence.Chinese() + "，采纳前只提醒"
	}
	return i.Confidence.Chinese()
}

// brief is the verdict without outcome and citation.
func brief(v law.Verdict) string {
	switch {
	case len(v.Missing) > 0:
		return "缺少：" + strings.Join(v.Missing, "、")
	case v.Outcome == law.NotYetInForce:
		return v.Given + "，" + v.Need
	}
	return v.Given
}

func cite(e law.Entry) string { return e.Source.Short + law.ArticleText(e.Article) }

func orElse(text, other string, want bool) string {
	if text == "" && want {
		return other
	}
	if text == "" {
		return "（无条文）"
	}
	return text
}

// pad fills with spaces to a width in terminal columns; Chinese characters take
// two.
func pad(s string, width int) string {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x2e80 || r == '“' || r == '”' || r == '—' || r == '…' {
			n++
		}
	}
	return s + strings.Repeat(" ", max(0, width-n))
}
