"""A file that is a report and no table: offered to be looked through, or taken as a table."""

from PySide6.QtWidgets import QWidget

from ocgdesk.exchange.running_text import RunningText
from ocgdesk.i18n import _
from ocgdesk.ui.dialogs.finds_dialog import Source
from ocgdesk.ui.pages.import_views import PASTED
from ocgdesk.ui.widgets.notes import EmptyState


class TextOffer(EmptyState):
    """Says that a file is a text, or asks whether it is one, with both ways on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.found: RunningText | None = None

    def offer(self, found: RunningText) -> None:
        """Offer what was found."""
        self.found = found
        name = found.told.source.name
        sure = _("{name} is a report, not a table. Look through it for numbers, plates and names?")
        unsure = _("{name} can be read as a report or as a table. Which is it?")
        self.show_words(
            (sure if found.sure else unsure).format(name=name),
            _("Look through it"),
            icon="action.search",
            other=_("Take it as a table"),
        )

    def source(self) -> Source | None:
        """Return the text as it is looked through, with the file it came from, if any."""
        if self.found is None:
            return None
        told = self.found.told
        is_file = told.source.name != PASTED
        return Source(text=told.text, file=told.source if is_file else None)
