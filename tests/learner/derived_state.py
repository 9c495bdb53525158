from __future__ import annotations

from companion.learner.store import Store
from companion.learner.tables import DERIVED_TABLES


def derived_state(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every derived row, table by table."""
    connection = store._connection
    return {table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in DERIVED_TABLES}
