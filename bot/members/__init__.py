"""Members: who takes part, what they need and offer, how often they want to meet somebody, and how to leave."""
