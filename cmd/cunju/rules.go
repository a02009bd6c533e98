package main

import "cunju/internal/law/rulebook"

type rulesCommand struct {
	JSON bool `name:"json" help:"以 JSON 输出。"`
}

// Run prints every article with its rules, worked cases and local terms.
func (r *rulesCommand) Run(c *console) error {
	format := rulebook.Text
	if r.JSON {
		format = rulebook.JSON
	}
	return rulebook.Write(c.out, format)
}
