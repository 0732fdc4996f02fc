"""One member on two platforms, and one academy on two platforms."""
