"""`python -m services.matching.vocabulary import FOLDER` reads ESCO's own CSV files; `rebuild` works out the table."""

import argparse
import sys
from pathlib import Path

import numpy as np

from services.matching.vocabulary import related
from services.matching.vocabulary.esco import ESCO
from services.matching.vocabulary.importing import WrongFile, import_esco
from services.matching.vocabulary.profiles import Profiles, star_mixtures


def rebuild() -> None:
    """The table of related occupations."""
    profiles = Profiles()
    likeness = profiles.likeness(star_mixtures(profiles))
    np.save(related.TABLE, np.rint(likeness * related.WHOLE).astype(np.uint8))
    sys.stdout.write(f"{related.TABLE.name}: {len(likeness)} occupations\n")


def main() -> None:
    """Read the command."""
    parser = argparse.ArgumentParser(prog="python -m services.matching.vocabulary", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("rebuild")
    commands.add_parser("import").add_argument("folder", type=Path)
    told = parser.parse_args()
    if told.command == "import":
        try:
            sys.stdout.write(f"{import_esco(told.folder, ESCO)}\n")
        except WrongFile as wrong:
            sys.exit(str(wrong))
    rebuild()


if __name__ == "__main__":
    main()
