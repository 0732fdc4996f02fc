"""For a migration that takes away what an older version still needs: from then on that version refuses to start."""

import sqlalchemy as sa
from alembic import op

from storage.upgrade import FLOOR


def raise_floor(version: str) -> None:
    """Only this version of the schema's code, and newer ones, may work on the database any more. Called in a migration."""
    connection = op.get_bind()
    if not sa.inspect(connection).has_table(FLOOR):
        op.create_table(FLOOR, sa.Column("version", sa.Text(), nullable=False))
    floor = sa.table(FLOOR, sa.column("version", sa.Text()))
    op.execute(sa.delete(floor))
    op.execute(sa.insert(floor).values(version=version))
