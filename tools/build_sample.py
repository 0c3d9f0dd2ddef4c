"""Builds the samples: the paper in all its formats from tools/sample/paper.toml, and reports in Spanish and French.

``python tools/build_sample.py`` writes them where they belong (src/evaltrail/sample, tests/sample);
``python tools/build_sample.py --to DIR`` writes everything into DIR, to compare.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from sample import content, docx, expected, html, pdf, spanish, text  # noqa: E402 - the folder of this script is not on the path before


def build() -> dict[str, bytes]:
    """Every file of the samples by its path in the repository."""
    paper = content.load()
    content.check(paper)
    as_pdf = pdf.build(paper)
    # The paper goes with the package; what a reader should find in it, and the samples in other languages, with the tests.
    return {
        "src/evaltrail/sample/paper.pdf": as_pdf,
        "src/evaltrail/sample/paper.docx": docx.build(paper),
        "src/evaltrail/sample/paper.html": html.build(paper),
        "src/evaltrail/sample/paper.txt": text.build(as_pdf),
        "tests/sample/expected.json": expected.build(paper),
        "tests/sample/languages/es/informe.docx": spanish.build(),
        "tests/sample/languages/fr/rapport.pdf": pdf.french(),
    }


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, help="folder to write into")
    to = parser.parse_args().to
    for name, data in build().items():
        path = (to or ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        print(f"{path} {len(data)}")


if __name__ == "__main__":
    main()
