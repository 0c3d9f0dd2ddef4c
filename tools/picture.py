"""Takes the README's picture: the demo's page with a statement lit beside the paper. ``python tools/picture.py``."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from evaltrail import demo, sample
from evaltrail.read import read

ROOT = Path(__file__).resolve().parents[1]
LEAF, LIT = 5, "Key finding 10"
"""The page of the sample that is shown, and the statement that the pointer rests on."""
WIDTH, HEIGHT = 1360, 950


def main() -> int:
    """Write docs/images/demo.png."""
    chromium = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
    if chromium is None:
        sys.stderr.write("needs a Chromium on the path\n")
        return 2
    target = ROOT / "docs/images/demo.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        page = demo.write_demo_page(read(sample.path("pdf")), sample.path("pdf"), Path(folder) / "demo.html")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        tab.goto(page.as_uri())
        leaf = tab.locator(f"#page-{LEAF}")
        leaf.evaluate("e => scrollTo(0, e.offsetTop - 16)")
        leaf.locator("li", has_text=LIT).first.hover()
        shot = Image.open(io.BytesIO(tab.screenshot()))
        browser.close()
    shot.convert("RGB").quantize(256).save(target, optimize=True)
    print(f"{target} {target.stat().st_size}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
