"""Commands of the command line that need no academy: they read files, print, and write nothing."""
