"""Layout: a PDF's objects to an outline.

objects (words, rules, fills, images of one page) → lines → columns, tables, boxes → furniture, contents → blocks
"""
