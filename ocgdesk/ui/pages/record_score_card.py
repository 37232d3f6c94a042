"""One sheet's score in a card: result, matrix, every factor with its reason, the trend."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import assessments
from ocgdesk.casework.assessments import Reckoned, Side
from ocgdesk.domain import scoring_sheets
from ocgdesk.domain.dates import shown
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.scoring import Source
from ocgdesk.domain.scoring_sheets import Factor, Sheet
from ocgdesk.domain.values import Answer
from ocgdesk.i18n import _
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models import score_looks
from ocgdesk.ui.widgets.buttons import text_button
from ocgdesk.ui.widgets.cards import Card, Rule
from ocgdesk.ui.widgets.labels import ElidedLabel, Label
from ocgdesk.ui.widgets.scores import MatrixView, ScoreMark, TrendPlot

_LEVEL: Final = 84


class ScoreCard(Card):
    """How an OCG was scored by one sheet: the newest assessment, or one chosen from the list."""

    newest_wanted = Signal()

    def __init__(self, sheet_name: str, parent: QWidget | None = None) -> None:
        super().__init__(margins=(16, 12, 16, 14), parent=parent)
        self.sheet: Sheet = scoring_sheets.sheet(sheet_name)
        self.side: Side | None = None
        self.one: Reckoned | None = None
        self.body.setSpacing(8)
        title = Label(_(self.sheet.title), step="section")
        self.basis = ElidedLabel("", step="small", ink="text.3")
        self.body.addWidget(title)
        self.body.addWidget(self.basis)
        self.setAccessibleName(_(self.sheet.title))
        self.said = QWidget(self)
        self._row = QHBoxLayout(self.said)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self.body.addWidget(self.said)
        self.by = Label("", step="small", ink="text.2", wrap=True)
        self.back = text_button(_("Show the newest"), icon="action.undo")
        self.back.clicked.connect(self._on_back)
        self.body.addWidget(self.by)
        self.body.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.back.hide()
        self.matrix = MatrixView(self)
        self.matrix.setVisible(self.sheet.matrix is not None)
        self.body.addWidget(self.matrix)
        self.reasons = Label("", ink="text.2", wrap=True)
        self.body.addWidget(self.reasons)
        self.plot = TrendPlot(self)
        self.trend = Label("", step="small", ink="text.2", wrap=True)
        self.body.addWidget(self.plot)
        self.body.addWidget(self.trend)
        self._rule = Rule()
        self.body.addWidget(self._rule)
        self.factors = QWidget(self)
        self._factors = QVBoxLayout(self.factors)
        self._factors.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.factors)

    def show_side(self, side: Side) -> None:
        """Show the newest score of the sheet and how it went."""
        self.side = side
        self._show_trend(side)
        if side.newest is None:
            self._show_nothing()
        else:
            self.show_one(side.newest)

    def show_one(self, found: Reckoned) -> None:
        """Show one assessment of the sheet; the trend stays."""
        self.one = found
        newest = self.side is not None and self.side.newest is not None
        is_newest = newest and self.side is not None and self.side.newest == found
        self.back.setVisible(not is_newest)
        self.basis.setText(self._basis_words(found))
        self._show_headline(found)
        self.by.setText(_by_words(found))
        matrix = score_looks.matrix(self.sheet, found)
        if matrix is not None:
            self.matrix.show_matrix(matrix)
        self.matrix.setVisible(matrix is not None and bool(found.score.parts))
        self.reasons.setText("\n".join(found.score.reasons))
        self.reasons.show()
        self._show_factors(found)

    def _show_nothing(self) -> None:
        self.one = None
        self.back.hide()
        self.basis.setText(self._basis_words(None))
        _empty(self._row)
        self._row.addWidget(Label(_("Not assessed"), step="heading", ink="text.2"), 1)
        self.by.setText(_("Nobody has scored it by this sheet."))
        self.matrix.hide()
        self.reasons.hide()
        self.factors.hide()
        self._rule.hide()

    def _basis_words(self, found: Reckoned | None) -> str:
        if found is not None and found.score.source is Source.OFFICIAL:
            return _("Official score, typed in as it was given")
        version = found.score.version if found else self.sheet.version
        told = _("Version {n}, {basis}")
        return told.format(n=version, basis=_(assessments.LOCAL_DEFAULT))

    def _show_headline(self, found: Reckoned) -> None:
        _empty(self._row)
        number = found.score.result if found.score.parts else found.assessment.total
        if number is not None:
            self._row.addWidget(Label(f"{number:,.0f}", step="figure.large"))
        if found.score.band and score_looks.bands_of(self.sheet) and found.score.parts:
            self._row.addWidget(ScoreMark(score_looks.mark(self.sheet, found)), 1)
        elif number is None:
            words = assessments.headline(found)
            self._row.addWidget(Label(words, step="heading", wrap=True), 1)
        else:
            band = assessments.band_words(self.sheet.name, found.score.band)
            self._row.addWidget(Label(band, step="heading"), 1)

    def _show_trend(self, side: Side) -> None:
        words = "\n".join(
            f"{line.title}: {trend.words}" if len(side.trends) > 1 else trend.words
            for line, trend in zip(score_looks.lines(side), side.trends, strict=True)
        )
        self.plot.show_lines(score_looks.lines(side), words)
        self.plot.setVisible(any(len(trend.points) > 1 for trend in side.trends))
        self.trend.setText(words)
        self.trend.setVisible(bool(words))

    def _show_factors(self, found: Reckoned) -> None:
        answers = {answer.factor: answer for answer in found.assessment.answers}
        _empty(self._factors)
        sheet = found.sheet or self.sheet
        for block in sheet.blocks if answers else ():
            self._factors.addWidget(Label(_(block.label), step="small", weight="strong"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(2)
            grid.setColumnStretch(0, 1)
            for row, factor in enumerate(sheet.factors_of(block.code)):
                _add_factor(grid, row, factor, answers.get(factor.code))
            held = QWidget(self.factors)
            held.setLayout(grid)
            grid.setContentsMargins(0, 0, 0, 6)
            self._factors.addWidget(held)
        self.factors.setVisible(bool(answers))
        self._rule.setVisible(bool(answers))

    def _on_back(self) -> None:
        if self.side is not None:
            self.show_side(self.side)
        self.newest_wanted.emit()


def _add_factor(grid: QGridLayout, row: int, factor: Factor, answer: Answer | None) -> None:
    """Put a factor with its level into a grid, and below it why."""
    words, ink = _level_words(factor, answer)
    name = Label(_(factor.label), wrap=True)
    level = Label(words, ink=ink, weight="medium")
    level.setMinimumWidth(px(_LEVEL))
    name.setAccessibleName(f"{_(factor.label)}: {words}")
    grid.addWidget(name, 2 * row, 0)
    grid.addWidget(level, 2 * row, 1, Qt.AlignmentFlag.AlignTop)
    if answer is not None and answer.rationale:
        reason = Label(answer.rationale, step="small", ink="text.3", wrap=True)
        grid.addWidget(reason, 2 * row + 1, 0, 1, 2)


def _level_words(factor: Factor, answer: Answer | None) -> tuple[str, str]:
    if answer is None or not answer.value:
        return _("Not answered"), "text.3"
    known = next((one for one in factor.scale.levels if one.code == answer.value), None)
    if known is None:
        return answer.value, "text"
    return _(known.label), "due" if known.code == "unknown" else "text"


def _by_words(found: Reckoned) -> str:
    item = found.assessment
    parts = [item.scorer, label("agencies", item.agency)]
    parts += [shown(item.assessed)] if item.assessed else []
    said = ", ".join(part for part in parts if part)
    return f"{said}\n{item.rationale}" if item.rationale else said


def _empty(layout: QHBoxLayout | QVBoxLayout) -> None:
    """Take all widgets out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
