# Two commands are enough: `make site` builds the sample portal, `make test` runs every check.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help site serve test lint manual screenshots lighthouse bench bench-inbox bench-rates soak lock wheel clean

help:
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' Makefile

site: .venv/ready ## makes an environment, builds content/ into build/
	@$(BIN)/aryk build
	@echo "Look at it: make serve, then open http://127.0.0.1:8000/ (or open build/ with any web server)."

serve: .venv/ready ## shows the portal in the browser and follows your changes
	@$(BIN)/aryk serve

test: .venv/ready-to-test .venv/markdown-texts .venv/node/ready ## lint, types, all tests, the wheel
	@$(BIN)/ruff format --check generator tests
	@$(BIN)/ruff check generator tests
	@$(BIN)/mypy
	@$(BIN)/python tests/wheel.py
	@$(BIN)/pytest -n auto

lint: .venv/ready-to-test ## formats and mends what can be mended
	$(BIN)/ruff format generator tests
	$(BIN)/ruff check --fix generator tests

manual: .venv/ready-to-test ## writes what themes/README.md says of options, words, templates and views
	@$(BIN)/python -m tests.manual

screenshots: .venv/ready-to-test ## pictures of every kind of page for tests/artefacts/screenshots
	@$(BIN)/python -m tests.browser.shots

lighthouse: .venv/ready-to-test .venv/lighthouse/ready ## Lighthouse's figures of front page, section and story
	@$(BIN)/python -m tests.browser.slow_phone

bench: .venv/ready-to-bench ## measures builds of 10,000, 30,000 and 100,000 stories beside Hugo's (BENCH="1000" for others)
	@$(BIN)/python -m tests.bench.bench $(BENCH)

bench-inbox: .venv/ready-to-test ## measures the inbox: votes and results a second, a million votes tallied
	@$(BIN)/python -m tests.bench.inbox

bench-rates: .venv/ready-to-test ## measures what twenty years of daily rates of 40 currencies add to builds
	@$(BIN)/python -m tests.bench.rates

soak: .venv/ready-to-test ## the long profiles of the random tests
	ARYK_SOAK=1 $(BIN)/pytest tests -k "incremental or crash" -n 2

wheel: .venv/ready ## builds dist/*.whl
	$(BIN)/pip wheel --no-deps --quiet --wheel-dir dist .

lock: .venv/ready ## pins the newest versions that pyproject.toml allows, with hashes and without addresses
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml $(LOCK) -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra search --group dev $(LOCK) -o requirements-dev.lock
	$(BIN)/uv pip compile --group bench $(LOCK) -o requirements-bench.lock
	for folder in tests/browser tests/browser/lighthouse; do npm update --prefix $$folder --package-lock-only \
		--omit-lockfile-registry-resolved --no-audit --no-fund; done

LOCK := --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --quiet --upgrade

clean: ## removes what was made
	rm -rf build dist .aryk .venv

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -c 'import ensurepip' || { echo "Python's venv is missing: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/ready: .venv/python requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

# The texts of Python-Markdown's own tests: the dialect is held to them, and they are not ours to keep.
.venv/markdown-texts: .venv/ready
	@rm -rf $@ $@.sdist && mkdir -p $@.sdist
	@sed -n '/^markdown==/,/[^\\]$$/p' requirements.lock > $@.sdist/pinned.txt
	$(BIN)/pip download --quiet --disable-pip-version-check --no-deps --no-binary markdown --require-hashes \
		--dest $@.sdist -r $@.sdist/pinned.txt
	@$(BIN)/python -m tarfile -e $@.sdist/markdown-*.tar.gz $@

.venv/ready-to-test: .venv/ready requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# What reads the pages in the tests, and Lighthouse. npm compares each file with its hash; no package runs its scripts.
.venv/node/ready: tests/browser/package-lock.json
.venv/lighthouse/ready: tests/browser/lighthouse/package-lock.json
.venv/%/ready: .venv/python
	@command -v npm >/dev/null || { echo "npm is missing: apt-get install npm" >&2; exit 1; }
	@mkdir -p $(@D) && cp $(filter tests/%,$^) $(dir $(filter tests/%,$^))package.json $(@D)/
	npm ci --prefix $(@D) --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

.venv/ready-to-bench: .venv/ready-to-test requirements-bench.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@
