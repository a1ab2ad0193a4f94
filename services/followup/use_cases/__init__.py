"""Follow-up's verbs, by noun. Each writes its rows and tells of them on the next line, in the caller's transaction."""

from pathlib import Path

from shared.policy import Policy

POLICY = Policy.load(Path(__file__).parents[1] / "policy.toml")
TAKEN_BACK = "taken_back"
