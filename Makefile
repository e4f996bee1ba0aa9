# Sets everything up, shows it and checks it, in a folder of its own: .venv. `make` alone lists the goals.

PYTHON ?= $(shell for each in python3.11 python3.12 python3.13 python3.14 python3; do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$each" && break; done)
UV := $(shell command -v uv 2>/dev/null)
BIN := .venv/bin

ifdef UV
MAKE_VENV = "$(UV)" venv --quiet --python "$$python" .venv
INSTALL = "$(UV)" pip install --quiet --compile-bytecode --python $(BIN)/python
else
MAKE_VENV = "$$python" -m venv .venv
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif

# Tests start the program hundreds of times: where nothing keeps what was compiled, each start would compile it anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test quick bench constraints clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' Makefile

demo: .venv/.onrecord ## ask one question; write onrecord.html and onrecord.ttl
	$(BIN)/onrecord query who-urges-whom --param whom=OpenAI
	$(BIN)/onrecord view -o onrecord.html
	$(BIN)/onrecord export turtle -o onrecord.ttl
	@echo
	@echo "The network, to open in a browser:  $(CURDIR)/onrecord.html"
	@echo "The graph, in Turtle:               $(CURDIR)/onrecord.ttl"
	@echo "To ask on:                          $(CURDIR)/$(BIN)/onrecord --help"

test: .venv/.all .venv/.onrecord ## lint, types, import contract, all tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict src
	$(BIN)/lint-imports
	$(BIN)/pytest --numprocesses=auto --dist=loadgroup -rfER

quick: .venv/.all .venv/.onrecord ## lint, and the quick tests that need no browser, server, model or shipped graph
	$(BIN)/ruff check
	$(BIN)/pytest --numprocesses=auto --dist=loadgroup \
		-m "not (browser or command or model or server or shipped or wheel or slow)"

bench: .venv/.all .venv/.onrecord ## how good and how fast, as ratios
	$(BIN)/python -m benches

# The pins of the program and of its build stand first, so that a demo need not install the rest.
MARK := \# The extras, and the tools of development:

.venv/.onrecord: .venv/.core pyproject.toml
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.all: .venv/.core
	$(INSTALL) --require-hashes -r constraints.txt
	@touch $@

.venv/.core: constraints.txt
	rm -rf .venv
	@python="$(PYTHON)"; test -n "$$python" || { \
		echo "onrecord needs Python 3.11 or newer; name one: make PYTHON=/path/to/python" >&2; exit 1; }; \
		$(MAKE_VENV)
	sed '/^$(MARK)/,$$d' constraints.txt > .venv/core.txt
	$(INSTALL) --require-hashes -r .venv/core.txt
	@touch $@

COMPILE = "$(UV)" pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links

constraints: ## pin what pyproject.toml asks for, keeping pins that fit; UPGRADE=--upgrade moves them
	@test -n "$(UV)" || { echo "make constraints needs uv: pip install uv" >&2; exit 1; }
	rm -rf build/pins && mkdir -p build/pins && cp constraints.txt build/pins/all.txt
	$(COMPILE) --all-extras --group dev $(UPGRADE) -o build/pins/all.txt
	$(COMPILE) --group build --constraint build/pins/all.txt -o build/pins/core.txt
	sed '/^[^#]/,$$d' constraints.txt > build/pins/head.txt
	echo "$(MARK)" > build/pins/mark.txt
	awk 'NR == FNR { core[$$0]; next } /^[^ ]/ { rest = !($$0 in core) } rest' \
		build/pins/core.txt build/pins/all.txt > build/pins/rest.txt
	cd build/pins && cat head.txt core.txt mark.txt rest.txt > ../../constraints.txt

clean: ## take away .venv and whatever else is made
	rm -rf .venv build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache \
		onrecord.html onrecord.ttl
	find src tests -name __pycache__ -prune -exec rm -rf {} +
