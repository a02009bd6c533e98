package demo

import (
	"embed"
	"fmt"

	"gopkg.in/yaml.v3"
)

//go:generate go run ./gen -out .

// Files holds every input file under its name: roster.xlsx,
// finance/wenfeng-2025-06.xlsx, facts.yaml and so on.
//
//go:embed *.xlsx *.csv *.yaml finance README.md
var Files embed.FS

// LoadFacts reads facts.yaml. An error means the embedded file is damaged.
func LoadFacts() (Facts, error) { return load[Facts]("facts.yaml") }

// LoadEvents reads events.yaml. An error means the embedded file is damaged.
func LoadEvents() (Events, error) { return load[Events]("events.yaml") }

func load[T any](name string) (v T, err error) {
	raw, err := Files.ReadFile(name)
	if err != nil {
		return v, err
	}
	if err := yaml.Unmarshal(raw, &v); err != nil {
		return v, fmt.Errorf("read %s: %w", name, err)
	}
	return v, nil
}
