"""Random files for the upload of a table.

A file depends on its number and the seed alone. Most are valid tables with known contents, to compare with what is
read; some of these are then damaged. The others are random bytes, special cases and very large tables.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from core import InvalidDataError, split
from core.activations import ACTIVATIONS
from core.datasets import MAX_CLASSES, Dataset
from core.features import EXPANSIONS
from core.number_columns import likely_mark
from core.run import Run, Settings
from core.table_import import (
    MAX_BYTES,
    MAX_LINES,
    MAX_ROWS,
    MIN_ROWS,
    label_columns,
    read_table,
    table_dataset,
)
from tests.workbooks import workbook
from ui.i18n import catalogue, languages
from ui.training.scene import features_of, model_of, scene_of

Random = np.random.Generator

WORDS = (
    "u", "v", "Adelie", "a b", "O'Hara", 'say "hi"', "=1+1", "@SUM(A1:A9)", "+cmd", "<b id=zq>",
    "<script>zq()</script>", "nan", "NULL", "None", "True", "false", "2024-01-31", "31/12/1999", "12:30", "-", "#N/A",
    "{x}", "%s", "a,b", "a;b", "../../x", "x" * 200,
)  # fmt: skip
JAPANESE = ("犬", "猫", "アデリー", "ｶﾅ", "表", "ソ", "１組", "男・女")
ODD = ("👩‍👩‍👧", "\u202eabc", "e\u0301" * 50, "\u200b", "İ", "ß")
NOT_NUMBERS = (
    "",
    "",
    "x",
    "nan",
    "inf",
    "-inf",
    "1e400",
    "1e308",
    "-1e101",
    "1 2",
    "--1",
    "1.2.3",
    "True",
    "2024-01-31",
)
ENDS = ("\n", "\r\n", "\r")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp932")
MAX_AMBIGUOUS = 10
"""With fewer samples, all numbers of a table may be like 1.234, which can mean 1234 in a file with semicolons."""

DAMAGES = ("bytes", "nul", "quote", "cut", "separators", "ends", "rows")


class Table(NamedTuple):
    """A file and, if known, its contents: names of three columns, samples (n, 2) and the class of each sample."""

    content: bytes
    columns: tuple[str, str, str] | None = None
    samples: Sequence[tuple[float, float]] = ()
    classes: Sequence[str] = ()


def table(number: int, seed: int = 0) -> Table:
    """Return the file with this number."""
    rng = np.random.default_rng([seed, number])
    if number % 10 == 0:
        return Table(_special_case(number // 10, rng))
    valid = _valid_table(rng)
    return Table(_damaged(valid.content, rng)) if number % 3 == 0 else valid


def faults(case: Table, number: int) -> list[str]:
    """List what is wrong with how a file is read, or with the data set in it."""
    try:
        read = read_table(case.content)
        read = read.with_decimal_mark(likely_mark(read.ambiguous))
        labels, numbers = label_columns(read), list(read.numbers)
        if case.columns is not None:
            return _content_faults(case, number)
        if not labels:
            raise InvalidDataError("no_labels")
        numbers = [name for name in numbers if name != labels[0]]
        if len(numbers) < 2:
            raise InvalidDataError("no_numbers")
        data = table_dataset(read, numbers[0], numbers[1], labels[0])
    except InvalidDataError as error:
        return _wording_faults(error)
    return _data_faults(data, number)


def _content_faults(case: Table, number: int) -> list[str]:
    """Compare what is read with the known contents."""
    kinds = sorted(set(case.classes))
    if not MIN_ROWS <= len(case.samples) <= MAX_ROWS:
        expected = "too_few_rows" if len(case.samples) < MIN_ROWS else "too_many_rows"
    elif not 2 <= len(kinds) <= MAX_CLASSES:
        expected = "one_class" if len(kinds) < 2 else "too_many_classes"
    else:
        expected = ""
    assert case.columns is not None
    read = read_table(case.content)
    try:
        data = table_dataset(read, *case.columns)
    except InvalidDataError as error:
        if error.reason == "ambiguous" and len(case.samples) < MAX_AMBIGUOUS:
            return []
        is_expected = error.reason == expected
        return _wording_faults(error) + ([] if is_expected else [f"{error.reason}, not {expected}"])
    if expected:
        return [f"accepted in spite of {expected}"]
    found = _data_faults(data, number)
    if not np.allclose(data.X, case.samples, rtol=1e-14, atol=0):
        found.append("samples differ")
    if data.labels.tolist() != [kinds.index(name) for name in case.classes]:
        found.append("classes differ")
    return found


def _wording_faults(error: InvalidDataError) -> list[str]:
    """Check that every language has a text for the error and that the error has all facts for its placeholders."""
    found = []
    for code in languages():
        try:
            catalogue(code)[f"table.{error.reason}"].format(**error.facts)
        except KeyError as missing:
            found.append(f"{error.reason} has no text in {code}: {missing}")
    return found


def _data_faults(data: Dataset, number: int) -> list[str]:
    """Check that a data set is valid and can be trained on and drawn."""
    found = []
    if not np.isfinite(data.X).all() or data.X.shape != (len(data.labels), 2):
        found.append("invalid samples")
    if set(data.labels.tolist()) != set(range(data.n_classes)):
        found.append("invalid labels")
    training, held_out = split(data, 0.2 if len(data.X) >= 10 else 0.0, 0)
    expansion, head = list(EXPANSIONS)[number % len(EXPANSIONS)], list(ACTIVATIONS)[number // 4 % len(ACTIVATIONS)]
    model = model_of(training, held_out, expansion, head=head)
    run = Run.begin(model.problem, Settings(0.3, 16 if number % 2 else None, 0.01)).continued(10)
    if not (np.isfinite(run.losses).all() and np.isfinite(run.weights).all() and np.isfinite(run.bias).all()):
        found.append("a run that is not finite")
    scene = scene_of(training, held_out, [model])
    for low, high in (scene.x_range, scene.y_range):
        if not (np.isfinite([low, high]).all() and high - low >= 1e-9 * max(abs(low), abs(high))):
            found.append(f"an axis from {low} to {high}")
    if not all(np.isfinite(features).all() for features in features_of(model, scene)):
        found.append("features that are not finite")
    if any(len(name) > 60 for name in (*data.classes, *data.features)):
        found.append("names that are too long")
    return found


def _valid_table(rng: Random) -> Table:
    """Return a table with known contents: two columns of numbers, one of classes, and other columns between them."""
    encoding, end = str(rng.choice(ENCODINGS)), str(rng.choice(ENDS))
    separator = str(rng.choice([",", ";", "\t"]))
    n = int(rng.choice([0, 1, 2, 3, 5, 30, 200, 1000])) if rng.random() < 0.95 else int(rng.choice([5000, 5001]))
    words = [*WORDS, *JAPANESE, *(ODD if encoding != "cp932" else ())]
    kinds = [str(word) for word in rng.choice(words, int(rng.choice([1, 2, 3, 9, 11])), replace=False)]
    names = ["x", "y", "kind"]
    comma = separator != "," and rng.random() < 0.5
    columns = [_numbers(n, comma, rng), _numbers(n, comma, rng)]
    labels = [kinds[int(i)] if rng.random() > 0.02 else "" for i in rng.integers(0, len(kinds), n)]
    texts = [[text for text, _ in column] for column in columns] + [labels]
    for _ in range(int(rng.integers(0, 4)) if rng.random() < 0.95 else 97):
        at = int(rng.integers(0, len(names) + 1))
        names.insert(at, str(rng.choice(words)))
        texts.insert(at, [str(rng.choice(words)) for _ in range(n)])
    rows = [names, *map(list, zip(*texts, strict=True))]
    lines = [separator.join(_quoted(cell, separator, rng) for cell in row) for row in rows]
    if rng.random() < 0.1:
        lines = [line + separator for line in lines[:1]] + [line + separator for line in lines[1:]]
        if rng.random() < 0.5:
            lines[0] = lines[0].removesuffix(separator)
    if rng.random() < 0.1:
        lines.insert(int(rng.integers(0, len(lines) + 1)), "")
    content = (end.join(lines) + (end if rng.random() < 0.8 else "")).encode(encoding)
    kept = [
        i for i in range(n) if columns[0][i][1] is not None and columns[1][i][1] is not None and labels[i].strip() != ""
    ]
    if n == 0 or _has_ambiguous_separator(lines, separator):
        return Table(content)
    samples = [(float(columns[0][i][1] or 0.0), float(columns[1][i][1] or 0.0)) for i in kept]
    return Table(content, ("x", "y", "kind"), samples, [labels[i].strip() for i in kept])


def _has_ambiguous_separator(lines: list[str], separator: str) -> bool:
    """Return whether the names in the first line contain another separator more often than `separator` occurs."""
    first = next(line for line in lines if line)
    return max(",;\t", key=first.count) != separator


def _numbers(n: int, comma: bool, rng: Random) -> list[tuple[str, float | None]]:
    """Return the cells of a column of numbers, each with its value or None."""
    scale, offset = float(rng.choice([1e-8, 1.0, 1e8, 1e90, 1e-300])), float(rng.choice([0.0, 0.0, 1.7e9, 1e16]))
    constant, gaps = rng.random() < 0.1, rng.random() < 0.3
    cells: list[tuple[str, float | None]] = []
    for value in rng.normal(0, scale, n) + offset:
        if gaps and rng.random() < 0.2:
            cells.append((str(rng.choice(NOT_NUMBERS)), None))
            continue
        value = offset if constant else value
        text = [f"{value:.6g}", f"{value:.3f}", f"{value:+.2e}", repr(float(value))][int(rng.integers(4))]
        number = float(text)
        if comma:
            text = text.replace(".", ",")
        if rng.random() < 0.05:
            text = text.replace("-", "−") if rng.random() < 0.5 else f" {text} "
        cells.append((text, number if abs(number) <= 1e100 else None))
    return cells


def _quoted(cell: str, separator: str, rng: Random) -> str:
    """Return a cell in quotation marks if it needs them, and sometimes if not."""
    if any(sign in cell for sign in (separator, '"', "\n", "\r")) or rng.random() < 0.05:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _damaged(content: bytes, rng: Random) -> bytes:
    damage = str(rng.choice(DAMAGES))
    at = int(rng.integers(0, max(len(content), 1)))
    rubbish = rng.bytes(int(rng.integers(1, 20)))
    if damage == "cut":
        return content[:at]
    if damage == "ends":
        return content.replace(b"\n", b"\r", len(content) // 40)
    if damage == "separators":
        return content.replace(b",", b";", 7) + b",,,;;;\t\t"
    if damage == "rows":
        return content + b"1,2,3,4,5,6\n" * 3
    inserted = {"bytes": rubbish, "nul": b"\0", "quote": b'"'}[damage]
    return content[:at] + inserted + content[at:]


def _special_case(number: int, rng: Random) -> bytes:
    """Return one of the special cases; they alternate with the number."""
    kinds = (
        lambda: b"",
        lambda: b"x,y,kind\n",
        lambda: b"x,y,kind\n1,2,u",
        lambda: rng.bytes(int(rng.integers(1, 3000))),
        lambda: bytes(rng.choice(np.frombuffer(b'0123456789,;\t".-e\r\n', np.uint8), int(rng.integers(1, 3000)))),
        lambda: "".join(map(chr, rng.integers(32, 0xD7FF, 500))).encode("utf-8"),
        lambda: b"\x89PNG\r\n\x1a\n" + rng.bytes(500),
        lambda: b"PK\x03\x04" + rng.bytes(500),
        lambda: _lines(["x,y,kind", *(f"{i},{i * i % 7},k{i % 200}" for i in range(400))]),
        lambda: _lines(["x,y,kind", *("5,5,u", "5,5,v") * 20]),
        lambda: _lines(["x,x,x,kind,kind", *(f"{i},{i},{i},a{i % 2},b{i % 3}" for i in range(30))]),
        lambda: _lines([",".join(f"c{i}" for i in range(100)), *(",".join(["1", "2"] * 50) for _ in range(50))]),
        lambda: _lines(["a,b," + "c" * 200_000, "1,2,u"]),
        lambda: _lines(["a,b,c", "1,2," + "u" * 100_000, "3,4,v", "5,6,v", "7,8," + "u" * 100_000]),
        lambda: _lines(["a,b,c", *("1,2,u",) * (MAX_LINES + 1)]),
        lambda: workbook({"a": [["x", "y", "kind"], *([i, "1,5", "uv"[i % 2]] for i in range(30))]}),
        lambda: _damaged(workbook({"a": [["x", "y", "kind"], *([i, i, "uv"[i % 2]] for i in range(30))]}), rng),
        lambda: b"a,b,c\n" + b"1,2,u\n" * (MAX_BYTES // 6 - 2),
        lambda: b"a,b,c\n" + b"1,2,u\n" * (2 * MAX_BYTES // 6),
        lambda: b"," * (MAX_BYTES - 2) + b"\n1",
        lambda: b"a,b\n" + b"1," * (MAX_BYTES // 2 - 10),
        lambda: b'a,b\n"' + b"1,2\n" * 1_000_000,
        lambda: b"\n" * (MAX_BYTES - 10) + b"a,b",
        lambda: b"a,b,c\n" + b"\n" * (MAX_BYTES - 10),
        lambda: b"\xff\xfe" + rng.bytes(100),
        lambda: "a,b,c\n1,2,u\n3,4,v\n".encode("utf-16-le"),
        lambda: "a,b,c\n1,2,u\n3,4,v\n".encode("utf-32"),
        lambda: _lines(["x,y,kind", *(f"1e100,{'-' * (i % 2)}1e100,k{i % 2}" for i in range(12))]),
        lambda: _lines(["x,y,kind", *(f"{1e13 if i == 7 else i},{i % 5},k{i % 2}" for i in range(40))]),
        lambda: _lines(["x,y,kind", *(f"{1e100 if i == int(rng.integers(40)) else i},1,k{i % 2}" for i in range(40))]),
        lambda: _lines(["x,y,kind", *(f"{10**16 + 2 * i},{10**17},k{i % 2}" for i in range(40))]),
        lambda: _lines(["x,y,kind", *(f"{i}e-308,{i}e-320,k{i % 2}" for i in range(1, 40))]),
    )
    return kinds[number % len(kinds)]()


def _lines(lines: list[str]) -> bytes:
    text = io.StringIO()
    for line in lines:
        text.write(line + "\n")
    return text.getvalue().encode()
