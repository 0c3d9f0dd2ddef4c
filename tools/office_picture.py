"""Takes the README's picture of the office: an evaluation in the demo, one thread of its trail lit. ``python tools/office_picture.py``."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

TARGET = Path(__file__).resolve().parents[1] / "docs/images/office.png"
WHO, EVALUATION, LIT = "Nadia Orvell", "Support to small ports", "R2"
"""Who looks, at which evaluation, and the node of the trail that the pointer rests on."""
WIDTH, HEIGHT = 1360, 1400
LARGEST = 200_000
"""Bytes that the picture may take."""


@contextmanager
def office(folder: str) -> Iterator[str]:
    """The address of the demo's office, which is open until the block ends."""
    command = [sys.executable, "-m", "evaltrail", "demo", "--office", "--no-browser", "-o", folder]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        found = next((m for line in process.stdout or () if (m := re.search(r"The office is open at (http://\S+)", line))), None)
        if found is None:
            raise RuntimeError("the demo's office did not open")
        yield found.group(1)
    finally:
        process.terminate()
        process.wait(20)


def shot(tab: Page, address: str) -> bytes:
    """The picture as the browser takes it."""
    tab.goto(address)
    tab.get_by_role("button", name=WHO).click()
    tab.get_by_role("link", name=EVALUATION).click()
    tab.get_by_role("heading", name="Trail").wait_for()
    node = tab.locator("a.node", has_text=re.compile(rf"^\s*{LIT}\b")).first
    node.scroll_into_view_if_needed()
    tab.evaluate("scrollTo(0, 0)")
    node.hover()
    return tab.screenshot(full_page=False)


def main() -> int:
    """Write docs/images/office.png; 2 where there is no Chromium, 1 where the picture would be too large."""
    chromium = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
    if chromium is None:
        sys.stderr.write("needs a Chromium on the path\n")
        return 2
    with tempfile.TemporaryDirectory() as folder, office(folder) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", locale="en")
        taken = shot(context.new_page(), address)
        browser.close()
    out = io.BytesIO()
    Image.open(io.BytesIO(taken)).convert("RGB").quantize(128).save(out, "PNG", optimize=True)
    if len(out.getvalue()) > LARGEST:
        sys.stderr.write(f"{len(out.getvalue())} bytes are too many: {LARGEST} at most\n")
        return 1
    TARGET.write_bytes(out.getvalue())
    print(f"{TARGET} {len(out.getvalue())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
