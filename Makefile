# Every target prepares what it needs, is safe to run again, and says in one line what is missing. None asks a question.
PYTHON ?= python3
BIN := .venv/bin
export PORT ?= 8000

.PHONY: help demo setup test lint bench lock

help:
	@echo "make demo         a working product at http://127.0.0.1:$(PORT) (PORT=8001 for another port)"
	@echo "make setup        the same without serving"
	@echo "make test         every test, on SQLite and PostgreSQL (ARGS=\"…\" goes to pytest)"
	@echo "make lint         format, types, layers, templates, French, migrations"
	@echo "make bench        measures, against a reference of the same run"
	@echo "make lock         resolves requirements*.in again (UPGRADE=1 for newer versions)"

demo: $(BIN)/.runtime
	@$(BIN)/python -m tools.serve

setup: $(BIN)/.runtime
	@$(BIN)/python -m tools.prepare

test: $(BIN)/.development
	@$(BIN)/python -m tools.run_tests $(ARGS)

lint: $(BIN)/.development
	@$(BIN)/python -m tools.lint

bench: $(BIN)/.development
	@$(BIN)/python -m tools.system postgresql
	@$(BIN)/python -m bench

UV_LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header $(if $(UPGRADE),--upgrade)
lock: $(BIN)/uv
	@$(UV_LOCK) requirements.in --output-file requirements.txt
	@$(UV_LOCK) requirements-dev.in --constraints requirements.txt --output-file requirements-dev.txt

$(BIN)/uv: requirements-uv.txt
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.11 …" >&2; exit 1; }
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || { rm -rf .venv; echo "$(PYTHON) can't make a virtual environment: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-uv.txt
	@touch $@

$(BIN)/.runtime: requirements.txt $(BIN)/uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements.txt
	@touch $@

$(BIN)/.development: requirements-dev.txt $(BIN)/uv
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.txt
	@touch $(BIN)/.runtime $@
