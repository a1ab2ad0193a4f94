"""The verbs of notifications, and the policy rows they judge by."""

from pathlib import Path

from shared.policy import Policy

POLICY = Policy.load(Path(__file__).parent.parent / "policy.toml")
