"""Processes that test beside each other do not meet in a database or a copied store."""

from pathlib import Path

import pytest

from tests.made import Made
from tests.postgresql import Databases, own
from tests.store.bridge import fill
from verify.review.decisions import decide
from verify.settings import Settings
from verify.store import connect, views
from verify.store.store import Store


@pytest.mark.postgresql
def test_each_process_has_a_database_of_its_own_on_a_named_server(
    databases: Databases, tmp_path: Path
):
    urls = [own(databases.url, worker) for worker in ("gw7", "gw8")]
    stores = [Store.open(Settings(data_dir=tmp_path, database_url=url)) for url in urls]
    fill(stores[0])
    assert [views.claims(store)[1] for store in stores] == [4, 0]
    again = own(databases.url, "gw7")
    assert connect.revision(connect.connect(again)) is None
    assert own(databases.url, "") == databases.url


def test_a_store_that_is_copied_is_as_it_was_made_whatever_was_done_to_others(
    made: Made, tmp_path: Path
):
    one, other = (
        made.opened(Settings(data_dir=tmp_path / name), fill) for name in ("one", "other")
    )
    decide(one, "claim", "c1", "verified", reviewer="Ada", seen_version=0)
    later = made.opened(Settings(data_dir=tmp_path / "later"), fill)
    for store, status in ((one, "verified"), (other, "unreviewed"), (later, "unreviewed")):
        assert views.claims(store)[0].set_index("claim_id")["status"]["c1"] == status
