"""The `hereabouts` command line, run from a checkout."""

import sys
from pathlib import Path

SITE = Path(__file__).resolve().parent

if __name__ == "__main__":
    # First on the path, so that `config`, `accounts`, `outbox` and `website` are found without an install.
    sys.path[:0] = [str(SITE), str(SITE.parent)]
    from config.cli import main

    main()
