"""Charts and networks of other programs, in and out: readers give a ``Net``, writers take one."""
