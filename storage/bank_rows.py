"""The tables of the knowledge bank. What finds a note by its words stands beside them (:mod:`storage.bank_search`)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import InWorkspace, Row, WithId

# By its bytes, on both databases, so that what begins with a word lies together.
TERM = Text().with_variant(Text(collation="C"), "postgresql")


class BankNoteRow(WithId, Row):
    """A published note. ``seq`` counts what was put in, over all academies; ``terms`` and ``tokens`` are what the index keeps
    (:mod:`bot.bank.weighing`)."""

    __tablename__ = "bank_notes"
    __table_args__ = (Index(None, "seq"), Index(None, "workspace_id", "audience", "seq"))

    seq: Mapped[int]
    author_id: Mapped[UUID]
    took_part: Mapped[list[str]]
    audience: Mapped[str]
    content: Mapped[dict[str, object]]
    themes: Mapped[list[str]]
    sectors: Mapped[list[str]]
    place: Mapped[str]
    version: Mapped[int]
    published_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    links_sealed: Mapped[str]
    worked: Mapped[int]
    terms: Mapped[str]
    tokens: Mapped[str]


class BankTermRow(InWorkspace, Row):
    """In how many notes of the academy a term stands; the empty one counts the notes. ``mirror`` is the term backwards, by
    which it is found by its end."""

    __tablename__ = "bank_terms"
    __table_args__ = (Index(None, "workspace_id", "mirror"),)

    term: Mapped[str] = mapped_column(TERM, primary_key=True)
    mirror: Mapped[str] = mapped_column(TERM)
    notes: Mapped[int]


class BankTrialRow(InWorkspace, Row):
    """What one member says of trying what a note tells."""

    __tablename__ = "bank_trials"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "note_id"], ["bank_notes.workspace_id", "bank_notes.id"]),
        Index(None, "workspace_id", "member_id"),
    )

    note_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    outcome: Mapped[str]
    place: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]


class BankVectorRow(InWorkspace, Row):
    """What a model says of the sentences of a note, in one version of it."""

    __tablename__ = "bank_vectors"
    __table_args__ = (ForeignKeyConstraint(["workspace_id", "note_id"], ["bank_notes.workspace_id", "bank_notes.id"]),)

    note_id: Mapped[UUID] = mapped_column(primary_key=True)
    model: Mapped[str]
    version: Mapped[int]
    vectors: Mapped[bytes]


class BankWithdrawnRow(WithId, Row):
    """A note that everybody could see once and nobody outside can any more: its page says so."""

    __tablename__ = "bank_withdrawn"
