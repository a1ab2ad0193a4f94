"""What a new web process makes ready beside its first requests, so that nobody waits for it."""

import subprocess
import sys

# Of a process of its own: what this one has made ready already would hide what a new one lacks.
LOOK_UP = """
from services.matching.web import warm
from services.matching.rules import titles
from services.matching.vocabulary import esco, linking, names, related

warm()
made = (linking.evidence, linking.weights, esco.concepts, esco.links, names.others, related.table)
before = [one.cache_info().misses for one in made]
assert titles.choices("gulvlægger")
assert related.table() is not None
assert before == [one.cache_info().misses for one in made] == [1] * len(made), before
"""


def test_the_first_look_up_of_a_title_finds_everything_made_ready() -> None:
    done = subprocess.run([sys.executable, "-c", LOOK_UP], check=False, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
