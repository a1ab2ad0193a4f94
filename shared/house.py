"""The policy rows that hold for all services alike."""

from pathlib import Path

from shared.policy import Policy

HOUSE = Policy.load(Path(__file__).with_name("policy.toml"))
