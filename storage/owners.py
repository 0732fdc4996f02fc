"""Whose accounts some are: asked at each vote, so that the statement is built once; that takes longer than asking."""

from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, and_, bindparam, select

from storage.rows import AccountRow, MemberRow


@cache
def whose_accounts() -> "Select[*tuple[Any, ...]]":
    """Its parameters: ``here`` (the workspace), ``on`` (the platform) and ``users``."""
    columns = (AccountRow.platform, AccountRow.user, MemberRow.id, MemberRow.language, MemberRow.timezone)
    owned = and_(AccountRow.workspace_id == MemberRow.workspace_id, AccountRow.member_id == MemberRow.id)
    here = select(*columns).join(MemberRow, owned).where(AccountRow.workspace_id == bindparam("here"))
    users: BindParameter[str] = bindparam("users", expanding=True)
    return here.where(AccountRow.platform == bindparam("on"), AccountRow.user.in_(users))
