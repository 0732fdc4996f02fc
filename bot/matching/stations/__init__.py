"""Mixed groups: stations of a camp, and groups of three to five for a challenge. The doors are in ``making.py``."""
