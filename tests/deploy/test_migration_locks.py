"""Which migrations `make check` shows to squawk."""

import pytest

from deploy import locks


@pytest.mark.parametrize("service", locks.RAN_BEFORE)
def test_no_migration_that_is_still_to_be_written_is_left_alone(service: str) -> None:
    folder = "shared/migrations/versions" if service == "shared" else f"services/{service}/migrations"
    newest = max(int(file.name[:4]) for file in (locks.ROOT / folder).glob("[0-9]*.py"))

    assert locks.RAN_BEFORE[service] <= newest
