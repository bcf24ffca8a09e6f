"""Measuring the budgets of design §13 against floors, in one run: ``make bench``."""
