import datetime as dt

import pytest

from assets_map.gazetteer import gazetteer_path
from assets_map.gazetteer_build import build_gazetteer
from assets_map.postcode_table import PostcodeTable

# Two live postcodes of Thurrock and one that was closed.
POSTCODES = {"RM18 8AD": (51.4617, 0.3616), "RM17 6SL": (51.4753, 0.3262), "RM16 9ZZ": (51.49, 0.33)}


@pytest.fixture
def some_postcodes(data_dir):
    """A gazetteer of three postcodes."""
    table = PostcodeTable.of_columns(
        [postcode.replace(" ", "") for postcode in POSTCODES],
        source="test",
        vintage=dt.date(2025, 11, 1),
        lats=[lat for lat, _lon in POSTCODES.values()],
        lons=[lon for _lat, lon in POSTCODES.values()],
        districts=["E06000034"] * 3,
        ended=["", "", "202001"],
    )
    return build_gazetteer(gazetteer_path(), table)
