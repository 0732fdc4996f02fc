"""What Alembic runs for every step. The connection comes from ``storage/upgrade.py``; there is no ini file and no offline
mode."""

from alembic import context
from sqlalchemy import Connection

from storage.schema import METADATA


def run(connection: Connection) -> None:
    """Runs the steps in the transaction that the connection is in."""
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
