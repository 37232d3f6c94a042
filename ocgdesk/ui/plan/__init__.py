"""The 4P plan on screen: cards, columns, board, and the panel an action is edited in."""
