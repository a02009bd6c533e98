package demo

import (
	"compress/gzip"
	"embed"
	"fmt"
	"io"

	"gopkg.in/yaml.v3"
)

//go:generate go run ./gen -out .

// The largest file is carried compressed: it would be a twentieth of the program.
//
//go:embed *.xlsx village-roster.csv *.csv.gz *.yaml finance README.md
var files embed.FS

// Read returns an input file by its name: roster.xlsx,
// finance/wenfeng-2025-06.xlsx, facts.yaml and so on.
func Read(name string) ([]byte, error) {
	raw, err := files.ReadFile(name)
	if err == nil {
		return raw, nil
	}
	packed, perr := files.Open(name + ".gz")
	if perr != nil {
		return nil, err
	}
	defer packed.Close()
	z, err := gzip.NewReader(packed)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return io.ReadAll(z)
}

// LoadFacts reads facts.yaml. An error means the embedded file is damaged.
func LoadFacts() (Facts, error) { return load[Facts]("facts.yaml") }

// LoadEvents reads events.yaml. An error means the embedded file is damaged.
func LoadEvents() (Events, error) { return load[Events]("events.yaml") }

func load[T any](name string) (v T, err error) {
	raw, err := files.ReadFile(name)
	if err != nil {
		return v, err
	}
	if err := yaml.Unmarshal(raw, &v); err != nil {
		return v, fmt.Errorf("read %s: %w", name, err)
	}
	return v, nil
}
