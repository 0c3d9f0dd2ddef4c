"""What several faults do to a draft."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from recall_mutations.draft import Draft, Leaf, NotHere

if TYPE_CHECKING:
    from random import Random

BODY = ("background", "background.logic", "method.data", "method.analysis", "method.ethics", "findings", "ratings", "response")


def running(draft: Draft, *keys: str) -> list[tuple[Leaf, int]]:
    """Paragraphs of running text by leaf and index."""
    wanted = keys or BODY
    found = [
        (x, i) for x in draft.leaves if x.key in wanted for i, b in enumerate(x.blocks) if isinstance(b, str) and not re.match(r"[-|\d]", b)
    ]
    if not found:
        raise NotHere("a paragraph")
    return found


def add_sentence(draft: Draft, rng: Random, words: str, *keys: str) -> str:
    """Put a sentence at the end of a paragraph, or a paragraph of its own behind it."""
    leaf, i = rng.choice(running(draft, *keys))
    if rng.random() < 0.5:
        leaf.blocks[i] = f"{leaf.blocks[i]} {words}"
    else:
        leaf.blocks.insert(i + 1, words)
    return f"“{words}” in {leaf.key}"


def everywhere(draft: Draft, pattern: str, new: Any) -> int:
    """Replace in all words of the paper; how often."""
    count = 0
    compiled = re.compile(pattern)

    def swap(text: str) -> str:
        nonlocal count
        text, n = compiled.subn(new, text)
        count += n
        return text

    draft.title = swap(draft.title)
    draft.front = [swap(x) for x in draft.front]
    for leaf in draft.leaves:
        leaf.heading = swap(leaf.heading)
        for i, b in enumerate(leaf.blocks):
            if isinstance(b, str):
                leaf.blocks[i] = swap(b)
            else:
                b.title = swap(b.title)
                b.rows = [[swap(c) for c in r] for r in b.rows]
    for part in draft.parts:
        part.title = swap(part.title)
        for f in part.findings:
            f.text, f.evidence = swap(f.text), [swap(e) for e in f.evidence]
        for o in (*part.conclusions, *part.lessons, *part.practices):
            o.text, o.basis = swap(o.text), swap(o.basis)
        for r in part.recommendations:
            r.text, r.measure, r.basis = swap(r.text), swap(r.measure), swap(r.basis)
        for a in part.responses:
            a.sentences = [swap(s) for s in a.sentences]
            for x in a.actions:
                x.text = swap(x.text)
        for tables in part.facts.get("tables", {}).values():
            for t in tables:
                t.title = swap(t.title)
                t.rows = [[swap(c) for c in r] for r in t.rows]
    draft.notes = {n: swap(t) for n, t in draft.notes.items()}
    return count


def drop_block(leaf: Leaf, *words: str) -> str:
    """Take out the paragraph that holds one of the words."""
    for i, b in enumerate(leaf.blocks):
        if isinstance(b, str) and any(w in b.lower() for w in words):
            return str(leaf.blocks.pop(i))
    raise NotHere(words[0])


def slip(rng: Random, word: str) -> str:
    """A word with one letter swapped, left out or doubled inside."""
    if len(word) < 4:
        raise NotHere("a long word")
    while True:
        i = rng.randrange(1, len(word) - 2)
        kind = rng.choice(("swap", "drop", "double"))
        new = (
            word[:i] + word[i + 1] + word[i] + word[i + 2 :]
            if kind == "swap"
            else word[:i] + word[i + 1 :]
            if kind == "drop"
            else word[: i + 1] + word[i:]
        )
        if new != word:
            return new
