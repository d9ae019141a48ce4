# For operators and contributors: every task of this repository is one word.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: reports test check author mutations liberties planted desk roundtrip outliers collected speed writing importing bench faults dask lab lock clean
reports: .venv/batch   ## build every report under data/
	$(BIN)/juesuan run

test: .venv/desk       ## the same set-up, then all tests, on every processor
	$(BIN)/python tests/shared.py

check: .venv/desk      ## format, lint, types, examples in docstrings: what needs no test run, in under half a minute
	$(BIN)/ruff format --check src tests docs
	$(BIN)/ruff check src tests docs
	$(BIN)/mypy
	$(BIN)/python -m pytest --doctest-modules src --ignore=src/helpers/batch/warm.py  # papermill itself loads that room

author: .venv/batch    ## renew docs/this.md, the notebook author's page, from the docstrings of Report
	$(BIN)/python docs/make_this.py

mutations: .venv/desk  ## change one thing at a time in clean disclosures, count what is found
	$(BIN)/python tests/mutations.py

planted: .venv/desk    ## plant faults of known root in 120 department-years, count the causes that name them
	$(BIN)/python tests/planted.py

desk: .venv/desk       ## how fast the page of all causes answers with ten thousand, and how an index of a hundred thousand opens, in a real browser
	$(BIN)/python tests/desk.py

roundtrip: .venv/desk  ## invent a hundred departments, import what they published as files of every kind, compare every cell and sentence
	$(BIN)/python tests/roundtrip.py

liberties: .venv/desk  ## write clean disclosures otherwise, count what is still read rightly and what is told falsely
	$(BIN)/python tests/liberties_table.py

outliers: .venv/desk   ## plant outliers of thirteen kinds in an invented district, count what is named and what besides
	$(BIN)/python tests/outliers.py

collected: .venv/desk  ## the store of ten thousand department-years: collecting one that changed, a query, bytes
	$(BIN)/python tests/collected.py

speed: .venv/desk      ## how long a check takes, as a ratio to loading the same files
	$(BIN)/python -m compileall -q src
	$(BIN)/python tests/speed.py

importing: .venv/desk  ## what importing published PDFs costs, as a ratio to reading their text; a folder of them against one
	$(BIN)/python -m compileall -q src
	$(BIN)/python tests/importing.py

writing: .venv/desk    ## how long a disclosure takes as a docx, as a ratio to a plain python-docx program
	$(BIN)/python tests/writing.py

dask: .venv/batch      ## what `juesuan run --dask` and data or outputs at an address (s3://…) need besides
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dask.lock

bench: .venv/lean/ready  ## the batch against a papermill loop, its growth, ten thousand up-to-date reports (half an hour)
	.venv/lean/bin/python -m compileall -q src  # what was edited is compiled before anything is measured
	.venv/lean/bin/python tests/bench.py

faults: .venv/desk     ## kill a batch fifty times at random and compare what it makes; then every hostile input and command
	$(BIN)/python tests/faults.py

# Chinese by a setting, so that no locale need be installed. As root, in a container say, it wants to be told so.
LAB := --LabApp.app_settings_dir=$(CURDIR)/notebooks/settings
lab: .venv/desk        ## open JupyterLab in Chinese; OPTIONS="--port 9999 --no-browser" go on to it
ifeq ($(shell id -u),0)
	@echo '以 root 运行，已加 --allow-root、不打开浏览器。从容器外面看：make lab OPTIONS="--ip 0.0.0.0 --port 8888"，把 8888 端口映射出来，再打开下面印出的地址。'
	$(BIN)/jupyter lab notebooks $(LAB) --allow-root --no-browser $(OPTIONS)
else
	$(BIN)/jupyter lab notebooks $(LAB) $(OPTIONS)
endif

lock:                  ## renew the three locks from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --custom-compile-command "make lock" --quiet -o requirements/batch.lock
	uv pip compile pyproject.toml --extra build --extra dask --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --custom-compile-command "make lock" --quiet -c requirements/batch.lock -o requirements/dask.lock
	uv pip compile pyproject.toml --extra build --extra dask --extra desk --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --custom-compile-command "make lock" --quiet -c requirements/dask.lock -o requirements/desk.lock

clean:                 ## forget the environment and every output
	rm -rf .venv outputs/*/ outputs/index.* outputs/findings.* outputs/across.*

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/batch: requirements/batch.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/batch.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q src  # so that the first start is as quick as the next
	@touch $@

.venv/desk: requirements/desk.lock .venv/batch
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/desk.lock
	@touch $@

# The benchmark's own environment: what a batch needs and no more, so that neither side pays for the desk's packages.
.venv/lean/ready: requirements/dask.lock pyproject.toml | .venv/bin/python
	$(PYTHON) -m venv .venv/lean
	.venv/lean/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dask.lock
	.venv/lean/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	.venv/lean/bin/python -m compileall -q src
	@touch $@
