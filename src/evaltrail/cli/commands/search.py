"""Search the office's statements and passages, as its search page does; only what the person may see is found.

Words in quotation marks stand beside each other; a word after a minus sign stands nowhere in it. Accents, case and endings do not
matter. Put -- before a query that begins with a minus sign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

NAME = "search"
HELP = "search the office's statements and passages"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is looked for, and who looks."""
    from evaltrail.cli.arguments import whole
    from evaltrail.cli.office import add_data

    parser.add_argument("query", metavar="QUERY", nargs="+", help="words to look for")
    parser.add_argument("--as", dest="person", metavar="EMAIL", help="who looks (default: the head of evaluation, where there is one)")
    parser.add_argument(
        "--kind", metavar="KIND", action="append", help="only this kind of statement, or passage; may be given several times"
    )
    parser.add_argument("--evaluation", metavar="KEY", default="", help="only papers of this evaluation")
    parser.add_argument("--limit", metavar="N", type=whole, default=20, help="hits to show at most (default: %(default)s)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="lines for people, or JSON (default: %(default)s)")
    add_data(parser)


def run(args: argparse.Namespace) -> int:
    """Search."""
    from evaltrail.cli.office import enter

    query = " ".join(f'"{word}"' if " " in word and '"' not in word and len(args.query) > 1 else word for word in args.query)
    narrowed = {"kinds": args.kind or (), "evaluation": args.evaluation, "limit": args.limit}
    return enter("site.commands.search", query, who=args.person, form=args.format, data=args.data, **narrowed)
