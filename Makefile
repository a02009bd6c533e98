# The commands of cunju. `make run` and `make test` are all that one must know;
# the others are their parts.

# The programs are plain Go: no C compiler is needed anywhere.
export CGO_ENABLED := 0

ASSET := internal/web/asset
# The commit is written into the binary, where git is willing to tell it.
VCS := $(shell git rev-parse -q --verify HEAD >/dev/null 2>&1 || echo -buildvcs=false)
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null)
GO_BUILD := go build $(VCS) -trimpath -ldflags '-s -w -X main.version=$(VERSION)'

.PHONY: help run build assets generate test bench lint cross clean

help: ## say what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

run: build ## build, create the demo town and serve it on http://127.0.0.1:8080
	bin/cunju demo --data data/demo --addr 127.0.0.1:8080

build: assets ## build bin/cunju with its styles and scripts
	$(GO_BUILD) -o bin/cunju ./cmd/cunju

assets: $(ASSET)/node_modules/.package-lock.json ## fetch the npm packages and bundle css and js
	cd tools && go run ./assets

# npm writes this file last, so it tells whether the packages are complete.
# --ignore-scripts: a package may bring files, but runs nothing here.
$(ASSET)/node_modules/.package-lock.json: $(ASSET)/package-lock.json
	@command -v npm >/dev/null || { echo "npm is missing: install Node.js 20 or later (https://nodejs.org)" >&2; exit 1; }
	cd $(ASSET) && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

generate: ## write the *_templ.go files again after a *.templ file changed
	cd tools && go tool templ generate -path ..

test: ## install or name what the tests need, then run everything on both engines and in the browser
	scripts/test

bench: build ## print the benchmarks and their ratios
	CUNJU_PG_DURABLE=1 scripts/with-postgres go test -run '^$$' -bench . -benchmem ./internal/db
	$(GO_BUILD) -tags peer -o bin/cunju-bench ./cmd/cunju
	bin/cunju-bench bench --program bin/cunju

lint: ## go vet, and golangci-lint where it is installed
	go vet ./...
	@if command -v golangci-lint >/dev/null; then golangci-lint run; \
	else echo "golangci-lint is not installed, go vet only (https://golangci-lint.run/docs/welcome/install/)"; fi

cross: ## prove that the other systems compile
	GOOS=windows GOARCH=amd64 $(GO_BUILD) -o bin/cunju-windows-amd64.exe ./cmd/cunju
	GOOS=linux GOARCH=arm64 $(GO_BUILD) -o bin/cunju-linux-arm64 ./cmd/cunju
	GOOS=linux GOARCH=loong64 $(GO_BUILD) -o bin/cunju-linux-loong64 ./cmd/cunju

clean: ## remove what was built; the data stays
	rm -rf bin $(ASSET)/node_modules
	find internal/web/dist -mindepth 1 ! -name .gitkeep -delete
