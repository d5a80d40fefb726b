"""Run the command line as `python -m afweging`."""

import sys

from afweging.cli import main

if __name__ == "__main__":
    sys.exit(main())
