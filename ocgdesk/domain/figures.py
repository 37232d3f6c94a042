"""Figures as people read them."""


def figure(value: float | None) -> str:
    """Return a number as people read it: whole where it is whole, else to four figures.

    A dash stands for one that is not known.
    """
    if value is None:
        return "–"
    return f"{value:,.0f}" if value == round(value) or abs(value) >= 1_000 else f"{value:.4g}"
