"""Free questions in a CSV file: written and read again, as spreadsheets write them, and refused with a reason."""

from __future__ import annotations

import pytest

from ui.classroom.errors import QuestionFileError
from ui.classroom.question_file import MAX_FILE_BYTES, MAX_QUESTIONS, from_file, to_file
from ui.classroom.questions import Question
from ui.i18n import catalogue, languages

QUESTIONS = [
    Question(("Yes", "No"), "No", text="Is it convex?"),
    Question(tuple("ABCDEF")),
    Question(("=0", "-log p", "+1", "@x"), "-log p", text='"=1+1", he said; <b>猫</b>'),
]
HEADER = "Question,Right,A,B,C,D,E,F"


def refused(data: bytes) -> tuple[str, int | None]:
    with pytest.raises(QuestionFileError) as caught:
        from_file(data)
    return caught.value.reason, caught.value.row


def test_a_saved_list_is_read_again() -> None:
    assert from_file(to_file(QUESTIONS, ("質問", "正解"))) == QUESTIONS


def test_a_saved_list_opens_in_a_spreadsheet_and_computes_nothing() -> None:
    data = to_file(QUESTIONS, ("Question", "Right"))
    assert data.startswith(b"\xef\xbb\xbfQuestion,Right,A,B,C,D,E,F\r\n")
    assert b"'=0,'-log p,'+1,'@x" in data


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lists_are_read_as_spreadsheets_write_them(encoding: str, separator: str, end: str) -> None:
    rows = [HEADER.split(","), ["次のうち、正しいのはどれですか。", "ｂ", "はい", "いいえ", "", "", "", ""], [""] * 8]
    data = "".join(separator.join(row) + end for row in rows).encode(encoding)
    assert from_file(data) == [Question(("はい", "いいえ"), "いいえ", text="次のうち、正しいのはどれですか。")]


def test_the_right_answer_may_also_be_written_out_or_left_out() -> None:
    found = from_file(f"{HEADER}\nOne?,No,Yes,No\nTwo?,,Yes,No\n".encode())
    assert [question.right for question in found] == ["No", ""]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Q,,A", "few"),
        ("Q", "few"),
        ("Q,,1,2,3,4,5,6,7", "many"),
        ("Q,,1,,3", "empty"),
        ("Q,,1,1", "equal"),
        ("Q,C,1,2", "right"),
        (f"Q,,1,{'x' * 101}", "long_option"),
        (f"{'x' * 301},,1,2", "long_text"),
    ],
)
def test_a_wrong_row_is_named(row: str, reason: str) -> None:
    assert refused(f"{HEADER}\nQ,,1,2\n\n{row}\n".encode()) == (reason, 4)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "unreadable"),
        (b"PK\x03\x04" + bytes(range(256)), "unreadable"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "unreadable"),
        (b"Q,,1,2\n", "header"),
        (f"{HEADER}\n,,\n".encode(), "no_question"),
        (b"x" * (MAX_FILE_BYTES + 1), "large"),
        (f"{HEADER}\n".encode() + b"Q,,1,2\n" * (MAX_QUESTIONS + 1), "large"),
    ],
)
def test_another_file_is_refused(data: bytes, reason: str) -> None:
    assert refused(data) == (reason, None)


@pytest.mark.parametrize("code", languages())
def test_each_reason_has_a_text(code: str) -> None:
    of_file = ("large", "header", "no_question", "unreadable", "row")
    of_question = ("few", "many", "empty", "equal", "long_option", "long_text", "right", "full_list")
    keys = [f"classroom.file_{name}" for name in of_file] + [f"classroom.invalid_{name}" for name in of_question]
    assert set(keys) <= catalogue(code).keys()
