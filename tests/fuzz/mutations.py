"""Ways in which a file goes bad, as Hypothesis strategies."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache

from hypothesis import strategies as st

ODD = (
    *("\u202e", "\u200f", "\ufeff", "\u0000", "\u0301" * 40, "\ufffd", "\U0001f6a2", "\u2028", "\x0c", "\x1b[2J", "\u00ad", "\ue000"),
    *("Recommendation 1:", "Finding 9999999999999999999999", "(a)", "1.", "•", "<table>", "</td>", "<!--", "&#x110000;", "|---|", "```"),
    *("(" * 60, "." * 200, "- " * 60, "9" * 400, "a" * 5000, "1.1.1.1.1.1.1.1.1", "US$25 million", "%", "\t" * 50, "\r\n" * 20),
)
"""Characters and words that parsers and recognisers stumble over."""

ODD_BYTES = st.sampled_from([o.encode("utf-8") for o in ODD])

NUMBERS = (b"0", b"-1", b"4294967296", b"99999999999999999999", b"1e309", b"NaN", b"0.0000001", b"-2147483648")


@dataclass(frozen=True)
class Damage:
    """One thing that goes wrong, at a share of the file's length, so that it is small to print and holds for any file."""

    how: str
    at: float
    length: int = 1
    to: float = 0.0
    times: int = 1
    content: bytes = b""

    def do(self, out: bytearray) -> None:
        """Damage the bytes."""
        at = int(self.at * len(out))
        piece = out[at : at + self.length]
        if self.how == "flip":
            out[at] ^= 1 << self.length % 8
        elif self.how == "cut":
            del out[max(at, len(out) // 4) :]
        elif self.how == "remove":
            del out[at : at + self.length]
        elif self.how == "double":
            out[at:at] = piece * self.times
        elif self.how == "move":
            del out[at : at + self.length]
            to = int(self.to * len(out))
            out[to:to] = piece
        elif self.how == "number":
            _replace_number(out, at, self.content)
        else:
            out[at:at] = self.content


def damages(most: int = 8) -> st.SearchStrategy[list[Damage]]:
    """Up to so many things that go wrong with one file."""
    share = st.floats(0, 1, exclude_max=True, allow_subnormal=False)
    length = st.sampled_from((1, 2, 3, 16, 256, 4096))
    one = st.one_of(
        st.builds(Damage, st.sampled_from(("flip", "cut", "remove")), share, length),
        st.builds(Damage, st.just("double"), share, length, times=st.sampled_from((1, 3, 50))),
        st.builds(Damage, st.just("move"), share, length, share),
        st.builds(Damage, st.just("number"), share, content=st.sampled_from(NUMBERS)),
        st.builds(Damage, st.just("insert"), share, content=st.one_of(st.binary(min_size=1, max_size=40), ODD_BYTES)),
    )
    return st.lists(one, min_size=1, max_size=most)


def damaged(data: bytes, what: list[Damage]) -> bytes:
    """The data with all of it gone wrong."""
    out = bytearray(data)
    for one in what:
        if out:
            one.do(out)
    return bytes(out)


def _replace_number(out: bytearray, at: int, number: bytes) -> None:
    """Put another number in the place of the next one after ``at``."""
    digits = b"0123456789"
    start = next((i for i in range(at, min(at + 2000, len(out))) if out[i] in digits), None)
    if start is not None:
        end = start
        while end < len(out) and out[end] in digits:
            end += 1
        out[start:end] = number


def damaged_inside_zip(data: bytes, what: list[Damage]) -> bytes:
    """A ZIP whose members are damaged inside, so that the damage reaches the parser behind the checksums.

    Each damage falls on the member that its ``to`` points to; a "cut" takes the member away.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as z, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = [i.filename for i in z.infolist()]
        # The main document is what most of the reading is about.
        likely = [n for n in names if n.endswith((".xml", ".rels"))] + ["word/document.xml"] * len(names)
        hit = [(likely[int(w.to * len(likely))], w) for w in what]
        for name in names:
            here = [w for n, w in hit if n == name]
            if name == "word/document.xml" or not any(w.how == "cut" for w in here):
                new.writestr(name, damaged(z.read(name), here))
    return out.getvalue()


@cache
def unpacked_pdf(data: bytes) -> bytes:
    """A PDF with its streams unpacked, so that damage falls on drawing commands and not on a checksum.

    The table of offsets goes wrong by it; PDFium then looks for the objects itself.
    """
    out = bytearray()
    at = 0
    while (start := data.find(b"stream", at)) >= 0:
        body = start + len(b"stream")
        body += 2 if data[body : body + 2] == b"\r\n" else 1
        end = data.find(b"endstream", body)
        head = data.rfind(b"obj", 0, start)
        if end < 0:
            break
        piece = data[at:body]
        content = data[body:end]
        if b"FlateDecode" in data[head:start] and b"/DecodeParms" not in data[head:start] and b"/ObjStm" not in data[head:start]:
            content = _inflate(content, otherwise=content)
            if content is not data[body:end]:
                piece = piece.replace(b"/Filter /FlateDecode", b"").replace(b"/Filter/FlateDecode", b"")
        out += piece + content + b"endstream"
        at = end + len(b"endstream")
    out += data[at:]
    return bytes(out)


def _inflate(data: bytes, *, otherwise: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, 1 << 24)
    except zlib.error:
        return otherwise


def variant(suffix: str, data: bytes, what: list[Damage], *, inside: bool) -> bytes:
    """A damaged variant of a file: outside, or inside its container or its packed streams."""
    if inside and suffix == ".docx":
        return damaged_inside_zip(data, what)
    return damaged(unpacked_pdf(data) if inside and suffix == ".pdf" else data, what)
