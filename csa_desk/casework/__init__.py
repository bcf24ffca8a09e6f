"""One function for each thing a practitioner does: transaction, right, history, disclosure."""
