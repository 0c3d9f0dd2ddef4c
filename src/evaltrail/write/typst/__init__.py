"""A paper as source of typst: every word as a string literal, so that no character of a text is ever read as markup.

    Paper --source--> typst source --formats/pdf--> PDF

``paper.typ`` says how each kind of block looks; the modules here only call what it defines.
"""
