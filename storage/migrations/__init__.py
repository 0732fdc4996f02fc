"""The steps from one schema to the next, run from code by ``storage/upgrade.py``."""
