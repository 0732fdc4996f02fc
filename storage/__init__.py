"""Where everything is kept: SQLAlchemy on SQLite or PostgreSQL, behind the ports of the core."""
