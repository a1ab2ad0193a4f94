"""`make faults`: the fault matrix, played on the running suite under real traffic (docs/operations.md, "Faults")."""
