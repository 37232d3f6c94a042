"""Values and rules that would hold on paper. Nothing here knows of files or windows."""
