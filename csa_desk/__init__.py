"""CSA Desk: offline, encrypted casework for people who support children after sexual abuse."""

__version__ = "0.1.0"
