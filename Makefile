# make run    set up, build the seeds, open the dashboard on http://127.0.0.1:8501
# make test   set up, check style, types and layers, run every test; WORKERS=1 runs them in turn
# make lint   style, types and layers alone
# make bench  quality against the floors and speed; DATA=DIR names the labelled data
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/ready
PORT   ?= 8501
DATA   ?=
WORKERS ?= auto

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export HF_HUB_OFFLINE := 1

.PHONY: run test lint bench clean

run: $(READY)
	$(BIN)/verify build seeds/panjshir
	$(BIN)/verify serve --port $(PORT)

test: $(READY) lint
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --maxprocesses 4 --dist worksteal

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	@test -n "$(DATA)" || { echo 'Name the labelled data: make bench DATA=DIR'; exit 2; }
	$(BIN)/python benchmarks/quality.py --data $(DATA)
	$(BIN)/python benchmarks/repeats.py --data $(DATA)
	$(BIN)/python benchmarks/encoding.py --data $(DATA)
	$(BIN)/python benchmarks/speed.py --data $(DATA)

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	$(PYTHON) -m venv $(VENV)
	@echo 'Installing into $(VENV): one to three minutes.'
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	$(BIN)/python -c 'import verify.pipeline, verify.dashboard.server'
	touch $(READY)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
