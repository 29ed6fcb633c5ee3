"""Tables from Excel workbooks, and workbooks that must not be read."""

from __future__ import annotations

from datetime import date

import pytest
from numpy.testing import assert_array_equal

from core.errors import InvalidDataError
from core.table_import import MAX_LINES, label_columns, read_table, table_dataset
from core.workbook import MAX_UNPACKED_BYTES, read_sheet
from core.workbook_process import cell_text
from tests.workbooks import workbook, workbook_of_xml

ROWS = [["長さ", "幅", "種類"], [1.5, 2, "犬"], [3, 4.25, "猫"], [5, 6, "犬"], [7, 0.8, "猫"]]


def reason_for(content: bytes) -> str:
    with pytest.raises(InvalidDataError) as caught:
        read_table(content)
    return caught.value.reason


def test_the_first_sheet_is_read_and_all_sheets_are_named() -> None:
    table = read_table(workbook({"測定": ROWS, "notes & more": [["a"], ["b"]]}))
    assert table.source.sheet == "測定"
    assert table.source.sheets == ["測定", "notes & more"]
    data = table_dataset(table, "長さ", "幅", label_columns(table)[0])
    assert data.classes == ("犬", "猫")
    assert_array_equal(data.X, [[1.5, 2], [3, 4.25], [5, 6], [7, 0.8]])


def test_the_chosen_sheet_is_read_and_an_unknown_one_is_the_first() -> None:
    content = workbook({"one": [["a"], [1]], "two": [["b"], [2]]})
    assert [read_table(content, sheet=sheet).source.sheet for sheet in ("two", "three")] == ["two", "one"]
    assert list(read_table(content, sheet="two").numbers) == []
    assert list(read_table(content, sheet="two").frame["b"]) == ["2"]


def test_hidden_sheets_are_not_offered() -> None:
    content = workbook({"one": [["a"], [1]], "two": [["b"], [2]]}, hidden=("one",))
    assert read_table(content).source.sheets == ["two"]
    assert reason_for(workbook({"one": [["a"], [1]]}, hidden=("one",))) == "workbook"


def test_texts_in_a_workbook_are_read_as_numbers() -> None:
    rows = [["x", "y", "z"], ["1,230", "１２％", 2], ["980", "5%", 4], [3, "", "x"]]
    numbers = read_table(workbook({"a": rows})).numbers
    assert_array_equal(numbers["x"], [1230, 980, 3])
    assert_array_equal(numbers["y"], [0.12, 0.05, float("nan")])
    assert_array_equal(numbers["z"], [2, 4, float("nan")])


CELLS = [
    (3.0, "3"),
    (0.1, "0.1"),
    (0.07999999999999999, "0.08"),
    (1e20, "1e+20"),
    ("", ""),
    (date(2024, 1, 31), "2024-01-31"),
]


@pytest.mark.parametrize(("value", "text"), CELLS)
def test_cells_are_written_as_text(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_empty_rows_and_columns_around_a_table_are_left_out() -> None:
    table = read_table(workbook({"a": [["", "", ""], ["", "x", "y"], ["", "", ""], ["", 1, 2], ["", 3, 4]]}))
    assert list(table.frame) == ["x", "y"]
    assert table.n_rows == 2


def test_a_sheet_of_too_many_rows_and_one_without_rows_are_refused() -> None:
    assert reason_for(workbook({"a": [["x"], *[[1]] * (MAX_LINES + 1)]})) == "too_long"
    assert reason_for(workbook({"a": [["x"]]})) == "empty"
    assert reason_for(workbook({"a": []})) == "empty"


def test_a_workbook_that_unpacks_to_very_much_is_not_unpacked() -> None:
    content = workbook_of_xml({"a": " " * (MAX_UNPACKED_BYTES + 1)})
    assert len(content) < 1_000_000
    assert reason_for(content) == "workbook_too_large"


def test_a_cell_in_the_last_row_and_column_does_not_end_the_app() -> None:
    cells = '<row><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert reason_for(workbook_of_xml({"a": cells})) == "workbook_too_large"


def test_many_cells_with_the_same_long_text_do_not_fill_the_memory() -> None:
    rows = ("<row>" + '<c t="s"><v>0</v></c>' * 50 + "</row>") * 200
    assert reason_for(workbook_of_xml({"a": rows}, "x" * 10_000)) == "workbook_too_large"


def test_a_workbook_that_is_larger_than_a_pipe_holds_is_read() -> None:
    rows = [[f"{i * j % 9973}.{i}" for j in range(1, 21)] for i in range(3000)]
    content = workbook({"a": [["x"] * 20, *rows]})
    assert len(content) > 200_000
    assert read_table(content).n_rows == 3000


def test_other_scripts_can_run_while_a_workbook_is_read() -> None:
    calls: list[int] = []
    content = workbook({"a": [["x"] * 50, *[[0.5] * 50] * 1000]})
    sheet = read_sheet(content, "", MAX_LINES, lambda: calls.append(1))
    assert sheet.text.count("0.5") == 50_000
    assert calls


def test_a_damaged_workbook_is_refused() -> None:
    content = workbook({"a": ROWS})
    assert reason_for(content[: len(content) // 2]) == "workbook"
    assert reason_for(content.replace(b"xl/workbook.xml", b"xl/workbxxx.xml")) == "workbook"


@pytest.mark.parametrize("byte", [6, 46])
def test_a_workbook_whose_directory_is_damaged_is_refused(byte: int) -> None:
    content = bytearray(workbook({"a": ROWS}))
    entry = content.index(b"PK\x01\x02")
    content[entry + byte] = 0x93  # the version that is needed, or the first letter of a name
    content[entry + 9] |= 8  # the name is UTF-8
    assert reason_for(bytes(content)) == "workbook"
