"""``python -m evaltrail``: the same as the command ``evaltrail``."""

import sys

from evaltrail.cli import main

if __name__ == "__main__":
    sys.exit(main())
