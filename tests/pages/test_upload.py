"""Uploaded tables: the samples that are trained on, the error messages, and escaped names."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from streamlit.proto.Common_pb2 import FileUploaderState
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from core import Dataset, penguins, split
from core.activations import Floats
from core.table_import import MAX_BYTES
from tests.fuzz.page_content import component_data, faults
from tests.pages.conftest import markup, open_page, send_states
from tests.workbooks import workbook, workbook_of_xml
from ui.data.upload import EXAMPLE_FOLDER, EXAMPLES
from ui.i18n import catalogue
from ui.look import html

EXAMPLE_SAMPLES = [("fruit.csv", "", 90, 0), ("fruit_ja.xlsx", "測定値", 58, 2), ("fruit_messy.csv", "", 72, 3)]
"""Of each example: its file, its sheet, the number of samples, and of rows that are left out."""

GOOD = b"a,b,kind\n1,2,u\n3,4,v\n5,6,u\n7,8,v\n"
FAULTS = {
    "too_large": b"a,b,c\n" + b"1,2,u\n" * (MAX_BYTES // 6),
    "too_long": b"a,b,c\n" + b"1,2,u\n" * 10_001,
    "too_many_columns": b"a," * 101 + b"\n1",
    "encoding": b"a,b\n\x81\xff,\xfd\n",
    "empty": b"a,b,c\n",
    "not_a_table": b"\x00\x01",
    "no_labels": b"a,b,c\n1,2,u\n1,2,u\n",
    "no_numbers": b"a,b,c\n1,x,u\n3,y,v\n",
    "too_few_rows": b"a,b,c\n1,2,u\n,4,v\n5,,v\n6,7,v\n",
    "too_many_rows": b"a,b,c\n" + b"1,2,u\n3,4,v\n" * 2501,
    "workbook": b"PK\x03\x04" + b"xl/workbook.xml",
    "workbook_too_large": workbook_of_xml({"a": " " * 200_000_000}),
    "one_class": b"a,b,c\n1,2,u\n,4,v\n5,6,u\n7,8,u\n",
}


def open_with_table(content: bytes, name: str = "mine.csv", **parameters: str) -> AppTest:
    """Open the training page and upload a file."""
    return upload(open_page("live_training", train_data="table", **parameters), content, name)


def upload(app: AppTest, content: bytes, name: str = "mine.csv") -> AppTest:
    """Upload a file on an open page."""
    return send_states(app, app.file_uploader[0].set_value((name, content, "text/csv"))._widget_state)


def test_the_model_is_trained_on_an_uploaded_table(language: str) -> None:
    app = open_with_table(GOOD, lang=language)
    assert not app.exception
    assert not app.error
    assert len(app.session_state["training_run"].tracked_runs[0].model.problem.X) == 4


def test_another_file_replaces_the_first() -> None:
    app = open_with_table(GOOD)
    upload(app, GOOD + b"9,10,u\n")
    assert len(app.session_state["training_run"].tracked_runs[0].model.problem.X) == 5


@pytest.mark.parametrize("reason", FAULTS)
def test_a_faulty_table_gets_one_error_message(reason: str, language: str) -> None:
    app = open_with_table(FAULTS[reason], lang=language)
    assert not app.exception
    assert len(app.error) == 1
    beginning = catalogue(language)[f"table.{reason}"].partition("{")[0]
    assert app.error[0].value.startswith(beginning)
    assert "{" not in app.error[0].value


@pytest.mark.parametrize("reason", FAULTS)
def test_the_session_keeps_no_exception_of_a_faulty_table(reason: str) -> None:
    app = open_with_table(FAULTS[reason])
    app.run().run()
    assert len(app.error) == 1
    assert not any(isinstance(part, BaseException) for part in app.session_state["train_file"])


def samples(app: AppTest) -> Floats:
    """Return the samples that are trained on."""
    return np.asarray(app.session_state["training_run"].tracked_runs[0].model.problem.X)


def captions(app: AppTest) -> str:
    return "\n".join(caption.value for caption in app.caption)


def select(app: AppTest, name: str, value: str) -> AppTest:
    """Select an option of the selectbox with the label `control.<name>` on an English page."""
    box = next(box for box in app.selectbox if box.label == catalogue("en")[f"control.{name}"])
    box.set_value(value).run()
    return app


def test_what_was_assumed_of_a_number_is_said_and_can_be_changed(language: str) -> None:
    rows = "".join(f"1.{234 + i};{i};{i * i};{'uv'[i % 2]}\n" for i in range(6))
    content, text = f"*price*;b;c;kind\n{rows}".encode(), catalogue(language)["table.assumed"]
    cases: list[tuple[dict[str, str], str]] = [({}, r"1\.234"), ({"train_decimal": ","}, "1234")]
    for parameters, number in cases:
        app = open_with_table(content, lang=language, **parameters)
        assert not app.error
        assert text.format(column=r"\*price\*", cell=r"1\.234", number=number) in captions(app)
        assert len(samples(app)) == 6


def test_the_decimal_mark_is_written_into_the_address() -> None:
    app = open_with_table(b"a;b;kind\n1.234;1;u\n2.345;2;v\n3.456;3;u\n", lang="en")
    select(app, "decimal", catalogue("en")["table.mark_1"])
    assert app.query_params["train_decimal"] == ","
    assert "<td>1234</td>" in markup(app)


def test_a_sheet_of_a_workbook_is_chosen() -> None:
    rows = [["a", "b", "kind"], *([i, i * i, "uv"[i % 2]] for i in range(8))]
    app = open_with_table(workbook({"notes": [["nothing here"]], "data": rows}), "mine.xlsx", lang="en")
    assert app.error[0].value == catalogue("en")["table.empty"]
    select(app, "sheet", "data")
    assert not app.error
    assert len(samples(app)) == 8
    assert app.query_params["train_sheet"] == "data"


def test_another_encoding_is_chosen() -> None:
    content = "µm,b,kind\n1,2,u\n3,4,v\n5,7,u\n".encode("cp1252")
    app = open_with_table(content, lang="en", train_encoding="cp932")
    assert "ｵm" in markup(app)
    select(app, "encoding", "cp1252")
    assert "µm" in markup(app)
    select(app, "encoding", "utf-8")
    assert app.error[0].value == catalogue("en")["table.encoding"]
    select(app, "encoding", "cp1252")
    assert not app.error


def test_how_a_file_was_read_is_forgotten_with_the_next_file() -> None:
    app = open_with_table("µm,b,kind\n1,2,u\n3,4,v\n5,7,u\n".encode("cp1252"), lang="en", train_encoding="cp1252")
    assert "µm" in markup(app)
    upload(app, "犬,b,kind\n1,2,u\n3,4,v\n5,7,猫\n".encode("cp932"))
    assert "犬" in markup(app)
    assert app.query_params["train_encoding"] == ""


def test_a_preview_shows_what_was_read_and_why_rows_are_left_out(language: str) -> None:
    content = "Größe;b;kind\n1,5;2;u\nk. A.;4;v\n5;;v\n7;8;\n9;10;v\n11;12;u\n13;14;<i>\n".encode("cp1252")
    app = open_with_table(content, lang=language)
    texts = catalogue(language)
    table = next(block for block in re.findall("<table.*?</table>", markup(app)) if "Größe" in block)
    assert texts["table.first_rows"].format(rows=5) in table
    assert "1</th><td>1.5</td><td>2</td><td>u</td></tr>" in table
    assert "<td>k. A.</td>" in table
    assert texts["table.class"] in table
    how = texts["table.encoding_and_separator"].format(
        encoding="Windows-1252 (Latin-1)", separator=texts["table.semicolon"]
    )
    assert texts["table.understood"].format(how=how, numbers=2, columns=3) in captions(app)
    for key, facts in (
        ("not_a_number", {"column": "Größe", "cell": r"k\. A\.", "count": 1}),
        ("empty_cells", {"column": "b", "count": 1}),
        ("no_class", {"column": "kind", "count": 1}),
    ):
        assert texts[f"table.{key}"].format(**facts) in captions(app)


def test_classes_that_are_numbers_do_not_count_as_a_column_of_numbers() -> None:
    app = open_with_table(b"a,b,kind\n1,2,0\n3,5,1\n5,7,0\n", lang="en")
    assert "Columns of numbers: 2 of 3." in captions(app)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the program closes no file
def test_the_notebook_program_reads_the_same_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [["a", "b", "kind"], *([f"{i},5", i * i, "uv"[i % 2]] for i in range(8))]
    content = workbook({"notes": [["nothing here"]], "data": rows})
    link = {"train_file_name": "mine.xlsx", "train_sheet": "data", "step": "5", "notebook": "true"}
    app = open_with_table(content, "mine.xlsx", lang="en", **link)
    (tmp_path / "mine.xlsx").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    exec(app.code[0].value, {})
    loss = app.session_state["training_run"].tracked_runs[0].rows(5, 5, 1).losses[0]
    assert float(capsys.readouterr().out) == pytest.approx(loss, rel=1e-9)


def test_beside_the_upload_stands_that_the_data_stay_in_the_session(language: str) -> None:
    assert catalogue(language)["table.privacy"] in captions(
        open_page("live_training", train_data="table", lang=language)
    )
    assert catalogue(language)["table.privacy"] in captions(open_with_table(GOOD, lang=language))


def test_the_contents_of_a_file_are_not_in_the_address() -> None:
    app = open_with_table(b"a,b,kind\n111.5,222.5,quokka\n333.5,444.5,narwhal\n555.5,666.5,quokka\n", panel="by_hand")
    app.run()
    address = " ".join(f"{key}={values}" for key, values in app.query_params.items())
    assert "mine.csv" in address
    assert not any(cell in address for cell in ("111.5", "222.5", "quokka", "narwhal"))


@pytest.mark.parametrize(("name", "sheet", "n", "left_out"), EXAMPLE_SAMPLES)
def test_each_example_can_be_downloaded_and_read(name: str, sheet: str, n: int, left_out: int, language: str) -> None:
    app = open_page("live_training", train_data="table", lang=language, **({"train_sheet": sheet} if sheet else {}))
    assert len(app.get("download_button")) >= len(EXAMPLES)
    upload(app, (EXAMPLE_FOLDER / name).read_bytes(), name)
    assert not app.error
    assert len(samples(app)) == n
    assert len(app.session_state["training_run"].tracked_runs[0].model.problem.Y[0]) == 3
    counts = {"name": html.escape_markdown(name), "rows": n, "left_out": left_out}
    assert catalogue(language)["table.read"].format(**counts) in captions(app)


def test_every_example_is_offered() -> None:
    assert (
        {path.name for path in EXAMPLE_FOLDER.iterdir()} == {*EXAMPLES.values()} == {row[0] for row in EXAMPLE_SAMPLES}
    )


def test_numbers_in_a_message_have_one_style() -> None:
    text = open_with_table(b"a,b,c\n" + b"1,2,u\n3,4,v\n" * 2501).error[0].value
    assert "5,002" in text
    assert "5,000" in text


def test_a_file_removed_from_the_uploader_leaves_the_stage_and_the_address() -> None:
    app = open_with_table(GOOD)
    assert app.query_params["train_file_name"] == "mine.csv"
    send_states(app, WidgetState(id=app.file_uploader[0].proto.id, file_uploader_state_value=FileUploaderState()))
    assert not app.exception
    assert not app.warning
    assert "train_file_name" not in app.query_params
    assert catalogue("en")["table.none_yet"] in [caption.value for caption in app.caption]
    assert len(app.session_state["training_run"].tracked_runs[0].model.problem.X) == len(penguins().X)


def test_a_file_is_kept_on_another_page() -> None:
    app = open_with_table(GOOD)
    app.switch_page("pages/loss_explorer.py").run()
    app.switch_page("pages/live_training.py").run()
    assert len(app.session_state["training_run"].tracked_runs[0].model.problem.X) == 4


def test_the_maximum_size_of_a_table_is_shown_before_the_upload(language: str) -> None:
    captions = [caption.value for caption in open_page("live_training", train_data="table", lang=language).caption]
    assert any("5 MB" in caption and "5,000" in caption for caption in captions)


def test_samples_with_large_values_and_small_differences_are_distinct_on_the_stage() -> None:
    app = open_with_table(
        b"at,value,kind\n" + b"".join(b"%d,%d,k%d\n" % (1_700_000_000 + i, i, i % 2) for i in range(50))
    )
    stage = next(data for node in app.get("bidi_component") if "points" in (data := component_data(node.proto)))
    assert len(np.unique(stage["points"][::2])) == 50


def test_an_outlier_among_held_out_samples_leaves_the_page_without_faults() -> None:
    rows = "".join(f"{10.0**60 if i == 7 else i},{i % 5},k{i % 2}\n" for i in range(40))
    for share in range(5, 55, 5):  # for some of them the outlier is held out
        app = open_with_table(f"x,y,kind\n{rows}".encode(), held_out=str(share), expansion="cubic")
        assert faults(app) == []


def test_names_in_a_file_and_the_name_of_the_file_are_escaped() -> None:
    names = "<b>x</b>", "![x](//x)"
    content = "**a**,b,kind\n" + "".join(f"{i},{i * i},{names[i % 2]}\n" for i in range(6))
    app = open_with_table(content.encode(), "[x](//x).csv", panel="by_hand")
    assert not app.exception
    assert any(html.escape_markdown(names[0]) in field.label for field in app.text_input)
    assert any(html.escape_markdown(names[1]) in field.label for field in app.text_input)
    assert any(caption.value.startswith(html.escape_markdown("[x](//x).csv")) for caption in app.caption)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_an_outlier_among_held_out_samples_does_not_affect_the_run() -> None:
    _, held_out = split(Dataset(np.arange(80.0).reshape(40, 2), np.arange(40) % 2, ("u", "v"), ("a", "b")), 0.1, 0)
    rows = [f"{1e-4 * i},{i % 7},{'uv'[i % 2]}" for i in range(40)]
    outlier = int(held_out.X[0, 0]) // 2
    rows[outlier] = f"1e100,3,{'uv'[outlier % 2]}"
    app = open_with_table("\n".join(["a,b,kind", *rows]).encode(), held_out="10", expansion="cubic")
    assert not app.exception
    tracked = app.session_state["training_run"].tracked_runs[0]
    assert not np.isfinite(tracked.model.held_out.X).all()
    assert np.isfinite(tracked.rows(0, 100, 1).losses).all()
