"""The demo: an academy of invented members on the facts of a real camp, and the first steps in it."""
