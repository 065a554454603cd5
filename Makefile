# Tasks of the repository. Each is an npm script too: `npm run <task>` after `npm ci`.
.DEFAULT_GOAL := help
.PHONY: help setup synth validate diff record resolve live live-down test test-unit test-infra test-live test-live-full typecheck lint format import import-check dist-check docs docs-check bench preview up clean

# Stamps of what is installed; npm writes them itself.
PACKAGES := node_modules/.package-lock.json
INFRA_PACKAGES := infra/node_modules/.package-lock.json

help: ## List the tasks
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{ printf "  make %-14s %s\n", $$1, $$2 }'

$(PACKAGES): package.json package-lock.json
	@command -v node >/dev/null || { echo "Node is not installed. Fix: install Node 20.19 or newer, https://nodejs.org" >&2; exit 1; }
	npm ci --no-audit --no-fund
	@touch $@

$(INFRA_PACKAGES): infra/package.json infra/package-lock.json
	npm ci --prefix infra --no-audit --no-fund
	@touch $@

setup: $(PACKAGES) ## Install the npm packages (every other task does it when needed)

synth: $(PACKAGES) ## Render all clusters to dist and validate them; FLEET=demo: another preset, DIST=folder: another place
	@node cli/run.cjs synth

validate: $(PACKAGES) ## Validate what dist holds
	@node cli/run.cjs validate

diff: $(PACKAGES) ## What your change does, object by object and cluster by cluster
	@node cli/run.cjs diff

record: $(PACKAGES) $(INFRA_PACKAGES) ## Record what the infra program registers, for a diff of the Azure side
	@npm run --silent record --prefix infra -- --output reports/infra-to.json

resolve: $(PACKAGES) ## Resolve a merge conflict in dist by rendering it anew
	@node cli/run.cjs resolve

live: $(PACKAGES) $(INFRA_PACKAGES) ## Bring the fleet up on this machine, on real API servers with Flux; again: push what has changed
	@node cli/run.cjs live

live-down: $(PACKAGES) ## End what `make live` started, and remove every trace
	@node cli/run.cjs live-down

test: typecheck lint import-check docs-check dist-check test-unit test-infra ## Check everything: types, lint, generated files, dist, all tests

test-unit: $(PACKAGES) ## Run the tests of everything but infra
	@npm test --silent

test-infra: $(PACKAGES) $(INFRA_PACKAGES) ## Run the offline proofs of the infra program
	@npm run --silent test:infra

test-live: $(PACKAGES) $(INFRA_PACKAGES) ## Prove delivery, admission and recovery on real API servers: the selection that CI runs
	@npm run --silent test:live

test-live-full: $(PACKAGES) $(INFRA_PACKAGES) ## The same with every fault, drill and rehearsal
	@npm run --silent test:live-full

typecheck: $(PACKAGES) $(INFRA_PACKAGES) ## Check the types of both programs
	@npm run --silent typecheck
	@npm run --silent typecheck:infra

lint: $(PACKAGES) ## Check format and lint
	@npm run --silent lint

format: $(PACKAGES) ## Format and mend what can be mended
	@npm run --silent format

import: $(PACKAGES) ## Generate types and schemas anew from the pinned CRDs and the Kubernetes OpenAPI
	@node cli/run.cjs import

import-check: $(PACKAGES) ## Check that the generated types and schemas are fresh
	@node cli/run.cjs import --check

docs: $(PACKAGES) ## Generate the tables and diagrams of the documentation anew
	@node cli/run.cjs docs

docs-check: $(PACKAGES) ## Check that the generated parts of the documentation are fresh
	@node cli/run.cjs docs --check

dist-check: $(PACKAGES) ## Check that the committed dist is what the sources render
	@FLEET=default DIST=dist node cli/run.cjs synth --check

bench: $(PACKAGES) ## Measure rendering and comparing beside their peers
	@node cli/run.cjs bench

preview: $(PACKAGES) $(INFRA_PACKAGES) ## What the infra program would change in Azure
	@npm run --silent preview --prefix infra

up: $(PACKAGES) $(INFRA_PACKAGES) ## Provision or change Azure
	@npm run --silent up --prefix infra

clean: ## Remove what was built (the tools in .cache stay)
	@rm -rf build reports
