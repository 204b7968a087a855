"""The same numbers for Prometheus, under names that never change: `text(parts)`."""

from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from config.health.part import NUMBERS, Part

PREFIX = "hereabouts_"
STATE = ("health_state", "How each part is: 0 good, 1 to be looked at soon, 2 to be looked at now.")


class Parts(Collector):
    """What was just looked at; nothing is counted between two looks."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self.parts = list(parts)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        states = GaugeMetricFamily(PREFIX + STATE[0], STATE[1], labels=["part"])
        for part in self.parts:
            states.add_metric([part.slug], part.state)
        yield states
        for name, (means, labels) in NUMBERS.items():
            family = GaugeMetricFamily(PREFIX + name, means, labels=labels)
            for number in (number for part in self.parts for number in part.numbers if number.name == name):
                family.add_metric(number.labels, number.value)
            yield family


def text(parts: Iterable[Part]) -> bytes:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Parts(parts))
    return generate_latest(registry)
