# Everything is run from here; `make run` and `make test` prepare the machine first.
.DEFAULT_GOAL := help
.PHONY: help run test lint types contracts bench fuzz screenshots guide icons lock upgrade clean installer \
	prepare-run prepare-dev prepare-package

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
DISPLAYED := windows
else
BIN := .venv/bin
DISPLAYED := $(DISPLAY)$(WAYLAND_DISPLAY)$(filter Darwin,$(shell uname -s))
endif

PY := $(BIN)/python
OFFSCREEN := QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8
JOBS ?= 2
COMPILE := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 \
	--generate-hashes --no-annotate --custom-compile-command "make lock" $(LOCKFLAGS)

help: ## show the targets
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 14

prepare-run prepare-dev prepare-package: prepare-%:
	@sh installer/prepare.sh $*

run: prepare-run ## open the desktop on a sample workspace; without a display write one to out/
ifneq ($(strip $(DISPLAYED)),)
	$(PY) -m ocgdesk.app --sample
else
	$(OFFSCREEN) $(PY) -m ocgdesk demo --out out
endif

test: prepare-dev ## run every test
	$(OFFSCREEN) $(PY) -m pytest -n $(JOBS) --dist loadfile -q $(ARGS)

lint: prepare-dev ## check layout and style
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: prepare-dev ## check the types
	$(BIN)/mypy

contracts: prepare-dev ## check who may import whom
	$(BIN)/lint-imports

bench: prepare-dev ## measure, beside the floors of the same run
	@mkdir -p out
	$(OFFSCREEN) $(PY) -m benchmarks -o out/bench.json

fuzz: prepare-dev ## feed broken files to every reader, SECONDS each; needs atheris
	$(PY) -m benchmarks.fuzzing $(SECONDS)

screenshots: prepare-dev ## draw every page, light and dark, into out/screenshots
	@mkdir -p out/screenshots
	$(OFFSCREEN) $(PY) -m ocgdesk.ui.screenshots out/screenshots

guide: prepare-dev ## draw the pictures of the user guide anew
	$(OFFSCREEN) $(PY) -m ocgdesk.ui.scenes

icons: prepare-dev ## take over the drawings that resources/icons/icons.toml names
	$(PY) installer/icons.py

lock: prepare-dev ## lock what pyproject.toml asks for, keeping what is locked already
	$(COMPILE) pyproject.toml --group build -o requirements/run.txt
	$(COMPILE) pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt
	$(COMPILE) pyproject.toml --group build --group package -c requirements/run.txt \
		-o requirements/package.txt

upgrade: ## lock the newest versions that pyproject.toml allows
	$(MAKE) lock LOCKFLAGS=--upgrade

installer: prepare-package ## build the program with its own Python into dist/
	$(PY) installer/build.py

clean: ## remove what was built or measured, not the environment
	rm -rf out build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +
