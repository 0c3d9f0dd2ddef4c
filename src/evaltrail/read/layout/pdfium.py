"""PDFium's calls as bare ctypes functions.

pypdfium2 declares pointer types for every argument, and converting them is most of the price of a small call. These
prototypes take addresses as integers: three times as cheap, which matters at thousands of calls a page. Nothing here checks anything.
"""

from __future__ import annotations

import ctypes
from ctypes import c_double, c_float, c_int, c_uint, c_ulong, c_void_p
from typing import Any

from pypdfium2 import raw


def _bind(name: str, result: Any, *arguments: Any) -> Any:
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(getattr(raw, name), c_void_p).value or 0)


page_objects = _bind("FPDFPage_CountObjects", c_int, c_void_p)
page_object = _bind("FPDFPage_GetObject", c_void_p, c_void_p, c_int)
form_objects = _bind("FPDFFormObj_CountObjects", c_int, c_void_p)
form_object = _bind("FPDFFormObj_GetObject", c_void_p, c_void_p, c_uint)
object_type = _bind("FPDFPageObj_GetType", c_int, c_void_p)
object_bounds = _bind("FPDFPageObj_GetBounds", c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
object_matrix = _bind("FPDFPageObj_GetMatrix", c_int, c_void_p, c_void_p)
object_active = _bind("FPDFPageObj_GetIsActive", c_int, c_void_p, c_void_p)
fill_colour = _bind("FPDFPageObj_GetFillColor", c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
stroke_colour = _bind("FPDFPageObj_GetStrokeColor", c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
transparent = _bind("FPDFPageObj_HasTransparency", c_int, c_void_p)
stroke_width = _bind("FPDFPageObj_GetStrokeWidth", c_int, c_void_p, c_void_p)
path_segments = _bind("FPDFPath_CountSegments", c_int, c_void_p)
path_segment = _bind("FPDFPath_GetPathSegment", c_void_p, c_void_p, c_int)
path_mode = _bind("FPDFPath_GetDrawMode", c_int, c_void_p, c_void_p, c_void_p)
segment_point = _bind("FPDFPathSegment_GetPoint", c_int, c_void_p, c_void_p, c_void_p)
segment_type = _bind("FPDFPathSegment_GetType", c_int, c_void_p)
segment_close = _bind("FPDFPathSegment_GetClose", c_int, c_void_p)
object_content = _bind("FPDFPageObj_GetMarkedContentID", c_int, c_void_p)
structure = _bind("FPDF_StructTree_GetForPage", c_void_p, c_void_p)
structure_close = _bind("FPDF_StructTree_Close", None, c_void_p)
structure_roots = _bind("FPDF_StructTree_CountChildren", c_int, c_void_p)
structure_root = _bind("FPDF_StructTree_GetChildAtIndex", c_void_p, c_void_p, c_int)
element_children = _bind("FPDF_StructElement_CountChildren", c_int, c_void_p)
element_child = _bind("FPDF_StructElement_GetChildAtIndex", c_void_p, c_void_p, c_int)
element_type = _bind("FPDF_StructElement_GetType", c_ulong, c_void_p, c_void_p, c_ulong)
element_contents = _bind("FPDF_StructElement_GetMarkedContentIdCount", c_int, c_void_p)
element_content = _bind("FPDF_StructElement_GetMarkedContentIdAtIndex", c_int, c_void_p, c_int)
text_font = _bind("FPDFTextObj_GetFont", c_void_p, c_void_p)
text_size = _bind("FPDFTextObj_GetFontSize", c_int, c_void_p, c_void_p)
text_mode = _bind("FPDFTextObj_GetTextRenderMode", c_int, c_void_p)
text_of = _bind("FPDFTextObj_GetText", c_ulong, c_void_p, c_void_p, c_void_p, c_ulong)
font_name = _bind("FPDFFont_GetBaseFontName", c_ulong, c_void_p, c_void_p, c_ulong)
font_weight = _bind("FPDFFont_GetWeight", c_int, c_void_p)
font_flags = _bind("FPDFFont_GetFlags", c_int, c_void_p)
font_angle = _bind("FPDFFont_GetItalicAngle", c_int, c_void_p, c_void_p)
chars = _bind("FPDFText_CountChars", c_int, c_void_p)
page_text = _bind("FPDFText_GetText", c_int, c_void_p, c_int, c_int, c_void_p)
char_unicode = _bind("FPDFText_GetUnicode", c_uint, c_void_p, c_int)
char_object = _bind("FPDFText_GetTextObject", c_void_p, c_void_p, c_int)
char_box = _bind("FPDFText_GetCharBox", c_int, c_void_p, c_int, c_void_p, c_void_p, c_void_p, c_void_p)
char_loose_box = _bind("FPDFText_GetLooseCharBox", c_int, c_void_p, c_int, c_void_p)
char_origin = _bind("FPDFText_GetCharOrigin", c_int, c_void_p, c_int, c_void_p, c_void_p)
char_matrix = _bind("FPDFText_GetMatrix", c_int, c_void_p, c_int, c_void_p)
char_map_error = _bind("FPDFText_HasUnicodeMapError", c_int, c_void_p, c_int)
char_generated = _bind("FPDFText_IsGenerated", c_int, c_void_p, c_int)


class Doubles:
    """Doubles in memory with their addresses, for calls that answer through pointers."""

    __slots__ = ("addresses", "cells")

    def __init__(self, count: int) -> None:
        self.cells = tuple(c_double() for _ in range(count))
        self.addresses = tuple(ctypes.addressof(c) for c in self.cells)


class Floats:
    """An array of floats in memory with the address of each."""

    __slots__ = ("addresses", "array")

    def __init__(self, count: int) -> None:
        self.array = (c_float * count)()
        base = ctypes.addressof(self.array)
        self.addresses = tuple(base + 4 * i for i in range(count))


class Unsigned:
    """An array of unsigned integers in memory with the address of each."""

    __slots__ = ("addresses", "array")

    def __init__(self, count: int) -> None:
        self.array = (c_uint * count)()
        base = ctypes.addressof(self.array)
        self.addresses = tuple(base + 4 * i for i in range(count))


def address(handle: Any) -> int:
    """The address behind a pypdfium2 raw handle."""
    return ctypes.cast(handle, c_void_p).value or 0
