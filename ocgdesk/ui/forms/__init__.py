"""Forms made from the descriptions of a kind's fields."""
