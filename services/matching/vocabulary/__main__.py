"""`python -m services.matching.vocabulary rebuild`: what is worked out of ESCO's files, made anew from them."""

import argparse
import sys

import numpy as np

from services.matching.vocabulary import related
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
    parser.add_argument("command", choices=["rebuild"])
    parser.parse_args()
    rebuild()


if __name__ == "__main__":
    main()
