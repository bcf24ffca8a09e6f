"""CSA Desk: offline, encrypted casework for people who support children after sexual abuse."""
