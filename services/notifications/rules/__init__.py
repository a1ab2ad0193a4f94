"""Decisions and words: values in, verdicts and letters out. No database, no clock."""
