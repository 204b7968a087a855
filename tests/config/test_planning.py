"""What a database is told when a connection begins."""

from contextlib import nullcontext
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.db.backends.signals import connection_created


@pytest.mark.parametrize(("vendor", "told"), [("postgresql", 1), ("sqlite", 0)])
def test_postgresql_alone_is_told_that_rows_elsewhere_cost_little(vendor, told):
    cursor = Mock()
    connection = SimpleNamespace(vendor=vendor, cursor=lambda: nullcontext(cursor))
    connection_created.send(sender=None, connection=connection)
    assert [call.args[0] for call in cursor.execute.call_args_list] == ["SET random_page_cost = 1.1"] * told
