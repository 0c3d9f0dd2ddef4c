"""Builds the sample paper in all its formats from tools/sample/paper.toml.

``python tools/build_sample.py`` writes src/evaltrail/sample/ and tests/sample/expected.json;
``python tools/build_sample.py --to DIR`` writes everything into DIR, to compare.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from sample import content, docx, expected, html, pdf, text  # noqa: E402 - the folder of this script is not on the path before

FOLDERS = ("src/evaltrail/sample", "tests/sample")
"""The paper goes with the package, what a reader should find in it with the tests."""


def build() -> dict[str, bytes]:
    """Every file of the sample by its name."""
    paper = content.load()
    content.check(paper)
    as_pdf = pdf.build(paper)
    return {
        "paper.pdf": as_pdf,
        "paper.docx": docx.build(paper),
        "paper.html": html.build(paper),
        "paper.txt": text.build(as_pdf),
        "expected.json": expected.build(paper),
    }


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, help="folder to write into")
    to = parser.parse_args().to
    for name, data in build().items():
        path = (to or ROOT / FOLDERS[name.endswith(".json")]) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        print(f"{path} {len(data)}")


if __name__ == "__main__":
    main()
