package main

import (
	"errors"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

// entries are the logical names of the bundled files and where each starts.
var entries = map[string]string{
	"app.css":      "app.css",
	"app.js":       "app.js",
	"sheet-a4.css": "sheet-a4.css",
	"sheet-a3.css": "sheet-a3.css",
}

// bundle compiles each entry for the oldest browsers in use: Chromium 87 in
// office browsers, Safari 14 on phones.
func bundle(dir string) (map[string][]byte, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for name, entry := range entries {
		result := api.Build(api.BuildOptions{
			AbsWorkingDir:     abs,
			EntryPoints:       []string{entry},
			Bundle:            true,
			Outfile:           filepath.Join(abs, "out", name),
			Format:            api.FormatIIFE,
			Charset:           api.CharsetUTF8,
			MinifyWhitespace:  true,
			MinifyIdentifiers: true,
			MinifySyntax:      true,
			LegalComments:     api.LegalCommentsInline,
			Engines:           []api.Engine{{Name: api.EngineChrome, Version: "87"}, {Name: api.EngineSafari, Version: "14"}},
			LogLevel:          api.LogLevelWarning,
		})
		if len(result.Errors) > 0 {
			return nil, errors.New(entry + ": " + result.Errors[0].Text)
		}
		files[name] = result.OutputFiles[0].Contents
	}
	return files, nil
}
