# Tasks of the repository. Each is an npm script too: `npm run <task>` after `npm ci`.
.DEFAULT_GOAL := help
.PHONY: help setup synth validate test test-unit typecheck lint format import import-check dist-check bench clean

PACKAGES := node_modules/.package-lock.json

help: ## List the tasks
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{ printf "  make %-13s %s\n", $$1, $$2 }'

$(PACKAGES): package.json package-lock.json
	@command -v node >/dev/null || { echo "Node is not installed. Fix: install Node 20.19 or newer, https://nodejs.org" >&2; exit 1; }
	npm ci --no-audit --no-fund
	@touch $(PACKAGES)

setup: $(PACKAGES) ## Install the npm packages (every other task does it when needed)

synth: $(PACKAGES) ## Render all clusters to dist and validate them; FLEET=demo: another preset, DIST=folder: another place
	@node cli/run.mjs synth

validate: $(PACKAGES) ## Validate what dist holds
	@node cli/run.mjs validate

test: typecheck lint import-check dist-check test-unit ## Check everything: types, lint, generated files, dist, all tests

test-unit: $(PACKAGES) ## Run the tests
	@npm test --silent

typecheck: $(PACKAGES) ## Check the types
	@npm run --silent typecheck

lint: $(PACKAGES) ## Check format and lint
	@npm run --silent lint

format: $(PACKAGES) ## Format and mend what can be mended
	@npm run --silent format

import: $(PACKAGES) ## Generate types and schemas anew from the pinned CRDs and the Kubernetes OpenAPI
	@node cli/run.mjs import

import-check: $(PACKAGES) ## Check that the generated types and schemas are fresh
	@node cli/run.mjs import --check

dist-check: $(PACKAGES) ## Check that the committed dist is what the sources render
	@FLEET=default DIST=dist node cli/run.mjs synth --check

bench: $(PACKAGES) ## Measure rendering beside its peers
	@node cli/run.mjs bench

clean: ## Remove what was built (the tools in .cache stay)
	@rm -rf build reports
