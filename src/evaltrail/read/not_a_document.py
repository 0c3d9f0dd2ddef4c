"""Files of kinds that Evaltrail does not read, told by their first bytes, each with what to do about it.

Sources of the signatures: the formats' own specifications (PNG, RFC 1952, APPNOTE.TXT 4.3, MS-CFB 2.2, …).
"""

from __future__ import annotations

import io
import re
import zipfile

from evaltrail.read.formats import Unreadable

_OFFICE = "Open it in Word or LibreOffice and save it as DOCX or PDF"
_PICTURE = "Put it into a PDF, whose pages are then read by OCR"
_SHEET = "Export the paper it belongs to as PDF or DOCX; a spreadsheet alone holds no report"
_SLIDES = "Export it as PDF and read that"
_UNPACK = "Unpack it and read the files in it"
_SOUND = "Read a transcript of it as DOCX or text"

# Beginning of the file → what it is, remedy.
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", _PICTURE),
    (b"\xff\xd8\xff", "a JPEG picture", _PICTURE),
    (b"GIF87a", "a GIF picture", _PICTURE),
    (b"GIF89a", "a GIF picture", _PICTURE),
    (b"II*\x00", "a TIFF picture", _PICTURE),
    (b"MM\x00*", "a TIFF picture", _PICTURE),
    (b"\x00\x00\x01\x00", "an icon", _PICTURE),
    (b"8BPS", "a Photoshop picture", _PICTURE),
    (b"{\\rtf", "an RTF text", _OFFICE),
    (b"\xdb\xa5-\x00", "a Word 2 document", _OFFICE),
    (b"\xffWPC", "a WordPerfect document", _OFFICE),
    (b"%!PS", "PostScript", "Convert it with ps2pdf and read the PDF"),
    (b"AT&TFORM", "a DjVu scan", "Convert it with ddjvu -format=pdf and read the PDF"),
    (b"\x7fELF", "a program", "Name a document"),
    (b"MZ", "a Windows program", "Name a document"),
    (b"\xcf\xfa\xed\xfe", "a program", "Name a document"),
    (b"\xca\xfe\xba\xbe", "a program", "Name a document"),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"(\xb5/\xfd", "a zstd archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"SQLite format 3\x00", "a database", "Name a document"),
    (b"OggS", "a sound recording", _SOUND),
    (b"ID3", "a sound recording", _SOUND),
    (b"fLaC", "a sound recording", _SOUND),
    (b"\x1aE\xdf\xa3", "a film", _SOUND),
    (b"wOFF", "a font", "Name a document"),
    (b"wOF2", "a font", "Name a document"),
    (b"OTTO", "a font", "Name a document"),
    (b"\x00\x01\x00\x00\x00", "a font", "Name a document"),
)

_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Name of a stream in a compound file (as UTF-16) → what it is, remedy. The first that is there counts.
_STREAMS: tuple[tuple[str, str, str], ...] = (
    ("WordDocument", "a Word 97–2003 document (.doc)", _OFFICE),
    ("Workbook", "an Excel 97–2003 spreadsheet (.xls)", _SHEET),
    ("PowerPoint Document", "a PowerPoint 97–2003 presentation (.ppt)", _SLIDES),
    ("__substg1.0", "an Outlook message (.msg)", "Save the paper attached to it and read that"),
)

# A name in a ZIP container → what it is, remedy.
_MEMBERS: tuple[tuple[str, str, str], ...] = (
    ("xl/workbook.xml", "an Excel spreadsheet (.xlsx)", _SHEET),
    ("xl/workbook.bin", "an Excel spreadsheet (.xlsb)", _SHEET),
    ("ppt/presentation.xml", "a PowerPoint presentation (.pptx)", _SLIDES),
    ("visio/document.xml", "a Visio drawing", _SLIDES),
    ("META-INF/container.xml", "an e-book (EPUB)", "Convert it to PDF or HTML and read that"),
    ("META-INF/MANIFEST.MF", "a Java program", "Name a document"),
    ("Index/Document.iwa", "an Apple Pages document", "Export it as DOCX or PDF and read that"),
)

# Content of the member "mimetype" (OpenDocument 1.3 part 2, 3.3; EPUB OCF 4.3) → what it is, remedy.
_MIMETYPES: tuple[tuple[bytes, str, str], ...] = (
    (b"application/vnd.oasis.opendocument.text", "an OpenDocument text (.odt)", _OFFICE),
    (b"application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)", _SHEET),
    (b"application/vnd.oasis.opendocument.presentation", "an OpenDocument presentation (.odp)", _SLIDES),
    (b"application/epub", "an e-book (EPUB)", "Convert it to PDF or HTML and read that"),
)

ENDINGS = frozenset(
    {".doc", ".dot", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp", ".rtf", ".epub", ".zip", ".gz", ".7z", ".rar"}
    | {".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".eml", ".msg", ".mht", ".mhtml", ".json", ".ps", ".exe"}
)
"""Endings that promise another kind of file, so that a paper with one of them is named wrongly."""

_MAIL_FIELD = re.compile(rb"(?im)^(Received|Return-Path|Message-ID|MIME-Version|Delivered-To|X-Mailer|Date|From|To|Subject):[ \t]")
_RECORD = re.compile(rb'\A\s*\{\s*"schema"\s*:\s*"evaltrail\.record/')


def refuse_foreign(data: bytes) -> None:
    """Raise ``Unreadable`` where the content is of a known kind that is not a document to be read."""
    for signature, what, remedy in _SIGNATURES:
        # Letters alone may begin a text too ("MZ" is Mozambique); what they sign is binary.
        if data.startswith(signature) and (not signature.isalnum() or 0 in data[:512]):
            raise _no_document(what, remedy)
    if data.startswith(b"RIFF") and data[8:12] in {b"WEBP", b"WAVE", b"AVI "}:
        raise _no_document(*(("a WebP picture", _PICTURE) if data[8:12] == b"WEBP" else ("a recording", _SOUND)))
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        raise _no_document("a BMP picture", _PICTURE)
    if data[4:8] == b"ftyp" and data[:1] == b"\0":
        raise _no_document(*(("a HEIC picture", _PICTURE) if data[8:11] in {b"hei", b"mif", b"avi"} else ("a film", _SOUND)))
    if data[257:262] == b"ustar":
        raise _no_document("a tar archive", _UNPACK)
    if data.startswith(_CFB):
        raise _compound(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _refuse_zip(data)
    _refuse_text(data[:4096])


def _no_document(what: str, remedy: str) -> Unreadable:
    return Unreadable("not-a-document", f"it is {what}, which is not read. {remedy}")


def _compound(data: bytes) -> Unreadable:
    """What a compound file (OLE) is, by the names in its directory, which may stand anywhere in it."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Unreadable("encrypted", "it is protected by a password. Open it with the password and save a copy without one")
    for name, what, remedy in _STREAMS:
        if name.encode("utf-16-le") in data:
            return _no_document(what, remedy)
    return _no_document("an old Office file", _OFFICE)


def _refuse_zip(data: bytes) -> None:
    """Let a DOCX through, refuse the other containers by name."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as z:
            names = set(z.namelist())
            mimetype = z.open("mimetype").read(100) if "mimetype" in names else b""
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError, KeyError):
        # RuntimeError: an encrypted member; the others: what is cut off or damaged.
        raise Unreadable("truncated", "it is a ZIP container (as DOCX is) that is damaged or cut off. Fetch or save it again") from None
    if "[Content_Types].xml" in names and _has_word_part(names):
        return
    for beginning, what, remedy in _MIMETYPES:
        if mimetype.startswith(beginning):
            raise _no_document(what, remedy)
    for member, what, remedy in _MEMBERS:
        if member in names:
            raise _no_document(what, remedy)
    raise _no_document("a ZIP archive and no DOCX (it holds no word/document.xml)", _UNPACK)


def _has_word_part(names: set[str]) -> bool:
    """Whether the main part may stand under another name than usual (ECMA-376 part 2 lets relationships name it)."""
    return any(n.lower().startswith("word/") and n.lower().endswith(".xml") for n in names)


def _refuse_text(head: bytes) -> None:
    if _RECORD.match(head):
        raise Unreadable("not-a-document", "it is a record already, not a paper. Read the paper that it was made from")
    fields = {m.group(1).lower() for m in _MAIL_FIELD.finditer(head.partition(b"\r\n\r\n")[0].partition(b"\n\n")[0])}
    if b"mime-version" in fields and b"multipart/related" in head:
        raise _no_document("a web page archive (MHTML)", "Open it in a browser and save it as HTML or PDF")
    if len(fields) >= 4 and fields & {b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to"}:
        raise _no_document("an e-mail message", "Save the paper attached to it and read that")
