"""Tables as people's programs write them, and as no program should: each a function of its number.

Most are made of cells whose meaning is known, so that what is read can be compared; some of these are then damaged.
The others are bytes of all kinds, and tables of sizes nobody should upload.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from core import InvalidDataError, split
from core.activations import ACTIVATIONS
from core.csv_import import (
    MAX_BYTES,
    MAX_LINES,
    MAX_ROWS,
    MIN_ROWS,
    label_columns,
    numeric_columns,
    read_table,
    table_dataset,
)
from core.datasets import MAX_CLASSES, Dataset
from core.features import EXPANSIONS
from core.run import Run, Settings
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
DAMAGES = ("bytes", "nul", "quote", "cut", "separators", "ends", "rows")


class Table(NamedTuple):
    """A file, and what it means if that is known: three columns' names, samples (n, 2) and each one's class."""

    content: bytes
    columns: tuple[str, str, str] | None = None
    samples: Sequence[tuple[float, float]] = ()
    classes: Sequence[str] = ()


def table(number: int, seed: int = 0) -> Table:
    """The `number`-th file."""
    rng = np.random.default_rng([seed, number])
    if number % 10 == 0:
        return Table(_odd(number // 10, rng))
    whole = _whole(rng)
    return Table(_damaged(whole.content, rng)) if number % 3 == 0 else whole


def faults(case: Table, number: int) -> list[str]:
    try:
        read = read_table(case.content)
        labels, numbers = label_columns(read), numeric_columns(read)
        if case.columns is not None:
            return _meaning_faults(case, number)
        if not labels:
            raise InvalidDataError("no_labels")
        numbers = [name for name in numbers if name != labels[0]]
        if len(numbers) < 2:
            raise InvalidDataError("no_numbers")
        data = table_dataset(read, numbers[0], numbers[1], labels[0])
    except InvalidDataError as error:
        return _wording_faults(error)
    return _data_faults(data, number)


def _meaning_faults(case: Table, number: int) -> list[str]:
    """What was read beside what was written."""
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
        return _wording_faults(error) + ([] if error.reason == expected else [f"{error.reason}, not {expected}"])
    if expected:
        return [f"taken, though it has {expected}"]
    found = _data_faults(data, number)
    if not np.allclose(data.X, case.samples, rtol=1e-14, atol=0):
        found.append("other samples than were written")
    if data.labels.tolist() != [kinds.index(name) for name in case.classes]:
        found.append("other classes than were written")
    return found


def _wording_faults(error: InvalidDataError) -> list[str]:
    """Whether there is a sentence for it in every language, and all that it speaks of is told."""
    found = []
    for code in languages():
        try:
            catalogue(code)[f"table.{error.reason}"].format(**error.facts)
        except KeyError as missing:
            found.append(f"{error.reason} is not worded in {code}: {missing}")
    return found


def _data_faults(data: Dataset, number: int) -> list[str]:
    """Whether it is a data set, trains, and can be drawn."""
    found = []
    if not np.isfinite(data.X).all() or data.X.shape != (len(data.labels), 2):
        found.append("samples that are none")
    if set(data.labels.tolist()) != set(range(data.n_classes)):
        found.append("labels that are none")
    training, held_out = split(data, 0.2 if len(data.X) >= 10 else 0.0, 0)
    expansion, head = list(EXPANSIONS)[number % len(EXPANSIONS)], list(ACTIVATIONS)[number // 4 % len(ACTIVATIONS)]
    model = model_of(training, held_out, expansion, head=head)
    run = Run.begin(model.problem, Settings(0.3, 16 if number % 2 else None, 0.01)).continued(10)
    if not (np.isfinite(run.losses).all() and np.isfinite(run.weights).all() and np.isfinite(run.bias).all()):
        found.append("a run through what is no number")
    scene = scene_of(training, held_out, [model])
    for low, high in (scene.x_range, scene.y_range):
        if not (np.isfinite([low, high]).all() and high - low >= 1e-9 * max(abs(low), abs(high))):
            found.append(f"an axis from {low} to {high}")
    if not all(np.isfinite(features).all() for features in features_of(model, scene)):
        found.append("features that are no numbers")
    if any(len(name) > 60 for name in (*data.classes, *data.features)):
        found.append("names too long to read")
    return found


def _whole(rng: Random) -> Table:
    """A table of known meaning: two columns of numbers, one of classes, and others about them."""
    encoding, end = str(rng.choice(ENCODINGS)), str(rng.choice(ENDS))
    separator = str(rng.choice([",", ";", "\t"]))
    n = int(rng.choice([0, 1, 2, 3, 5, 30, 200, 1000])) if rng.random() < 0.95 else int(rng.choice([5000, 5001]))
    words = [*WORDS, *JAPANESE, *(ODD if encoding != "cp932" else ())]
    kinds = [str(word) for word in rng.choice(words, int(rng.choice([1, 2, 3, 9, 11])), replace=False)]
    names = ["x", "y", "kind"]
    columns = [_numbers(n, separator != ",", rng), _numbers(n, separator != ",", rng)]
    labels = [kinds[int(i)] if rng.random() > 0.02 else "" for i in rng.integers(0, len(kinds), n)]
    texts = [[text for text, _ in column] for column in columns] + [labels]
    for _ in range(int(rng.integers(0, 4)) if rng.random() < 0.95 else 97):
        at = int(rng.integers(0, len(names) + 1))
        filler, _value = str(rng.choice(words)), None
        names.insert(at, filler)
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
    if n == 0 or _mistaken(lines, separator):
        return Table(content)
    samples = [(float(columns[0][i][1] or 0.0), float(columns[1][i][1] or 0.0)) for i in kept]
    return Table(content, ("x", "y", "kind"), samples, [labels[i].strip() for i in kept])


def _mistaken(lines: list[str], separator: str) -> bool:
    """Whether the first line has more of another separator, in its names, than of its own."""
    first = next(line for line in lines if line)
    return max(",;\t", key=first.count) != separator


def _numbers(n: int, comma: bool, rng: Random) -> list[tuple[str, float | None]]:
    """Cells of a column of numbers, and what each is worth."""
    scale, offset = float(rng.choice([1e-8, 1.0, 1e8, 1e90, 1e-300])), float(rng.choice([0.0, 0.0, 1.7e9, 1e16]))
    constant, gaps = rng.random() < 0.1, rng.random() < 0.3
    cells: list[tuple[str, float | None]] = []
    for value in rng.normal(0, scale, n) + offset:
        if gaps and rng.random() < 0.2:
            cells.append((str(rng.choice(NOT_NUMBERS)), None))
            continue
        value = offset if constant else value
        text = [f"{value:.6g}", f"{value:.3f}", f"{value:+.2e}", repr(float(value))][int(rng.integers(4))]
        worth = float(text)
        if comma and "e" not in text and rng.random() < 0.3:
            text = text.replace(".", ",")
        if rng.random() < 0.05:
            text = text.replace("-", "−") if rng.random() < 0.5 else f" {text} "
        cells.append((text, worth if abs(worth) <= 1e100 else None))
    return cells


def _quoted(cell: str, separator: str, rng: Random) -> str:
    """A cell as it stands in a line: in quotation marks where it must, or at times."""
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


def _odd(number: int, rng: Random) -> bytes:
    """Files of other kinds: few of each, by turns."""
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
