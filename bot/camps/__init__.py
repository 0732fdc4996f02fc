"""Camps: a day on which the academy meets, who comes, and what people are told before and after."""
