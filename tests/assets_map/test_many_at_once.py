"""Several threads of a web process ask after the same barriers and areas at once, and the process lives on."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# In a process of its own: what goes wrong here ends it.
ASKING = """
import django; django.setup()
import numpy as np, shapely
from concurrent.futures import ThreadPoolExecutor
from assets_map.areas import AreaIndex, KnownArea
from assets_map.barriers import Drawn, barriers_crossed, own
from assets_map.distance import Point

river = (Drawn("River", shapely.LineString([(bend / 100, np.sin(bend) / 100) for bend in range(60)])),)
areas = AreaIndex((KnownArea(str(at), str(at), "ward"), shapely.Point(at / 10, 0).buffer(0.2)) for at in range(6))

def ask(number):
    chance = np.random.default_rng(number)
    lats, lons = chance.random(150) / 10 - 0.05, chance.random(150) * 0.6
    found = barriers_crossed(Point(0.04, 0.3), own(river), lats, lons)
    return sum(map(bool, found)) + len(areas.codes_at(Point(0.0, float(lons[0]))))

with ThreadPoolExecutor(8) as threads:
    at_once = list(threads.map(ask, range(3_000)))
assert at_once == [ask(number) for number in range(3_000)]
print("all the same")
"""


def test_threads_that_ask_at_once_are_told_what_one_is_told():
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    environment["PYTHONPATH"] = f"{ROOT / 'site'}{os.pathsep}{ROOT}"
    ended = subprocess.run(
        [sys.executable, "-c", ASKING], env=environment, capture_output=True, text=True, timeout=240, check=False
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert ended.stdout.strip() == "all the same"
