package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

type size struct {
	file        string
	plain, gzip int
}

// write replaces the content of dir, except .gitkeep, by the files under hashed
// names, a gzip copy of each, and manifest.json (logical name to file name).
func write(dir string, files map[string][]byte) ([]size, error) {
	if err := clear(dir); err != nil {
		return nil, err
	}
	manifest := map[string]string{}
	var sizes []size
	for _, name := range slices.Sorted(maps.Keys(files)) {
		content := files[name]
		file := hashed(name, content)
		manifest[name] = file
		packed, err := compress(content)
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(dir, file), content, 0o644); err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(dir, file+".gz"), packed, 0o644); err != nil {
			return nil, err
		}
		sizes = append(sizes, size{file, len(content), len(packed)})
	}
	text, err := json.MarshalIndent(manifest, "", "  ")
	if err != nil {
		return nil, err
	}
	return sizes, os.WriteFile(filepath.Join(dir, "manifest.json"), append(text, '\n'), 0o644)
}

func clear(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	old, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range old {
		if e.Name() == ".gitkeep" {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// hashed puts 40 bits of the content's SHA-256 before the ending.
func hashed(name string, content []byte) string {
	sum := sha256.Sum256(content)
	tag := strings.ToLower(base32.StdEncoding.EncodeToString(sum[:5]))
	ext := filepath.Ext(name)
	return strings.TrimSuffix(name, ext) + "-" + tag + ext
}

func compress(content []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
