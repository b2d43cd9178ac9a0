# Every target prepares what it needs, is safe to run again, and says in one line what is missing. None asks a question.
PYTHON ?= python3
BIN := .venv/bin
export PORT ?= 8000

.PHONY: help demo setup test lint bench check-formats check-deployment fuzz-api audit faults mutations load workers cells web-audit screens words docs lock

help:
	@echo "make demo         a working product at http://127.0.0.1:$(PORT) (PORT=8001 for another port)"
	@echo "make setup        the same without serving"
	@echo "make test         every test, on SQLite and PostgreSQL (ARGS=\"…\" goes to pytest)"
	@echo "make lint         format, types, layers, templates, French, migrations"
	@echo "make bench        measures, against a reference of the same run (SIZE=school, board or province)"
	@echo "make check-formats  every report in every format, opened in its real program (LibreOffice, two PDF checkers)"
	@echo "make check-deployment  the commands of docs/deployment.md, as they are written, on a private PostgreSQL"
	@echo "make fuzz-api     five minutes of odd requests to the API, by its own description (FUZZ_SECONDS=60 for one)"
	@echo "make audit        bandit, pip-audit, schemathesis, wapiti, and odd words in every field of every form (ARGS=wapiti for one)"
	@echo "make faults       kills, cuts and fills a whole site while people log meetings (TIMES=1 for a short one, SEED= again)"
	@echo "make load         an hour of 200 people on a whole site, in MINUTES=5 (PEOPLE=50 for fewer)"
	@echo "make workers      the night of 72 boards by one Celery worker, then by two (SIZE=board for one board alone)"
	@echo "make cells        a board moves from one installation to another by its bundle, behind one front"
	@echo "make mutations    each rule of access broken in turn: which test sees it (ONLY=people.models for some, PLACES=1 for each place that asks one)"
	@echo "make web-audit    Lighthouse and the Nu HTML checker on the main pages (Node and Java needed)"
	@echo "make screens      docs/screens: a picture of every page at 1280 and 390 pixels; docs/pictures: a dozen, in git"
	@echo "make words        gathers the sentences of the screens, compiles their translations (gettext needed)"
	@echo "make docs         writes docs/guidelines.md from the catalogue"
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

check-formats: $(BIN)/.development
	@$(BIN)/python -m tools.system libreoffice-calc-nogui libpango-1.0-0 libpangoft2-1.0-0 fonts-liberation
	@$(BIN)/python -m tools.check_formats

check-deployment: $(BIN)/.development
	@$(BIN)/python -m tools.system postgresql
	@$(BIN)/python -m tools.check_deployment

fuzz-api: $(BIN)/.development
	@$(BIN)/python -m tools.fuzz_api

audit: $(BIN)/.development
	@$(BIN)/python -m tools.system postgresql
	@$(BIN)/python -m tools.audit $(ARGS)

faults: $(BIN)/.development
	@$(BIN)/python -m faults $(ARGS)

load: $(BIN)/.development
	@$(BIN)/python -m bench.load

workers: $(BIN)/.development
	@$(BIN)/python -m bench.workers

cells: $(BIN)/.development
	@$(BIN)/python -m faults.cells

mutations: $(BIN)/.development
	@$(BIN)/python -m tools.mutations

web-audit: $(BIN)/.runtime
	@$(BIN)/python -m tools.web_audit

screens: $(BIN)/.development
	@$(BIN)/python -m tools.system chromium fonts-dejavu-core fonts-liberation
	@rm -rf docs/screens
	@$(BIN)/python -m pytest -q -p no:randomly tests/screens.py

words: $(BIN)/.runtime
	@command -v xgettext >/dev/null || { echo "xgettext is missing: apt-get install gettext" >&2; exit 1; }
	@$(BIN)/python manage.py makemessages
	@$(BIN)/python -m tools.french_plurals
	@$(BIN)/python manage.py compilemessages --verbosity 0 --ignore .venv
	@! msgattrib --untranslated locale/en/LC_MESSAGES/django.po | grep . || { echo "Translate these in locale/en." >&2; exit 1; }
	@! msgattrib --only-fuzzy locale/en/LC_MESSAGES/django.po | grep . || { echo "Read these again in locale/en." >&2; exit 1; }

docs: $(BIN)/.runtime
	@$(BIN)/python -m tools.guideline_table

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
