"""Intake's verbs. Each writes its rows and tells of them on the next line, in the caller's transaction."""

from pathlib import Path

from shared.policy import Policy

POLICY = Policy.load(Path(__file__).parents[1] / "policy.toml")
