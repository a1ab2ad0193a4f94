"""Matching's verbs."""

from pathlib import Path

from shared.policy import Policy

POLICY = Policy.load(Path(__file__).parents[1] / "policy.toml")
