"""What CSA Desk holds: frozen records, closed lists and rules. Standard library only."""
