"""The core of Brobygger: it knows the academy and its people, and no platform, database or web framework."""
