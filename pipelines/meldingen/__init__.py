"""Who must hear of it: one message for each cause of trouble, once, and a sign of life so that silence is noticed."""
