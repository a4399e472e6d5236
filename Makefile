# `make site` and `make test` are the two commands a newcomer needs; each installs what it lacks.

PYTHON ?= python3
BIN := .venv/bin
# More words for pytest, for example: make test ARGS="-k signing -x"
ARGS ?=

.DEFAULT_GOAL := help
# Two targets at once would install into one .venv at once.
.NOTPARALLEL:
.PHONY: help site serve scripts test test-shared lint bench speed lock clean runtime dev peers

help:
	@echo "make site         build the demo site into site/ and verify it as a stranger would"
	@echo "make serve        show the site, and build it again whenever a file changes"
	@echo "make scripts      bundle what runs in the reader's browser, after a change in site_builder/browser/src"
	@echo "make test         run every test (installs Node packages, Chromium and nginx where it can)"
	@echo "make test-shared  run only the tests that read the data beside the project"
	@echo "make lint         check style and types"
	@echo "make bench        run the measurements in bench/"
	@echo "make speed        measure up to 100,000 awards beside others and write docs/speed.md (takes an hour)"
	@echo "make lock         write the lock files anew (UPGRADE=1: newest versions)"
	@echo "make clean        remove everything these commands made, .venv too"

site: runtime
	$(BIN)/badgepress build
	$(BIN)/badgepress verify site
	@echo "Look at it: make serve, then open http://localhost:8000/. All tests: make test."

serve: runtime
	$(BIN)/badgepress serve

scripts: dev
	@$(BIN)/python -m tools.scripts

test: dev peers
	@$(BIN)/python -m tools.chromium
	@$(BIN)/python -m tools.nginx
	$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

test-shared: dev peers
	$(BIN)/python -m pytest -m shared $(ARGS)

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: dev peers
	@set -e; for script in bench/[!_]*.py; do echo "== $$script"; \
		case $$script in bench/scale.py) words=--quick;; bench/publish.py) words='--awards 1000';; *) words=;; esac; \
		$(BIN)/python "$$script" $$words; done

speed: dev peers
	$(BIN)/python bench/scale.py $(ARGS)

lock:
	PYTHON=$(PYTHON) UPGRADE=$(UPGRADE) tools/lock.sh

clean:
	rm -rf site .site-* .badgepress .venv tests/node/node_modules site_builder/browser/node_modules \
		site_builder/browser/contexts .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What the commands above stand on. Each looks first, and does nothing where nothing changed.
runtime:
	@$(PYTHON) tools/bootstrap.py runtime

dev:
	@$(PYTHON) tools/bootstrap.py dev

peers: dev
	@$(BIN)/python -m tools.node
	@$(BIN)/python -m tools.scripts --install
