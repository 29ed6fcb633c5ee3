"""Documents: their links to files are valid, and both languages have the same structure."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core import FeatureMap, penguins, train
from ui.i18n import catalogue
from ui.lecture.steps import load_steps

ROOT = Path(__file__).parents[1]
ENGLISH = [ROOT / "README.md", *sorted(path for path in (ROOT / "docs").glob("*.md") if ".ja." not in path.name)]
JAPANESE = [path.with_suffix(".ja.md") for path in ENGLISH]


def targets(path):
    """Return the files of the repository that a document links to or shows."""
    links = re.findall(r"(?:\]\(|<img src=\")([^)\"#]+)", path.read_text("utf-8"))
    return {link for link in links if "://" not in link}


def outline(path):
    """Return the markers of headings, steps, rows, list items and code blocks, in order."""
    return re.findall(r"^(?:#+(?= )|\d\.|\||-(?= )|```\w*)", path.read_text("utf-8"), re.MULTILINE)


def commands(path):
    """Return the shell commands of a document, without comments."""
    blocks = re.findall(r"^```sh\n(.*?)```", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [re.sub(r" *#.*", "", line) for line in "".join(blocks).splitlines()]


def inline_code(path):
    """Return the pieces of code in the text of a document, except those with a placeholder such as <key>."""
    text = re.sub(r"^```.*?```", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return {code for code in re.findall(r"`([^`]+)`", text) if "<" not in code}


def numbers_in_tables(path):
    """Return the numbers in each row of a table, without single digits, which Japanese uses more often."""
    rows = re.findall(r"^\|.*", path.read_text("utf-8"), re.MULTILINE)
    return [sorted(number for number in re.findall(r"\d+(?:[.,]\d+)*", row) if len(number) > 1) for row in rows]


@pytest.mark.parametrize("path", [*ENGLISH, *JAPANESE], ids=lambda path: path.name)
def test_links_to_files_are_valid(path):
    assert [link for link in targets(path) if not (path.parent / link).exists()] == []


@pytest.mark.parametrize(("english", "japanese"), list(zip(ENGLISH, JAPANESE, strict=True)), ids=lambda path: path.name)
def test_both_languages_have_the_same_outline_commands_numbers_and_pictures(english, japanese):
    assert outline(english) == outline(japanese)
    assert commands(english) == commands(japanese)
    assert numbers_in_tables(english) == numbers_in_tables(japanese)
    assert {link.replace(".en.", ".").replace(".ja.", ".") for link in targets(english) if link.startswith("docs")} == {
        link.replace(".ja.", ".") for link in targets(japanese) if link.startswith("docs")
    }


@pytest.mark.parametrize(("english", "japanese"), list(zip(ENGLISH, JAPANESE, strict=True)), ids=lambda path: path.name)
def test_both_languages_name_the_same_code(english, japanese):
    assert inline_code(english) == inline_code(japanese)


@pytest.mark.parametrize("path", [*ENGLISH, *JAPANESE], ids=lambda path: path.name)
def test_links_to_headings_are_valid(path):
    for file, anchor in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", path.read_text("utf-8")):
        headings = re.findall(r"^#+ (.*)", (path.parent / file if file else path).read_text("utf-8"), re.MULTILINE)
        assert anchor in [re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings]


def test_the_files_and_names_in_the_map_of_the_code_exist():
    tops = [ROOT / name for name in ("app.py", "server.py", "core", "pages", "ui", "tests", "deploy")]
    paths = [path for top in tops for path in (top, *top.rglob("*")) if "node_modules" not in path.parts]
    sources = [path for path in paths if path.suffix in {".py", ".js", ".css", ".toml"} and path != Path(__file__)]
    names = set(re.findall(r"\w+", "".join(path.read_text("utf-8") for path in sources)))
    for code in inline_code(ROOT / "docs/developer.md"):
        if re.fullmatch(r"[\w/]+(/|\.(py|js|css|toml|json|md))", code):
            assert any(str(path).endswith(f"/{code.rstrip('/')}") for path in paths), code
        else:
            assert set(re.findall(r"[a-zA-Z]\w+", code)) <= names, code


@pytest.mark.parametrize("name", ["README", "docs/lecturer"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_labels_in_a_document_are_on_screen(name, language):
    path = ROOT / f"{name}.md" if language == "en" else ROOT / f"{name}.ja.md"
    assert set(re.findall(r"\*\*(.+?)\*\*", path.read_text("utf-8"))) - set(catalogue(language).values()) == set()


@pytest.mark.parametrize("name", ["lecturer.md", "lecturer.ja.md"])
def test_the_timetable_has_all_steps_of_the_lecture_in_order_and_fills_90_minutes(name):
    rows = re.findall(r"^\| (\d+) \|[^|]*\|([^|]*)\|", (ROOT / "docs" / name).read_text("utf-8"), re.MULTILINE)
    assert sum(int(minutes) for minutes, _ in rows) == 90
    assert [step for _, steps in rows for step in re.findall(r"`(\w+)`", steps)] == list(load_steps("en"))


def test_animations_are_smaller_than_1_5_mb():
    assert all(path.stat().st_size < 1.5e6 for path in (ROOT / "docs").glob("*.webp"))


@pytest.mark.parametrize("readme", ["README.md", "README.ja.md"])
def test_the_example_in_the_readme_runs_with_a_copy_of_core(readme, tmp_path):
    (program,) = re.findall(r"```python\n(.*?)```", (ROOT / readme).read_text("utf-8"), re.DOTALL)
    shutil.copytree(ROOT / "core", tmp_path / "core")
    process = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    data = penguins()
    run = train(FeatureMap.fit(data.X)(data.X), data.labels, learning_rate=0.5, steps=200)
    assert process.stdout.split()[0] == str(run.losses[-1])
