"""Before a chart leaves as a file: to whom, why, in what form, how large and how fine."""

from pathlib import Path
from typing import Any, Final

from ocgdesk.i18n import N_, _
from ocgdesk.ui.dialogs.disclosure_dialog import DisclosureDialog
from ocgdesk.ui.dialogs.paper_fields import Paper, PaperFields, choose
from ocgdesk.ui.widgets.inputs import CheckBox

FORMATS: Final = (
    ("png", N_("PNG picture")),
    ("svg", N_("SVG drawing")),
    ("pdf", N_("PDF page")),
    ("pptx", N_("PowerPoint slide, native shapes")),
    ("anx", N_("Analyst's Notebook exchange")),
    ("graphml", N_("GraphML network")),
    ("gexf", N_("GEXF network (Gephi)")),
    ("gml", N_("GML network")),
    ("net", N_("Pajek network")),
    ("json", N_("JSON, nodes and links")),
    ("csv", N_("CSV, a row for each link")),
)


class ChartExportDialog(DisclosureDialog):
    """Asks what every export asks, and for the paper; ``paper`` holds that."""

    def __init__(
        self, what: str, suggested: Path, *, offer_ghosts: bool = False, **more: Any
    ) -> None:
        super().__init__(what, suggested, title=_("Export chart"), formats=FORMATS, **more)
        self.ghosts = CheckBox(_("With the open requirements that are shown, on a picture"))
        self.ghosts.setVisible(offer_ghosts)
        self.body.insertWidget(self.body.count() - 1, self.ghosts)
        self.fields_of_paper = PaperFields()
        self.fields.insertWidget(self.fields.indexOf(self.format) + 1, self.fields_of_paper)
        self.format.changed.connect(self._on_form)
        self._on_form()

    @property
    def paper(self) -> Paper:
        """The sheet, how fine, and whether it is cut."""
        return self.fields_of_paper.paper

    def _on_form(self) -> None:
        form = self.format.text
        self.fields_of_paper.offer(dpi=form == "png", tiles=form == "pdf")
        if form == "pptx":
            choose(self.fields_of_paper.sheet, "slide")
        elif self.paper.size == "slide":
            choose(self.fields_of_paper.sheet, "a4")
