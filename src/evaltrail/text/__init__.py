"""Text: normalising, sentences, numbers with units, and language packs (data files)."""
