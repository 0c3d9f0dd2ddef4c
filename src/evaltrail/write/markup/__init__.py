"""Markup: what the formats made of elements share, and the parts that each is built of.

Paper --sections, lists, grid--> a tree as mark-up nests it --page | akoma--> text
"""
