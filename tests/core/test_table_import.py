"""Tables from CSV files, as different programs write them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from core.column_names import MAX_NAME_LENGTH
from core.errors import InvalidDataError
from core.number_columns import likely_mark
from core.table_import import (
    MAX_COLUMNS,
    MAX_LINES,
    feature_columns,
    label_columns,
    missing_values,
    numbers_rows,
    read_table,
    table_dataset,
)

ROWS = "長さ,幅,種類\n1.5,2,犬\n3,4.25,猫\n5,6,犬\n7,8e-1,猫\n"


def cells(table):
    """Return the cells of each column."""
    return {name: tuple(column) for name, column in table.frame.items()}


def read(content):
    table = read_table(content)
    x, y = list(table.numbers)[:2]
    return table_dataset(table, x, y, label_columns(table)[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_every_encoding_gives_the_same_samples(encoding):
    data = read(ROWS.encode(encoding))
    assert data.features == ("長さ", "幅")
    assert data.classes == ("犬", "猫")
    assert_array_equal(data.X, [[1.5, 2], [3, 4.25], [5, 6], [7, 0.8]])
    assert_array_equal(data.labels, [0, 1, 0, 1])


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_byte_order_mark_is_read(codec):
    table = read_table(ROWS.encode(codec))
    assert list(table.frame) == ["長さ", "幅", "種類"]
    assert table.source.encoding == "utf-16"


WESTERN = {
    "German": "Größe;Gewicht;Tür\n1,5;2,5;grün\n3,5;4,5;weiß\n5;6;grün\n",
    "French": "espèce;poids;âge\néléphant;1,5;2\nchèvre;3;4\n",
    "Spanish": "año,niño,tipo\n1,2,sí\n3,4,no\n",
    "Danish": "køn;højde;vægt\nmand;180;80\n",
}
JAPANESE = {
    "kanji": ROWS,
    "half-width katakana": "ｶﾅ,b,c\n1,2,ｲﾇ\n3,4,ﾈｺ\n",
    "one word": "a,b,c\n1,2,犬\n3,4,猫\n",
    "a backslash in a character": "体重,高さ,c\n1,2,表\n3,4,ソ\n",
}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [*((text, "cp1252") for text in WESTERN.values()), *((text, "cp932") for text in JAPANESE.values())],
    ids=[*WESTERN, *JAPANESE],
)
def test_latin_1_and_shift_jis_are_told_apart(text, encoding):
    table = read_table(text.encode(encoding))
    assert table.source.encoding == encoding
    assert list(table.frame) == text.partition("\n")[0].replace(";", ",").split(",")


def test_characters_after_many_rows_of_ascii_decide_the_encoding():
    text = "a,b,c\n" + "1,2,u\n" * 9_000 + "1,2,犬\n" + "1,2,猫\n"
    assert read_table(text.encode("cp932")).source.encoding == "cp932"


def test_a_given_encoding_is_used():
    content = "µm,b,c\n1,2,u\n".encode("cp1252")
    assert list(read_table(content, encoding="cp1252").frame) == ["µm", "b", "c"]
    assert list(read_table(content, encoding="cp932").frame) == ["ｵm", "b", "c"]
    with pytest.raises(InvalidDataError):
        read_table(content, encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "a,b,c\r\n1.5,2,u\r\n3,4,v\r\n5,6,u\r\n",
        "a;b;c\n1,5;2;u\n3;4;v\n5;6;u\n",
        "a\tb\tc\n1,5\t2\tu\n3\t4\tv\n5\t6\tu\n",
        '"a", "b" ,c\n"1.5",2, u\n 3 ,4,v\n5,6,u\n',
    ],
    ids=["Windows", "semicolons and decimal commas", "tabs", "quotes and spaces"],
)
def test_every_dialect_gives_the_same_samples(text):
    data = read(text.encode())
    assert_array_equal(data.X, [[1.5, 2], [3, 4], [5, 6]])
    assert data.classes == ("u", "v")


def test_a_separator_at_the_end_of_each_row_is_ignored():
    data = read(b"a,b,c\n1,2,u,\n3,4,v,\n5,6,u,\n")
    assert data.features == ("a", "b")
    assert_array_equal(data.X, [[1, 2], [3, 4], [5, 6]])


def test_row_names_written_by_r_are_not_a_column():
    data = read(b'"a","b","c"\n"1",1,2,"u"\n"2",3,4,"v"\n"3",5,6,"u"\n')
    assert_array_equal(data.X, [[1, 2], [3, 4], [5, 6]])


EXPORTS = {
    "Excel, German": "Nr;Höhe;Preis;Art\r\n1;1,75;1.250,00;süß\r\n2;1,8;980,5;sauer\r\n".encode("cp1252"),
    "Excel, Japanese": 'Nr,Höhe,Preis,Art\r\n1,1.75,"1,250",süß\r\n2,1.8,980.5,sauer\r\n'.encode("utf-8-sig"),
    "Excel, Unicode text": "Nr\tHöhe\tPreis\tArt\r\n1\t1,75\t1.250\tsüß\r\n2\t1,8\t980,5\tsauer\r\n".encode("utf-16"),
    "Numbers": "Nr,Höhe,Preis,Art\n1,1.75,1250,süß\n2,1.8,980.5,sauer\n".encode(),
    "R": '"","Höhe","Preis","Art"\n"1",1.75,1250,"süß"\n"2",1.8,980.5,"sauer"\n'.encode(),
    "R, comma": '"";"Höhe";"Preis";"Art"\n"1";1,75;1250;"süß"\n"2";1,8;980,5;"sauer"\n'.encode(),
    "SPSS": "ID;Höhe;Preis;Art\n1;1,75;1250,00;süß\n2;1,80;980,50;sauer\n".encode("utf-8-sig"),
    "old Macintosh": "Nr,Höhe,Preis,Art\r1,1.75,1250,süß\r2,1.8,980.5,sauer\r".encode(),
}


@pytest.mark.parametrize("content", EXPORTS.values(), ids=EXPORTS)
def test_exports_of_other_programs_give_the_same_numbers(content):
    table = read_table(content)
    assert_array_equal(table.numbers["Höhe"], [1.75, 1.8])
    assert_array_equal(table.numbers["Preis"], [1250, 980.5])
    assert list(table.frame["Art"]) == ["süß", "sauer"]
    assert feature_columns(table, "Art")[:2] == ["Höhe", "Preis"]


def test_a_row_that_is_too_long_is_not_taken_for_one_with_a_name():
    with pytest.raises(InvalidDataError) as caught:
        read_table(b"a,b,c\n1,2,u\n3,4,v,5\n")
    assert caught.value.reason == "not_a_table"


def test_row_names_are_recognised_where_the_last_cells_are_empty():
    table = read_table(b'"a","b","c"\n"1",1,2,"u"\n"2",3,4,\n"3",5,6,"u"\n')
    assert cells(table) == {"a": ("1", "3", "5"), "b": ("2", "4", "6"), "c": ("u", "", "u")}


def test_the_first_column_of_a_table_is_not_taken_for_row_names():
    table = read_table(b"a,b,\n1,2,u\n2,4,v\n")
    assert list(table.frame) == ["a", "b", "#3"]


def test_a_title_above_the_table_is_left_out():
    assert list(read_table("測定結果,,\n,,\na,b,c\n1,2,u\n".encode()).frame) == ["a", "b", "c"]
    assert list(read_table(b"a,b\n1,2\n").frame) == ["a", "b"]
    assert list(read_table(b"a\n1\n2\n").frame) == ["a"]


def test_empty_columns_without_a_name_are_left_out():
    assert list(read_table(b"a,,b,,\n1,,2,3,\n").frame) == ["a", "b", "#4"]


def test_rows_without_text_are_left_out():
    assert cells(read_table(b"a,b\n1,2\n,\n\n3,4\n,,\n")) == {"a": ("1", "3"), "b": ("2", "4")}


def test_missing_cells_at_the_end_of_a_row_are_empty():
    assert cells(read_table(b"a,b,c\n1\n2,3\n")) == {"a": ("1", "2"), "b": ("", "3"), "c": ("", "")}


@pytest.mark.parametrize("minus", ["-", "−", "－"])
def test_full_width_digits_and_every_minus_are_read(minus):
    data = read(f"a,b,c\n{minus}１．５,2,u\n３,4,v\n5,6,u\n".encode())
    assert_array_equal(data.X, [[-1.5, 2], [3, 4], [5, 6]])


COLUMNS = {
    "thousands": (",", ["1,230", "980", "1,011,137"], [1230, 980, 1011137]),
    "thousands and decimals": (",", ["1,230.5", "-2,000", ".5"], [1230.5, -2000, 0.5]),
    "point thousands": (";", ["1.011.137", "980", "1.230"], [1011137, 980, 1230]),
    "point thousands, decimal commas": (";", ["1.230,5", "−2.000", "0,25"], [1230.5, -2000, 0.25]),
    "decimal commas": ("\t", ["1,5", "2,125", "1e3"], [1.5, 2.125, 1000]),
    "decimal points": (";", ["0.125", "2.125", "-7.5"], [0.125, 2.125, -7.5]),
    "comma thousands between tabs": ("\t", ["1,230.5", "2,000", "3"], [1230.5, 2000, 3]),
    "spaces": (",", ["1 230", "12 000 000", "7.5"], [1230, 12000000, 7.5]),
    "no-break spaces": (";", ["1\u202f230,5", "2\u00a0000", "7"], [1230.5, 2000, 7]),
    "percentages": (",", ["12.5%", "７ ％", "0.5"], [0.125, 0.07, 0.5]),
    "percentages with decimal commas": (";", ["12,5 %", "7\u00a0%", "-1.000,5%"], [0.125, 0.07, -10.005]),
    "SPSS": ("\t", [",50", "-,25", "12,00"], [0.5, -0.25, 12]),
    "full-width": (",", ["１，２３０", "２．５", "−３"], [1230, 2.5, -3]),
    "gaps": (",", ["1,230", "4,500", ""], [1230, 4500, np.nan]),
}


def column_table(separator, cells, others=("1", "2", "3")):
    lines = [("x", "y", "kind"), *zip(cells, others, "uvu", strict=True)]
    return read_table("\n".join(separator.join(f'"{cell}"' for cell in line) for line in lines).encode())


@pytest.mark.parametrize(("separator", "cells", "values"), COLUMNS.values(), ids=COLUMNS)
def test_separators_of_thousands_and_decimals_are_told_apart(separator, cells, values):
    table = column_table(separator, cells)
    assert_array_equal(table.numbers["x"], values)
    assert table.ambiguous == {}


@pytest.mark.parametrize(
    ("separator", "cells", "shown"),
    [
        (",", ["1,230", "1,5", "980"], "1,5"),
        (",", ["1,5", "2,5", "3"], "1,5"),
        (";", ["1.234", "2.345", "3"], "1.234"),
        ("\t", ["1,234", "2,345", "3"], "1,234"),
        (";", ["1.5", "2", "2,5"], "2,5"),
    ],
)
def test_a_column_without_a_certain_decimal_mark_is_named_with_a_cell(separator, cells, shown):
    table = column_table(separator, cells)
    assert {name: column.cell for name, column in table.ambiguous.items()} == {"x": shown}
    assert "x" not in table.numbers
    with pytest.raises(InvalidDataError) as caught:
        table_dataset(table, "x", "y", "kind")
    assert (caught.value.reason, caught.value.facts) == ("ambiguous", {"column": "x", "cell": shown})


@pytest.mark.parametrize(
    ("separator", "cells", "point", "comma"),
    [
        (";", ["1.234", "2.345", "3"], [1.234, 2.345, 3], [1234, 2345, 3]),
        (";", ["1.5", "2", "2,5"], [1.5, 2, np.nan], [np.nan, 2, 2.5]),
        (",", ["1,5", "2,5", "3"], [np.nan, np.nan, 3], [1.5, 2.5, 3]),
    ],
)
def test_a_given_decimal_mark_decides_for_ambiguous_columns(separator, cells, point, comma):
    table = column_table(separator, cells, ("7", "8", "9"))
    for mark, values in ((".", point), (",", comma)):
        chosen = table.with_decimal_mark(mark)
        assert_array_equal(chosen.numbers["x"], values)
        assert list(chosen.numbers) == ["x", "y"]
        assert set(chosen.ambiguous) == {"x"}


def test_a_given_decimal_mark_leaves_other_columns_as_they_are():
    text = "a;b;c;d\n1.234;0,5;0.5;u\n2.345;1,5;1.5;v\n"
    for mark in ".,":
        numbers = read_table(text.encode()).with_decimal_mark(mark).numbers
        assert_array_equal(numbers["b"], [0.5, 1.5])
        assert_array_equal(numbers["c"], [0.5, 1.5])


@pytest.mark.parametrize(
    ("separator", "cells", "mark"),
    [(";", ["1.234", "2.345", "3"], "."), (",", ["1,5", "2,5", "3"], ","), (",", ["1,230", "1,5", "980"], ",")],
)
def test_the_likely_decimal_mark_makes_most_cells_numbers(separator, cells, mark):
    assert likely_mark(column_table(separator, cells).ambiguous) == mark


@pytest.mark.parametrize(("others", "value"), [(("0,5", "1", "2"), 1234), (("0.5", "1", "2"), 1.234)])
def test_the_decimal_mark_of_other_columns_decides_for_one_without_a_certain_mark(others, value):
    table = column_table(";", ["1.234", "2.345", "3"], others)
    assert table.numbers["x"][0] == value
    assert table.ambiguous == {}


def test_spaces_that_do_not_separate_thousands_make_no_numbers():
    assert_array_equal(column_table(",", ["1 230", "1 2", "7"]).numbers.get("x", []), [])


def test_powers_and_other_digits_are_no_numbers():
    assert_array_equal(column_table(",", ["10²", "1", "2"]).numbers["x"], [np.nan, 1, 2])


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;", "sep=;;;"])
def test_a_first_line_declares_the_separator(line):
    table = read_table(f"\ufeff{line}\r\na,b;c\r\n1,5;2\r\n3;4\r\n".encode())
    assert cells(table) == {"a,b": ("1,5", "3"), "c": ("2", "4")}
    assert_array_equal(table.numbers["a,b"], [1.5, 3])


def test_joined_emoji_keep_their_joiner_in_names():
    table = read_table("👩‍👩‍👧 x\u200d,\u200db,c\n1,2,👩‍🔬\n3,4,v\n5,6,v\n".encode())
    assert list(cells(table)) == ["👩‍👩‍👧 x", "b", "c"]
    assert table_dataset(table, "👩‍👩‍👧 x", "b", "c").classes == ("v", "👩‍🔬")


def test_columns_with_equal_names_get_different_names():
    table = read_table(b"a, a,,#3,a\n1,2,3,4,5\n")
    assert list(cells(table).values()) == [("1",), ("2",), ("3",), ("4",), ("5",)]


def test_names_are_short_and_printable():
    data = read(('"\u202e\u200bwidth\n",b,c\n' + "".join(f"1,{i},{'k' * 5000}{i % 2}\n" for i in range(4))).encode())
    assert data.features[0] == "width"
    assert data.n_classes == 2
    assert {len(name) for name in data.classes} == {MAX_NAME_LENGTH}


def test_a_table_of_the_maximum_size_is_read_and_a_larger_one_is_refused():
    header = ",".join(f"c{i}" for i in range(MAX_COLUMNS))
    row = ",".join(["1"] * MAX_COLUMNS)
    table = read_table("\n".join([header, *[row] * MAX_LINES]).encode())
    assert (table.n_rows, len(cells(table))) == (MAX_LINES, MAX_COLUMNS)
    for text, reason in (
        ("\n".join(["a,b,c", *["1,2,u"] * (MAX_LINES + 1)]), "too_long"),
        (f"{header},more\n{row},1\n", "too_many_columns"),
        ("a,b\n" + "," * 1_000_000, "too_many_columns"),
    ):
        with pytest.raises(InvalidDataError) as caught:
            read_table(text.encode())
        assert caught.value.reason == reason


def test_rows_with_missing_values_are_dropped():
    data = read(b"a,b,c\n1,2,u\n,4,v\n5,6,\n7,inf,u\nnan,1,v\n9,10,v\n11,12,u\n1e200,3,u\n")
    assert_array_equal(data.X, [[1, 2], [9, 10], [11, 12]])


def test_a_column_of_words_is_suggested_as_class_before_one_of_few_numbers():
    table = read_table(b"n,a,b,kind\n1,1.5,2,u\n2,3,4,v\n1,5,6,u\n")
    assert label_columns(table)[0] == "kind"
    assert "n" in label_columns(table)


@pytest.mark.parametrize("first", [0, 1])
def test_numbers_of_rows_are_suggested_as_feature_last(first):
    rows = "".join(f"{first + i},{i * 2},{i % 3},{'uv'[i % 2]}\n" for i in range(6))
    assert feature_columns(read_table(f"id,a,b,kind\n{rows}".encode()), "kind") == ["a", "b", "id"]
    assert feature_columns(read_table(f"id,a,b,kind\n{rows}9,1,2,u\n".encode()), "kind") == ["id", "a", "b"]
    assert feature_columns(read_table(f"id,a,b,kind\n{rows}".encode()), "b") == ["id", "a"]


def test_missing_values_are_counted_per_column_with_an_example():
    table = read_table(b"a,b,c\n1,2,u\n,4,v\nx,6,\n7,y,\n9,10,v\n11,12,u\n13,14,u\n")
    assert missing_values(table, "a", "b", "c") == {"a": (2, "x"), "b": (1, "y"), "c": (2, "")}
    assert missing_values(read_table(b"a,b,c\n1,2,u\n3,4,v\n"), "a", "b", "c") == {}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"a,b,c\n", "empty"),
        (b'"', "empty"),
        (b'""\n""', "empty"),
        (b"\x00\x01\x02\x03", "not_a_table"),
        (b"\xff\xfe\x00", "encoding"),
        (b"a,b\n\x81\xff,\xfd\n", "encoding"),
        (b"x" * 5_000_001, "too_large"),
        (b"PK\x03\x04\x14\x00" + b"xl/workbook.xml" + b"\xff" * 6_000_000, "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 100, "workbook"),
        (b'a,b\n"1,2\n3,4', "not_a_table"),
    ],
)
def test_an_invalid_file_is_refused_with_a_reason(content, reason):
    with pytest.raises(InvalidDataError) as caught:
        read_table(content)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (["1,2,u", "3,4,v"], "too_few_rows"),
        (["1,2,u"] * 5, "one_class"),
        ([f"{i},2,k{i}" for i in range(11)], "too_many_classes"),
        (["1,2,u", "3,4,v"] * 2501, "too_many_rows"),
    ],
)
def test_a_table_that_cannot_be_trained_on_is_refused_with_a_reason(rows, reason):
    table = read_table("\n".join(["a,b,c", *rows]).encode())
    with pytest.raises(InvalidDataError) as caught:
        table_dataset(table, "a", "b", "c")
    assert caught.value.reason == reason


@given(st.binary(max_size=400))
def test_any_bytes_are_read_as_a_table_or_refused(content):
    try:
        table = read_table(content)
        numbers, labels = list(table.numbers), label_columns(table)
        if len(numbers) > 1 and labels:
            data = table_dataset(table, numbers[0], numbers[1], labels[0])
            assert np.isfinite(data.X).all()
    except InvalidDataError:
        pass


@given(
    st.lists(st.lists(st.sampled_from(["1", "2,5", "", "nan", "=1+1", "<b>", "犬", '"', ";"]), min_size=3, max_size=3))
)
def test_any_cells_are_read_as_a_data_set_or_refused(rows):
    text = "a;b;c\n" + "\n".join(";".join(row) for row in rows)
    try:
        table = read_table(text.encode())
        numbers, labels = list(table.numbers), label_columns(table)
        if len(numbers) > 1 and labels:
            table_dataset(table, numbers[0], numbers[1], labels[0])
    except InvalidDataError:
        pass


def test_more_than_two_columns_become_features_and_their_missing_values_count():
    table = read_table(b"a,b,c,d,kind\n1,2,3,4,u\n5,6,,8,v\n9,10,11,x,v\n1,1,1,,u\n2,2,2,2,v\n3,3,3,3,u\n")
    data = table_dataset(table, "b", "a", "kind", ["c"])
    assert data.features == ("b", "a", "c")
    assert_array_equal(data.X, [[2, 1, 3], [10, 9, 11], [1, 1, 1], [2, 2, 2], [3, 3, 3]])
    assert missing_values(table, "a", "b", "kind", ["c"]) == {"c": (1, "")}
    assert len(table_dataset(table, "a", "b", "kind").X) == 6  # missing cells of columns that are not used
    assert missing_values(table, "a", "b", "kind", ["c", "d"]) == {"c": (1, ""), "d": (2, "x")}
    assert len(table_dataset(table, "a", "b", "kind", ["c", "d"]).X) == 3


def test_a_column_numbers_the_rows_only_if_it_is_the_first_and_counts():
    table = read_table(b"id,n,a,kind\n1,1,3,u\n2,2,4,v\n3,3,6,u\n")
    assert [numbers_rows(table, name) for name in ("id", "n", "a")] == [True, False, False]
