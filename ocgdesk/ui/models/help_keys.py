"""Every key and gesture there is, by where it works: the one list the help page shows."""

from dataclasses import dataclass
from typing import Final

from ocgdesk.i18n import N_


@dataclass(frozen=True, slots=True)
class Key:
    """A key or gesture, and what it does. Names of keys are not translated."""

    keys: str
    does: str


@dataclass(frozen=True, slots=True)
class Place:
    """Keys that work in one place."""

    title: str
    keys: tuple[Key, ...]


PLACES: Final = (
    Place(
        N_("Everywhere"),
        (
            Key("Ctrl+K", N_("Search everything, go anywhere")),
            Key("Ctrl+Z", N_("Undo your newest act")),
            Key("Ctrl+Y, Ctrl+Shift+Z", N_("Do it again")),
            Key("Ctrl+T", N_("Open something in a new tab")),
            Key("Ctrl+W", N_("Close the tab")),
            Key("Ctrl+Shift+T", N_("Open the tab closed last")),
            Key("Ctrl+Tab, Ctrl+Shift+Tab", N_("Next tab, previous tab")),
            Key("Alt+1 … Alt+9", N_("Go to a place of the rail")),
            Key("Ctrl+B", N_("Fold the rail, or open it")),
            Key("Ctrl+I", N_("Show the inspector, or hide it (on a chart: invert the selection)")),
            Key("F6, Shift+F6", N_("Next part of the window, previous part")),
            Key("Ctrl+L", N_("Lock now")),
            Key("F1", N_("The guide, at the chapter of this page")),
            Key("Esc", N_("Leave the gesture, then the selection, never the work")),
        ),
    ),
    Place(
        N_("Search"),
        (
            Key("07*321, AB?2 CDE", N_("A star stands for any part, a question mark for one sign")),
            Key("Tab", N_("Next group of results")),
            Key("Ctrl+Enter", N_("Open the result in a new tab")),
            Key("Ctrl+S", N_("Save the search, and let it watch")),
            Key("F2, Delete", N_("Change a saved search, remove it")),
        ),
    ),
    Place(
        N_("Tables"),
        (
            Key("↑ ↓ Home End", N_("Move through the rows")),
            Key("Shift, Ctrl", N_("Extend the selection, add single rows")),
            Key("Enter, double click", N_("Open the row")),
            Key("Ctrl+Enter", N_("Open the row in a new tab")),
            Key("Click on a header", N_("Sort; again turns the order round; Shift adds a column")),
        ),
    ),
    Place(
        N_("Register"),
        (
            Key("Ctrl+F", N_("Find among these rows")),
            Key("Ctrl+N", N_("New record")),
            Key("Space, click on the box", N_("Tick the row; Shift+click ticks all rows between")),
            Key("Ctrl+A, Esc", N_("Tick every row, none")),
            Key("Drag, Shift+arrows", N_("Select cells; Ctrl+click adds others")),
            Key("Ctrl+Space, Shift+Space", N_("Select the whole column, the whole row")),
            Key("F2, typing", N_("Edit the cell; Enter goes down, Tab to the next, Esc leaves it")),
            Key("Ctrl+D", N_("Fill down: the first selected row into those below")),
            Key("Ctrl+;", N_("Today's date")),
            Key("Delete", N_("Empty the selected cells")),
            Key("Ctrl+C, Ctrl+Shift+C", N_("Copy what is selected or ticked; with headings")),
            Key("Ctrl+V", N_("Paste a block: shown first, taken in as one act")),
            Key("Alt+↓, chevron of a header", N_("Filter by the column")),
            Key("Drag a header", N_("Put the column in another place; its edge draws its width")),
            Key("Ctrl+E", N_("Export the rows as they are shown")),
            Key("Shift+Delete", N_("Delete what is ticked; undo brings it back")),
        ),
    ),
    Place(
        N_("Record"),
        (
            Key("Ctrl+1 … Ctrl+9", N_("Go to a tab of the record")),
            Key("Ctrl+R", N_("Go to the 4P plan (at home: start the next review)")),
            Key("C", N_("Draw a chart round the record")),
            Key("B", N_("Record the check-back of a county line that is due")),
            Key("Shift+A", N_("Analyse what is round the record")),
            Key("Shift+T", N_("Draw the timeline of the record")),
            Key("F2", N_("Edit")),
            Key("Insert", N_("Add to the list of the tab")),
            Key("Delete", N_("Remove from the list of the tab")),
            Key("Shift+Delete", N_("Delete the record; undo brings it back")),
        ),
    ),
    Place(
        N_("Analysis"),
        (
            Key("Ctrl+1 … Ctrl+7", N_("Go to a part of the analysis")),
            Key("F5", N_("Ask, or compute again")),
            Key("Ctrl+G", N_("Show the answer on a chart, in its order")),
            Key("Ctrl+S", N_("Keep the answer")),
            Key("Ctrl+Shift+C", N_("Copy the path for a statement")),
            Key("Space", N_("Tick who would be removed")),
        ),
    ),
    Place(
        N_("4P plan"),
        (
            Key("A", N_("Add an action")),
            Key("Arrows", N_("Move from card to card")),
            Key("Alt+←, Alt+→", N_("Move the action to the next strand")),
            Key("Space", N_("Mark the action done, or not done")),
            Key("Enter, F2", N_("Edit the action")),
            Key("Ctrl+Enter", N_("Save what was edited")),
            Key("Delete", N_("Remove the action; undo brings it back")),
            Key("Ctrl+R", N_("Review and sign, and back to the plan")),
            Key("Ctrl+P", N_("Print the plan")),
            Key("Ctrl+E", N_("Export the plan")),
        ),
    ),
    Place(
        N_("Handle triage"),
        (
            Key("J, K", N_("Next handle, previous handle")),
            Key("1 … 5", N_("Disposition, and on to the next handle")),
            Key("↑ ↓", N_("Choose a candidate")),
            Key("Space", N_("Show the grounds of the candidate, or hide them")),
            Key("Enter, C", N_("Propose, review or confirm the candidate")),
            Key("B", N_("Review as probable")),
            Key("R, N", N_("Reject with a reason, send back to development")),
            Key("S, T", N_("Supersede, take up again")),
            Key("A", N_("Put somebody forward")),
            Key("G, E", N_("Add a ground; edit, or take grounds out")),
            Key("L", N_("Steps taken with the candidate so far")),
            Key("P", N_("Flag as possibly privileged, or review the flag")),
            Key("H", N_("Hand over")),
            Key("U", N_("Undo")),
            Key("/", N_("Find a handle")),
            Key("O", N_("Open the record on its ledger")),
        ),
    ),
    Place(
        N_("Tasking"),
        (
            Key("Ctrl+1 … Ctrl+5", N_("Meetings, gateway, what changed, caseload, lessons")),
            Key("Ctrl+N", N_("Call a meeting, receive a request, record a lesson")),
            Key("Ctrl+E", N_("Export the delta pack; on Reminders, the calendar")),
            Key("F2, Insert", N_("Decide on the agenda item, add one")),
        ),
    ),
    Place(
        N_("Bin"),
        (
            Key("Enter", N_("Show the record as it was before it was removed")),
            Key("Ctrl+Shift+R", N_("Put back what is chosen")),
        ),
    ),
    Place(
        N_("Quality"),
        (
            Key("Enter", N_("From the rule into its records; open the record")),
            Key("F5", N_("Count again")),
            Key("Ctrl+N", N_("Add a rule")),
        ),
    ),
    Place(
        N_("Reference data"),
        (
            Key("F2, Enter", N_("Write the words of the value")),
            Key("Insert", N_("Add a value")),
            Key("Delete", N_("Retire the value, or offer it again")),
            Key("Alt+↑, Alt+↓", N_("Move the value up or down")),
            Key("Ctrl+S", N_("Save an edition of the list")),
        ),
    ),
    Place(
        N_("Forms"),
        (
            Key("F2, Enter, double click", N_("Edit the field")),
            Key("Tab", N_("Keep what was typed and go on")),
            Key("Esc", N_("Leave the field as it was")),
            Key("Right click, Shift+F10, Menu", N_("Sources of the field; add what one says")),
        ),
    ),
    Place(
        N_("Chart: mouse"),
        (
            Key("Wheel", N_("Zoom at the pointer; Shift moves sideways")),
            Key("Left drag on the ground", N_("Select with a box; Shift adds, Ctrl toggles")),
            Key("Alt+left drag", N_("Select with a lasso")),
            Key("Middle drag, right drag, Space+drag", N_("Move the view")),
            Key("Double click on an item", N_("Open its record")),
            Key("Double click on a note", N_("Edit it in place; Ctrl+Enter keeps it")),
            Key("Double click on the ground", N_("Select nothing")),
            Key("Drag from the palette, or click and click", N_("Put a record or a note down")),
            Key("Drag from the + of an item", N_("Draw a line to another item: a link")),
            Key("Right click, Shift+F10, Menu", N_("What can be done here")),
        ),
    ),
    Place(
        N_("Time bar"),
        (
            Key("Drag", N_("Brush months; an edge resizes the brush, its middle moves it")),
            Key("← →", N_("Move the brush by a month; Shift its end, Ctrl its beginning")),
            Key("Home, End", N_("Reach to the first month, to the last")),
            Key("Esc, double click", N_("Take the brush away")),
        ),
    ),
    Place(
        N_("Timeline"),
        (
            Key("Ctrl+wheel, +, -", N_("Less time, more time")),
            Key("Drag, Shift+wheel, Ctrl+←, Ctrl+→", N_("Earlier, later")),
            Key("← →, ↑ ↓", N_("Next event on the line, next line")),
            Key("Enter, double click", N_("Open what the event is of")),
            Key("Z", N_("Show all the time")),
            Key("Ctrl+E", N_("Export the timeline")),
        ),
    ),
    Place(
        N_("Map"),
        (
            Key("Wheel, +, -", N_("Closer, farther")),
            Key("Drag, arrows", N_("Move the map")),
            Key("N, P", N_("Next flow, previous flow")),
            Key("Enter, double click", N_("Open the line of the flow")),
            Key("Z", N_("Show all flows")),
            Key("Ctrl+E", N_("Export the map")),
        ),
    ),
    Place(
        N_("Chart: keys"),
        (
            Key("Ctrl+0, F", N_("Show everything")),
            Key("Ctrl+9, Shift+F", N_("Show what is selected")),
            Key("Ctrl+Plus, Ctrl+Minus", N_("Zoom in, zoom out")),
            Key("Ctrl+A, Ctrl+Shift+A, Ctrl+I", N_("Select all, nothing, the others")),
            Key("Ctrl+arrows, Tab", N_("Go to the next item that way, in reading order")),
            Key("N", N_("Select the neighbours too")),
            Key("P", N_("Select a shortest way between the two items selected")),
            Key("E", N_("Expand by what is linked")),
            Key("H, Shift+H", N_("Hide what is selected, show what is hidden")),
            Key("L", N_("Link the two items selected, or draw a line")),
            Key("T", N_("Write a note about the item selected")),
            Key("F2", N_("Rename in place; several: edit their shared fields")),
            Key("Delete", N_("Take off the chart; the record stays")),
            Key("Shift+Delete", N_("Delete the record or link; undo brings it back")),
            Key("Ctrl+C, Ctrl+X, Ctrl+V", N_("Copy, cut, paste between charts")),
            Key("Ctrl+D", N_("Duplicate a sketch or a note")),
            Key("← → ↑ ↓", N_("Nudge what is selected; Shift takes longer steps")),
            Key("Enter", N_("Open the record; of a sketch: put it into the register")),
            Key("Alt+Enter, G", N_("Go to the selection in the inspector, to the legend")),
            Key("Ctrl+G", N_("Draw the OCG as one item, or open it; all if none is chosen")),
            Key("Ctrl+F", N_("Find on this chart")),
            Key("Ctrl+S, Ctrl+Shift+S", N_("Save the chart, save a copy of it")),
            Key("Ctrl+E", N_("Export the chart")),
            Key("Ctrl+Shift+C", N_("Copy the chart as a picture")),
            Key("Ctrl+P", N_("Print the chart, after a preview")),
        ),
    ),
    Place(
        N_("Matrix"),
        (
            Key("← → ↑ ↓", N_("Go to the next square")),
            Key("Enter, double click", N_("Show the two OCGs on the chart of OCGs")),
            Key("Ctrl+E", N_("Export the matrix")),
        ),
    ),
    Place(
        N_("Import"),
        (
            Key("Drop a file anywhere", N_("Read it and show what it would do")),
            Key("F8", N_("Next problem")),
            Key("F2", N_("Put the problem right")),
            Key("M", N_("Take the row as the record it may be")),
            Key("Y", N_("Let it come in as new, maybe the same")),
            Key("N", N_("It is new after all")),
            Key("U", N_("Take back what was decided of the row")),
            Key("J", N_("Go to the next row that is not decided yet")),
            Key("X", N_("Look at the next record it may be")),
            Key("Ctrl+Enter", N_("Take in what is new and changed")),
        ),
    ),
    Place(
        N_("Duplicates"),
        (
            Key("M", N_("Merge the two, with the values chosen")),
            Key("Y", N_("Link them as maybe the same")),
            Key("N", N_("Never the same")),
            Key("J", N_("Skip to the next pair")),
            Key("X", N_("Keep the other of the two")),
            Key("Click on a value", N_("Take it; in the last column, the next choice")),
            Key("F5", N_("Compare everything again")),
        ),
    ),
    Place(
        N_("Audit"),
        (
            Key("F5", N_("Read the journal again")),
            Key("Ctrl+Shift+V", N_("Verify the chain")),
        ),
    ),
)
