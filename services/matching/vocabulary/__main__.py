"""`python -m services.matching.vocabulary import FOLDER` reads ESCO's own CSV files into the product's."""

import argparse
import sys
from pathlib import Path

from services.matching.vocabulary.esco import ESCO
from services.matching.vocabulary.importing import WrongFile, import_esco


def main() -> None:
    """Read the command."""
    parser = argparse.ArgumentParser(prog="python -m services.matching.vocabulary", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("import").add_argument("folder", type=Path)
    told = parser.parse_args()
    try:
        sys.stdout.write(f"{import_esco(told.folder, ESCO)}\n")
    except WrongFile as wrong:
        sys.exit(str(wrong))


if __name__ == "__main__":
    main()
