"""On PostgreSQL the counts of the bank's terms have room beside them: a changed count then stays on its page, and no index is
written for it. Pages that are full already are as before until they are emptied."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute("ALTER TABLE bank_terms SET (fillfactor = 50)")


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute("ALTER TABLE bank_terms RESET (fillfactor)")
