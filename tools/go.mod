module cunju/tools

go 1.26.8

require (
	github.com/a-h/templ v0.3.1020
	github.com/evanw/esbuild v0.28.2
)

require (
	github.com/a-h/parse v0.0.0-20250122154542-74294addb73e // indirect
	golang.org/x/sys v0.41.0 // indirect
)
