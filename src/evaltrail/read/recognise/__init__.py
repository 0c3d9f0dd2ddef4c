"""Recognisers: outline to record.

``sections`` and ``labels`` say where a block stands and what it is called; ``statements``, ``matrices`` and
``responses`` find what is stated; ``fields``, ``ratings``, ``decisions``, ``quantities`` read what belongs to it.
The words they look for are data (``evaltrail.text.packs``).
"""
