# POSIX sh only: this runs before anything of the project is installed.
PYTHON ?= python3
BIN := .venv/bin
UV_COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate $(UPGRADE)
# Tests of a file share what it makes; the order is ours (tests/conftest.py).
BY_FILE := --dist loadfile --no-loadscope-reorder

BROWSER_SOURCES := $(shell find app/browser -type f 2>/dev/null)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard app/translations/*/LC_MESSAGES/*.po))

# A start without kept bytecode compiles 600 files anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run setup setup-dev test test-postgresql drill bench lint lock clean

help: ## list the targets and the settings
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile
	@$(PYTHON) -P app/config.py

run: setup ## start with demo data on http://localhost:8000, Ctrl-C stops everything
	@exec $(BIN)/python -m app.serve --demo

setup: .venv/runtime app/static/built/manifest.json $(CATALOGUES) ## install what is locked and build the browser files

setup-dev: setup .venv/development

test: setup-dev ## run all tests except the drills, in less than ten minutes
	@$(BIN)/python -m pytest -n 3 $(BY_FILE) -m "not drill and not postgresql" $(ARGS)

test-postgresql: setup-dev ## run the tests of the application on PostgreSQL too
	@$(BIN)/python -m pytest -n 3 $(BY_FILE) -m "postgresql and not drill" $(ARGS)

drill: setup-dev ## run the long tests, and all on PostgreSQL (hours; nightly and before a release)
	@$(BIN)/python -m pytest -n 2 $(BY_FILE) -m "drill or postgresql" $(ARGS)

bench: setup-dev ## measure against the bounds, as ratios within one run
	@$(BIN)/python -m tests.bench.run $(ARGS)

lint: setup-dev ## check style, types, templates and the import order
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/python -m djlint --quiet --lint templates
	$(BIN)/lint-imports

lock: setup-dev ## write the locks anew (UPGRADE=--upgrade takes newer versions)
	$(UV_COMPILE) pyproject.toml -o requirements.lock
	$(UV_COMPILE) pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock
	$(UV_COMPILE) --group node -o requirements-node.lock
	.ci/node npm install --package-lock-only --ignore-scripts

clean: ## remove what was installed and built; instance/ stays
	rm -rf .venv node_modules app/static/built app/translations/*/LC_MESSAGES/*.mo
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

.venv/runtime: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed, for example: make setup PYTHON=python3.12" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv || \
		{ echo "Python lacks its venv module: apt-get install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@touch $@

.venv/development: requirements-dev.lock .venv/runtime
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

# npm writes this file last.
node_modules/.package-lock.json: package-lock.json .npmrc | .venv/runtime
	@.ci/node npm ci --ignore-scripts --loglevel=error
	@touch $@

app/static/built/manifest.json: node_modules/.package-lock.json $(BROWSER_SOURCES) | .venv/runtime
	@.ci/node node app/browser/build.mjs
	@touch $@

%.mo: %.po | .venv/runtime
	@$(BIN)/python -m babel.messages.frontend --quiet compile -i $< -o $@
