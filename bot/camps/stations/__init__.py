"""Stations: the mixed groups in which those who come to a camp work, from the first draft to what people are told."""
