"""Free questions in a CSV file, which a lecturer can edit in a spreadsheet.

The first row names the columns: question, right, A, B, C, D, E, F, where the first two may have other names. Each
further row is a question: its text, the letter of the right option or nothing, and 2 to 6 options. Encodings: see
`core.text_encoding`. Separators: comma, semicolon or tab.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Sequence

from core.column_names import printable_text
from core.errors import InvalidDataError
from core.text_encoding import decode
from ui.classroom.errors import InvalidQuestionError, QuestionFileError
from ui.classroom.questions import OPTION_LETTERS, Question
from ui.classroom.results import not_computed

MAX_QUESTIONS, MAX_FILE_BYTES = 50, 100_000

_CONTROL_CHARACTER = re.compile("[\0-\x08]")
"""Characters that binary files have, and texts have not."""


def to_file(questions: Sequence[Question], names: tuple[str, str]) -> bytes:
    """Return free questions as CSV. `names` are the names of the first two columns.

    The file begins with a byte order mark, so that Excel reads it as UTF-8. A text that a spreadsheet would compute is
    preceded by an apostrophe, which `from_file` removes.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([*names, *OPTION_LETTERS])
    for question in questions:
        right = OPTION_LETTERS[question.options.index(question.right)] if question.right else ""
        writer.writerow([not_computed(question.text), right, *map(not_computed, question.options)])
    return file.getvalue().encode("utf-8-sig")


def from_file(data: bytes) -> list[Question]:
    """Return the questions in a file. Raises QuestionFileError."""
    if len(data) > MAX_FILE_BYTES:
        raise QuestionFileError("large")
    header, *rows = _rows(data)
    if [_letter(cell) for cell in header[2:4]] != list(OPTION_LETTERS[:2]):
        raise QuestionFileError("header")
    questions = [_question(row, number) for number, row in enumerate(rows, start=2) if any(row)]
    if not questions:
        raise QuestionFileError("no_question")
    if len(questions) > MAX_QUESTIONS:
        raise QuestionFileError("large")
    return questions


def _rows(data: bytes) -> list[list[str]]:
    """Return the cells of a file, without control characters and spaces around them. There is at least one row."""
    try:
        text, _ = decode(data, "")
    except InvalidDataError:
        raise QuestionFileError("unreadable") from None
    if not text.strip() or _CONTROL_CHARACTER.search(text):
        raise QuestionFileError("unreadable")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    separator = max(",;\t", key=text.partition("\n")[0].count)
    try:
        return [[_cell(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=separator)]
    except csv.Error:
        raise QuestionFileError("unreadable") from None


def _cell(text: str) -> str:
    return re.sub(r"^'(?=[=+\-@])", "", printable_text(text, len(text)))


def _question(row: Sequence[str], number: int) -> Question:
    """Return the question in a row. Raises QuestionFileError with the number of the row."""
    text, right, *cells = [*row, "", ""]
    while cells and not cells[-1]:
        cells.pop()
    options = dict(zip(OPTION_LETTERS, cells, strict=False))
    try:
        return Question(tuple(cells), options.get(_letter(right), right), text=text)
    except InvalidQuestionError as error:
        raise QuestionFileError(error.reason, number) from None


def _letter(cell: str) -> str:
    """Return the cell with small and full-width letters as capital ASCII letters."""
    return unicodedata.normalize("NFKC", cell).strip().upper()
