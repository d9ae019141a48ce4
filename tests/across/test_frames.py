"""The store in a notebook: ordinary DataFrames, exact where nothing else is asked for."""

from __future__ import annotations

import pydoc
from decimal import Decimal

import pytest
import reported as made

from helpers import across
from helpers.across import guide, shape, store
from helpers.basics.errors import RequestError
from helpers.basics.paths import DATA, Folder

REAL = Folder(DATA, "xiqu-government-office", 2023)


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """The real department's report, collected."""
    outputs = made.written([REAL], tmp_path_factory.mktemp("reports"))
    store.collect(outputs, DATA)
    return outputs


def test_a_cell_is_exact_and_has_its_names(real):
    cells = across.cells(real)
    (cell,) = cells.query("`table` == '03' and row == '2010301' and column == '基本支出'").to_dict(
        "records"
    )
    assert isinstance(cell["value"], Decimal)
    assert ("支出决算表", "行政运行") == (cell["table_name"], cell["row_name"])


def test_a_code_that_heads_a_column_has_its_name_too(real):
    names = across.cells(real).query("column == '30101'")["column_name"].unique()
    assert ["基本工资"] == list(names)


def test_a_missing_cell_is_missing_in_either_kind_of_number(real):
    exact, floats = across.cells(real), across.cells(real, numbers=float)
    missing = exact["state"] == "missing"
    assert missing.any()
    assert exact.loc[missing, "value"].isna().all() and floats.loc[missing, "value"].isna().all()
    assert "float64" == floats["value"].dtype
    assert not exact.loc[~missing, "value"].isna().any()


def test_a_query_gives_decimals_too(real):
    found = across.sql('SELECT max(value) AS most, "table" FROM cells GROUP BY ALL', real)
    assert all(isinstance(one, Decimal) for one in found["most"])


def test_a_query_that_cannot_be_understood_is_refused_in_words(real):
    with pytest.raises(RequestError, match="SQL"):
        across.sql("SELECT nothing", real)


@pytest.mark.parametrize(
    "query", ["", "CREATE TABLE mine (a INT)", "SELECT 1; SELECT 2", "SET threads = 1", "-- 话"]
)
def test_what_is_no_query_is_refused_in_words(real, query):
    with pytest.raises(RequestError, match="应为一句 SELECT"):
        across.sql(query, real)


def test_a_pivot_is_a_query(real):
    asked = 'PIVOT (SELECT "table", department FROM cells) ON department USING count(*)'
    assert len(across.sql(asked, real))


def test_numbers_of_another_kind_are_refused(real):
    with pytest.raises(RequestError):
        across.cells(real, numbers=int)


def test_what_was_never_collected_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(RequestError, match="juesuan collect"):
        across.cells(tmp_path)


def test_a_sentence_keeps_its_numbers_and_their_cells(real):
    numbers = [n for some in across.statements(real)["numbers"] for n in some]
    assert any("01[收入总计, 决算数]" in n["cells"] for n in numbers)


def test_the_store_of_nothing_has_its_columns(tmp_path):
    store.collect(tmp_path)
    assert {"department", "value", "state"} <= set(across.cells(tmp_path).columns)


def test_help_tells_every_table_and_every_column_of_it():
    told = pydoc.plaintext.document(across)
    for table, columns in shape.TABLES.items():
        of_table = pydoc.plaintext.document(getattr(across, table))
        assert f"{table}：" in told and set(across.__all__) == set(dir(across))
        for column in columns:
            assert f"    {column}：" in of_table and f"    {column}：" in told
    assert "万元" in pydoc.plaintext.document(across.cells)


def test_no_column_is_told_that_no_table_has():
    there = {c for columns in shape.TABLES.values() for c in columns}
    assert there == {name.rpartition(".")[2] for name in guide.COLUMNS}
    assert [*shape.TABLES] == [*guide.TABLES]


def test_an_indicator_is_its_whole_unless_its_parts_are_asked_for(real):
    [spent] = across.indicators(real).query("indicator == '支出'")["value"]
    parts = across.indicators(real, parts=True).query("indicator == '支出'")
    assert [spent] == [*parts.query("key == ''")["value"]]
    assert 1 < len(parts) and spent == sum(parts.query("key != ''")["value"])
