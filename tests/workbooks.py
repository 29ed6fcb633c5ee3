"""Excel workbooks for tests: the few files of which a .xlsx consists."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from html import escape
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def workbook(sheets: Mapping[str, Sequence[Sequence[float | str]]], hidden: Sequence[str] = ()) -> bytes:
    """Return a workbook with these sheets, of which some are hidden."""
    return workbook_of_xml({name: "".join(map(_row, rows)) for name, rows in sheets.items()}, hidden=hidden)


def workbook_of_xml(sheets: Mapping[str, str], text: str = "", hidden: Sequence[str] = ()) -> bytes:
    """Return a workbook whose sheets have the given rows in XML; `text` is the shared text 0."""
    numbered = list(enumerate(sheets.items(), start=1))
    states = {name: "hidden" if name in hidden else "visible" for name in sheets}
    entries = "".join(
        f'<sheet name="{escape(name)}" sheetId="{i}" state="{states[name]}" r:id="r{i}"/>' for i, (name, _) in numbered
    )
    relations = "".join(_relation(f"r{i}", "worksheet", f"worksheets/sheet{i}.xml") for i, _ in numbered)
    relations += _relation("texts", "sharedStrings", "sharedStrings.xml")
    files = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"/>',
        "_rels/.rels": _relations(_relation("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(relations),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>{escape(text)}</t></si></sst>',
    }
    for i, (_, rows) in numbered:
        files[f"xl/worksheets/sheet{i}.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, xml in files.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{xml}')
    return content.getvalue()


def _row(cells: Sequence[float | str]) -> str:
    return "<row>" + "".join(map(_cell, cells)) + "</row>"


def _cell(value: float | str) -> str:
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>' if value else "<c/>"
    return f"<c><v>{value}</v></c>"


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{DOCUMENT}/{kind}" Target="{target}"/>'


def _relations(relations: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>'
