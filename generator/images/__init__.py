"""Pictures that are worth waiting for, and that no story waits for: made from what is published, at leisure."""
