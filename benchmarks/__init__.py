"""Speed, as ratios against a named peer or limit in the same run: ``make bench``, or ``make bench ARGS="startup matching"``.

Nothing here is a test: a slow machine fails nothing, it only shows.
"""
