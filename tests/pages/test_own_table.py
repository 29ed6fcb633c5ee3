"""A reader's own table, from the upload to the stage: what is said of it, and that no name in it acts as markup."""

from __future__ import annotations

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core import Dataset, split
from core.csv_import import MAX_BYTES
from tests.fuzz.page_content import component_data, faults
from tests.pages.conftest import open_page, send_states
from ui.i18n import catalogue
from ui.look import html

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
    "one_class": b"a,b,c\n1,2,u\n,4,v\n5,6,u\n7,8,u\n",
}


def uploaded(content: bytes, name: str = "mine.csv", **parameters: str) -> AppTest:
    """The training page with a file of the reader's."""
    return upload(open_page("live_training", train_data="table", **parameters), content, name)


def upload(app: AppTest, content: bytes, name: str = "mine.csv") -> AppTest:
    """The page after a file was put into its uploader."""
    return send_states(app, app.file_uploader[0].set_value((name, content, "text/csv"))._widget_state)


def test_a_good_table_is_what_the_model_learns(language: str) -> None:
    app = uploaded(GOOD, lang=language)
    assert not app.exception
    assert not app.error
    assert len(app.session_state["training_run"].runs[0].model.problem.X) == 4


def test_another_file_takes_the_place_of_the_first() -> None:
    app = uploaded(GOOD)
    upload(app, GOOD + b"9,10,u\n")
    assert len(app.session_state["training_run"].runs[0].model.problem.X) == 5


@pytest.mark.parametrize("reason", FAULTS)
def test_what_is_wrong_with_a_table_is_said_in_one_sentence(reason: str, language: str) -> None:
    app = uploaded(FAULTS[reason], lang=language)
    assert not app.exception
    assert len(app.error) == 1
    beginning = catalogue(language)[f"table.{reason}"].partition("{")[0]
    assert app.error[0].value.startswith(beginning)
    assert "{" not in app.error[0].value


def test_how_large_a_table_may_be_is_said_before(language: str) -> None:
    captions = [caption.value for caption in open_page("live_training", train_data="table", lang=language).caption]
    assert any("5 MB" in caption and "5,000" in caption for caption in captions)


def test_samples_that_differ_little_for_their_size_stand_apart_on_stage() -> None:
    app = uploaded(b"at,value,kind\n" + b"".join(b"%d,%d,k%d\n" % (1_700_000_000 + i, i, i % 2) for i in range(50)))
    stage = next(data for node in app.get("bidi_component") if "points" in (data := component_data(node.proto)))
    assert len(np.unique(stage["points"][::2])) == 50


def test_a_wild_value_held_out_leaves_the_regions_drawable() -> None:
    rows = "".join(f"{10.0**60 if i == 7 else i},{i % 5},k{i % 2}\n" for i in range(40))
    for share in range(5, 55, 5):  # of which some hold it out
        app = uploaded(f"x,y,kind\n{rows}".encode(), held_out=str(share), expansion="cubic")
        assert faults(app) == []


def test_names_in_a_file_and_of_a_file_are_shown_as_they_are() -> None:
    names = "<b>x</b>", "![x](//x)"
    content = "**a**,b,kind\n" + "".join(f"{i},{i * i},{names[i % 2]}\n" for i in range(6))
    app = uploaded(content.encode(), "[x](//x).csv", panel="by_hand")
    assert not app.exception
    assert any(html.escape_markdown(names[0]) in field.label for field in app.number_input)
    assert any(html.escape_markdown(names[1]) in field.label for field in app.number_input)
    assert any(caption.value.startswith(html.escape_markdown("[x](//x).csv")) for caption in app.caption)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_wild_sample_among_those_held_out_harms_no_run() -> None:
    _, held_out = split(Dataset(np.arange(80.0).reshape(40, 2), np.arange(40) % 2, ("u", "v"), ("a", "b")), 0.1, 0)
    rows = [f"{1e-4 * i},{i % 7},{'uv'[i % 2]}" for i in range(40)]
    wild = int(held_out.X[0, 0]) // 2
    rows[wild] = f"1e100,3,{'uv'[wild % 2]}"
    app = uploaded("\n".join(["a,b,kind", *rows]).encode(), held_out="10", expansion="cubic")
    assert not app.exception
    tracked = app.session_state["training_run"].runs[0]
    assert not np.isfinite(tracked.model.held_out.X).all()
    assert np.isfinite(tracked.rows(0, 100, 1).losses).all()
