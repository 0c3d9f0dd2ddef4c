"""WordprocessingML (ECMA-376, ISO 29500 transitional): the parts of a DOCX that a paper becomes.

    Paper --numbers, notes, targets--> body --package--> bytes

Elements are written as strings by ``xml.w``, which escapes; their order inside properties is the schema's, which Word insists on.
"""
