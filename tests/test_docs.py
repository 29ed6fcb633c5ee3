"""Documents: their links to files are valid, and both languages have the same structure."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core import FeatureMap, penguins, train

ROOT = Path(__file__).parents[1]
ENGLISH = [ROOT / "README.md", *sorted(path for path in (ROOT / "docs").glob("*.md") if ".ja." not in path.name)]
JAPANESE = [path.with_suffix(".ja.md") for path in ENGLISH]


def targets(path):
    """Return the files of the repository that a document links to or shows."""
    return {link for link in re.findall(r"\]\(([^)#]+)", path.read_text("utf-8")) if "://" not in link}


def outline(path):
    """Return the markers of headings, steps, rows, list items and code blocks, in order."""
    return re.findall(r"^(?:#+(?= )|\d\.|\||-(?= )|```\w*)", path.read_text("utf-8"), re.MULTILINE)


def numbers_in_tables(path):
    """Return the numbers in each row of a table, without single digits, which Japanese uses more often."""
    rows = re.findall(r"^\|.*", path.read_text("utf-8"), re.MULTILINE)
    return [sorted(number for number in re.findall(r"\d+(?:[.,]\d+)*", row) if len(number) > 1) for row in rows]


@pytest.mark.parametrize("path", [*ENGLISH, *JAPANESE], ids=lambda path: path.name)
def test_links_to_files_are_valid(path):
    assert [link for link in targets(path) if not (path.parent / link).exists()] == []


@pytest.mark.parametrize(("english", "japanese"), list(zip(ENGLISH, JAPANESE, strict=True)), ids=lambda path: path.name)
def test_both_languages_have_the_same_outline_numbers_and_pictures(english, japanese):
    assert outline(english) == outline(japanese)
    assert numbers_in_tables(english) == numbers_in_tables(japanese)
    assert {link.replace(".en.", ".").replace(".ja.", ".") for link in targets(english) if link.startswith("docs")} == {
        link.replace(".ja.", ".") for link in targets(japanese) if link.startswith("docs")
    }


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
