"""``python -m csa_desk``: the command line."""

import sys

from csa_desk.cli import main

if __name__ == "__main__":
    sys.exit(main())
