"""Maps of the directory: who does what, and what there is for whom."""
