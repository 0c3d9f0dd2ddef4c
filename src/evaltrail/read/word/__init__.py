"""WordprocessingML (ECMA-376): the container, styles, numbering, notes, tables and charts of a DOCX.

bytes --Package--> parts --Styles, Numbering--> BodyReader --drafts--> blocks
"""
