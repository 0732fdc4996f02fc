"""The ways out of the core: one folder a platform, and one a kind of model."""
