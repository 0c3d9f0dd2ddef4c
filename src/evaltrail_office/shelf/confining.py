"""What a child process that opens a file of others may take. It imports nothing, so that such a process can."""

from __future__ import annotations

import sys


def confine(memory: int, seconds: int, descriptors: int | None = None) -> None:
    """Let the system refuse more than this to the process, and every file that it would write.

    ``memory`` is in bytes of addresses, ``seconds`` of computing; ``descriptors`` is how many files may be open at once, None for as many
    as before. None of it can be raised again. Does nothing where the system has no such limits.
    """
    if sys.platform == "win32":
        return
    import resource

    bounds = [(resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)]
    if descriptors is not None:
        bounds.append((resource.RLIMIT_NOFILE, descriptors))
    for which, bound in bounds:
        _, hard = resource.getrlimit(which)
        resource.setrlimit(which, (bound, bound) if hard == resource.RLIM_INFINITY else (min(bound, hard), min(bound, hard)))
