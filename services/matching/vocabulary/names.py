"""All that a title of ESCO-STAR is called: its own name, and those that ESCO knows for the same work."""

from collections.abc import Mapping
from functools import cache

from services.matching.vocabulary import esco
from services.matching.vocabulary.words import folded
from shared.occupations import occupations


@cache
def others() -> Mapping[str, tuple[str, ...]]:
    """For each folded name that is no title itself the ids of the titles that it is said for."""
    own = {folded(known.title) for known in occupations().values()}
    concepts = esco.concepts()
    found: dict[str, dict[str, None]] = {}
    for star_id in occupations():
        for concept, relation in esco.links().get(star_id, ()):
            if relation == "exactMatch" and concept in concepts and not concept.startswith("C"):
                for label in (concepts[concept].label, *concepts[concept].others):
                    found.setdefault(folded(label), {})[star_id] = None
    return {name: tuple(ids) for name, ids in found.items() if name and name not in own}
