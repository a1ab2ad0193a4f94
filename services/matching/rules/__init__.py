"""Matching's decisions: values in, verdict and policy row out. No database, no clock."""
