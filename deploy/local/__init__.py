"""The suite on a bare machine, with servers of its own. Standard library only: this makes the venv."""
