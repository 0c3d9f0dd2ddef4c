"""Shared by the formats without pages (HTML, Markdown, DOCX): drafts of blocks that know where each character stands.

    tree --walk--> Composer --drafts--> finish --> Block

The readers write everything that a person sees into one page's text, in reading order.
What is set aside (navigation, contents lists, page headers) is written there too, but becomes no block.
"""
