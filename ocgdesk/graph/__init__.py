"""Networks as values, and what can be computed of them."""
