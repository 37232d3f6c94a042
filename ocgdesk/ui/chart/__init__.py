"""The link chart on screen: canvas, minimap, legend and the list that mirrors it."""
