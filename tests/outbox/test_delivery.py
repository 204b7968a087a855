"""What becomes of owed work: delivered once, tried again, or parked for a person."""

import datetime as dt
import logging

import pytest
from django.utils import timezone

from outbox.claims import claim, wait_after
from outbox.delivery import deliver_due, deliver_everything_due
from outbox.models import OwedWork
from outbox.problems import in_words
from outbox.request_id import current, using
from search.models import IndexRenewal, StaleAsset
from tests.outbox.owing.models import Parcel

pytestmark = pytest.mark.django_db

PERSONAL = "Maureen of RM18 8AD"


def owe(*contents):
    return [Parcel.objects.create(content=content) for content in contents]


def make_all_due():
    Parcel.objects.update(due_at=timezone.now())


def test_what_is_delivered_is_owed_no_more(receiver):
    owe("tea", "cake")
    assert deliver_due(Parcel) == 2
    assert not Parcel.objects.exists()
    assert sorted(parcel["content"] for parcel in receiver.applied.values()) == ["cake", "tea"]


def test_one_that_fails_keeps_no_other_back_and_is_tried_later(receiver):
    receiver.answers["tea"] = 503
    owe("tea", "cake")
    assert deliver_due(Parcel) == 1
    row = Parcel.objects.get()
    assert (row.content, row.attempts, row.last_error) == ("tea", 1, "The receiver answered 503.")
    assert row.due_at > timezone.now() - dt.timedelta(seconds=1)
    assert (row.claimed_by, row.claimed_until, row.parked_at) == ("", None, None)


def test_every_attempt_carries_the_same_key(receiver):
    receiver.breaks_off.add("tea")
    (row,) = owe("tea")
    assert deliver_due(Parcel) == 0
    make_all_due()
    assert deliver_due(Parcel) == 1
    assert receiver.arrivals == {str(row.key): 2}
    assert len(receiver.applied) == 1


def test_waits_grow_to_the_longest_and_no_two_are_alike():
    waits = [wait_after(OwedWork, attempts) for attempts in range(20)]
    assert dt.timedelta(seconds=2.5) <= waits[0] <= dt.timedelta(seconds=5)
    assert dt.timedelta(seconds=20) <= waits[3] <= dt.timedelta(seconds=40)
    assert dt.timedelta(minutes=30) <= waits[19] <= dt.timedelta(hours=1)
    assert len({wait_after(OwedWork, 3) for _ in range(20)}) > 10


def test_after_so_many_failures_it_is_parked_and_left_alone(receiver, monkeypatch):
    monkeypatch.setattr(Parcel, "parked_after", 3)
    receiver.answers["tea"] = 500
    owe("tea")
    for _attempt in range(5):
        deliver_due(Parcel)
        make_all_due()
    row = Parcel.objects.get()
    assert row.parked_at is not None
    assert sum(receiver.arrivals.values()) == row.attempts == 3


def test_what_no_trying_can_help_is_parked_at_once(receiver):
    receiver.answers["tea"] = 422
    owe("tea")
    deliver_due(Parcel)
    row = Parcel.objects.get()
    assert row.parked_at is not None
    assert row.last_error == "The receiver answered 422."


def test_the_search_index_is_tried_for_ever(monkeypatch):
    monkeypatch.setattr("search.writing.bring_up_to_date", lambda ids: 1 / 0)
    StaleAsset.objects.create(asset_id=1, attempts=1_000)
    deliver_due(StaleAsset)
    row = StaleAsset.objects.get()
    assert (row.parked_at, row.attempts) == (None, 1_001)
    assert row.due_at <= timezone.now() + StaleAsset.longest_wait


@pytest.mark.parametrize("error", [ValueError(PERSONAL), ConnectionResetError(PERSONAL), TimeoutError(PERSONAL)])
def test_no_error_tells_what_was_sent(monkeypatch, caplog, error):
    def fail(_row):
        raise error

    monkeypatch.setattr(Parcel, "deliver", fail)
    owe(PERSONAL)
    with caplog.at_level(logging.DEBUG):
        deliver_due(Parcel)
    row = Parcel.objects.get()
    assert row.last_error
    assert type(error).__name__ in caplog.text
    for told in (row.last_error, caplog.text):
        assert "Maureen" not in told
        assert "RM18" not in told


def test_an_error_nobody_foresaw_is_told_by_its_place():
    try:
        raise KeyError(PERSONAL)
    except KeyError as error:
        words = in_words(error, quoted=False)
    assert words.startswith("Something went wrong that was not foreseen: KeyError, test_delivery.py:")


def test_what_one_holds_nobody_else_gets():
    rows = owe(*map(str, range(30)))
    with claim(Parcel) as first, claim(Parcel) as second, claim(Parcel) as third:
        assert [len(one.rows) for one in (first, second, third)] == [20, 10, 0]
        assert {row.pk for one in (first, second) for row in one.rows} == {row.pk for row in rows}
        assert first.owner != second.owner
    with claim(Parcel) as again:
        assert len(again.rows) == 20


def test_what_a_dead_worker_held_comes_back_and_counts_as_tried(receiver):
    owe("tea")
    ended = timezone.now() - dt.timedelta(seconds=1)
    Parcel.objects.update(claimed_by="elsewhere:1", claimed_until=ended)
    with claim(Parcel) as held:
        assert [row.attempts for row in held.rows] == [1]
        assert Parcel.objects.get().last_error == "The worker that was delivering it ended without a word."


def test_what_kills_its_worker_again_and_again_is_parked_and_not_sent(receiver):
    owe("tea")
    ended = timezone.now() - dt.timedelta(seconds=1)
    Parcel.objects.update(claimed_by="elsewhere:1", claimed_until=ended, attempts=Parcel.parked_after - 1)
    deliver_due(Parcel)
    assert Parcel.objects.get().parked_at is not None
    assert receiver.applied == {}


def test_what_is_no_longer_ours_is_not_put_off_by_us():
    owe("tea")
    held = claim(Parcel)
    Parcel.objects.update(claimed_by="elsewhere:1")
    held.put_off(held.rows, because=ValueError())
    assert Parcel.objects.get().claimed_by == "elsewhere:1"
    assert Parcel.objects.get().attempts == 0


def test_a_claim_that_ran_out_delivers_nothing_more(receiver, settings):
    settings.OWED_WORK_HOLD = 0.0
    owe("tea")
    assert deliver_due(Parcel) == 0
    assert receiver.applied == {}
    settings.OWED_WORK_HOLD = 60.0
    assert deliver_due(Parcel) == 1


def test_told_to_stop_it_gives_back_what_it_has_not_begun(receiver):
    owe("tea", "cake", "jam")
    assert deliver_due(Parcel, stopping=lambda: len(receiver.applied) == 1) == 1
    assert list(Parcel.objects.values_list("content", "claimed_by")) == [("cake", ""), ("jam", "")]


def test_work_carries_the_request_that_owed_it_and_is_done_under_it(receiver):
    with using("r-1"):
        owe("tea")
    owe("cake")
    deliver_due(Parcel)
    assert {p["content"]: p["request"] for p in receiver.applied.values()} == {"tea": "r-1", "cake": ""}
    assert current() == ""


def test_many_done_together_are_done_under_all_their_requests(monkeypatch):
    seen = []
    monkeypatch.setattr("search.writing.bring_up_to_date", lambda ids: seen.append((ids, current())))
    for number in (1, 2, 2):
        with using(f"r-{number}"):
            StaleAsset.objects.bulk_create([StaleAsset(asset_id=number)])
    deliver_due(StaleAsset)
    assert seen == [({1, 2}, "r-1,r-2")]


def test_a_long_id_of_a_request_is_cut_and_loses_no_work():
    with using("x" * 1_000):
        owe("tea")
    Parcel.objects.get().full_clean()


def test_a_round_tells_what_it_does(receiver):
    IndexRenewal.objects.create(due_at=timezone.now() + dt.timedelta(days=1))
    owe("tea")
    told = []
    assert deliver_everything_due(telling=told.append) == 1
    assert told[-1] is None
    assert {Parcel, IndexRenewal} <= set(told)
