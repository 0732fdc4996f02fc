"""Case notes: from what people wrote to each other to what others can use, with a person who decides at each step."""
