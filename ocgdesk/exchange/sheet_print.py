"""How a sheet of a workbook is printed: marked, and as few pages wide as can be read."""

from typing import Any, Final

from ocgdesk.exchange.about_file import AboutFile

_A4: Final = 9
_A3: Final = 8
_UPRIGHT: Final = 95
"""Letters across: a sheet of more is printed lying."""
_ONE_PAGE: Final = 240
"""Letters across: a sheet of more is printed on A3."""
_ONE_LARGE_PAGE: Final = 340
"""Letters across: a sheet of more takes several such pages side by side, and repeats its names."""


def prepare(page: Any, about: AboutFile, marking: str, wide: int) -> None:
    """Have a sheet printed as wide as a page, its marking and its titles on each.

    :param page: The sheet, of xlsxwriter.
    :param wide: How many letters its columns are wide together.
    """
    page.set_header(about.header(marking))
    page.set_footer(about.footer(marking))
    page.repeat_rows(0, 1)
    page.set_paper(_A4 if wide <= _ONE_PAGE else _A3)
    page.set_margins(left=0.5, right=0.5)
    if wide > _UPRIGHT:
        page.set_landscape()
    pages = max(1, -(-wide // _ONE_LARGE_PAGE))
    page.fit_to_pages(pages, 0)
    if pages > 1:
        page.repeat_columns(0, 0)
