"""The command line: arguments in, one call into the library, output and exit code out.

Every command is a module in ``commands/``, found by scanning.  Nothing heavy is imported before a command runs.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import signal
import sys
from typing import TYPE_CHECKING, Any

from evaltrail import __version__
from evaltrail.cli.say import fit_streams, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

DESCRIPTION = "Carries an evaluation from evidence to action, and keeps every statement tied to the place it came from."
EPILOG = """\
exit codes:
  0    everything was done; evaltrail check: and nothing was found; evaltrail diff: and both versions say the same
  1    evaltrail check found something in a paper; evaltrail diff found that the versions differ
  2    nothing could be read or written, or the command was called wrongly; one line says why
  3    done in part: some of a file, or some of several files, could not be read; a line each says why
  130  stopped by Ctrl-C

EVALTRAIL_DEBUG=1 in the environment shows where a fault of the program itself lies.
"""

INTERRUPTED = 130
BROKEN_PIPE = 141
FAULT = 70


def command_modules() -> dict[str, Any]:
    """Every command's module by the command's name.

    A command module has ``NAME``, ``HELP``, ``add_arguments(parser)`` and ``run(args) -> int``.
    """
    from evaltrail.cli import commands as package

    names = sorted(m.name for m in pkgutil.iter_modules(package.__path__) if not m.name.startswith("_"))
    modules = [importlib.import_module(f"{package.__name__}.{n}") for n in names]
    return {m.NAME: m for m in modules}


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line, of which the reference is made too."""
    parser = argparse.ArgumentParser(
        prog="evaltrail", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"evaltrail {__version__}", help="print the version and stop")
    sub = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, module in command_modules().items():
        # The module's docstring says at length what HELP says in a line.
        one = sub.add_parser(name, help=module.HELP, description=module.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
        module.add_arguments(one)
        one.set_defaults(run=module.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. ``argv`` is without the program's name; None: that of the process."""
    fit_streams()
    _end_on_termination()
    try:
        args = build_parser().parse_args(argv)
        code = int(args.run(args))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has seen enough. Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except OSError as e:
        return _failed(e, f"{e.strerror or e}{f' ({e.filename})' if e.filename else ''}", 2)
    except Exception as e:  # noqa: BLE001 - a person at a terminal gets one line, not a traceback
        return _failed(e, f"a fault in Evaltrail ({type(e).__name__}: {e}). Please report it; EVALTRAIL_DEBUG=1 shows where it lies", FAULT)
    return code


def _failed(error: Exception, message: str, code: int) -> int:
    if os.environ.get("EVALTRAIL_DEBUG"):
        raise error
    say(message)
    return code


def _end_on_termination() -> None:
    """End as after Ctrl-C when the system asks to: processes that were started are ended with this one."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    try:
        signal.signal(signal.SIGTERM, end)
    except ValueError:
        return  # not in the main thread: whoever called keeps the say
