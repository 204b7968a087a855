"""What is kept is kept for a declared time, and no table of ours without a rule."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from accounts.access_events import AccessEvent
from accounts.models import OneTimeLink, User
from config.forgetting import NotForgotten, due, forget
from config.retention import rules
from directory.models import Asset
from importers.models import Load, Source
from outbox.delivery import deliver_everything_due
from outbox.models import OldRows
from outbox.working import lay_standing_work
from referrals.models import Signpost
from search.forgetting import kept_from
from search.models import DangerCount, DangerRule, SearchRecord, UnknownWord
from tests.factories.directory import make_asset

pytestmark = pytest.mark.django_db
OURS = {"website", "importers", "referrals", "search", "directory", "assets_map", "accounts", "outbox"}
OF_TESTS = {"owing"}
NOW = dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC)
YEAR = dt.timedelta(days=365)
DAY = dt.timedelta(days=1)


def rows_due():
    return {rule.key: rows for rule, rows in due(NOW) if rows}


def moved(row, **when):
    """As if it had been written then."""
    type(row)._default_manager.filter(pk=row.pk).update(**when)
    return row


# Their rows have a rule for each way in which they end.
BY_END = {
    "referrals.Person",
    "referrals.Referral",
    "referrals.ReferralEvent",
    "referrals.ResultAsk",
    "referrals.Result",
}


def test_every_model_stands_in_one_rule():
    named = [label for rule in rules() for label in rule.models]
    assert {label for label in named if named.count(label) > 1} == BY_END
    without = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label not in OF_TESTS
        and model._meta.label not in named
        and (model._meta.app_label in OURS or f"{model._meta.app_label}.*" not in named)
    ]
    assert without == []


def test_every_rule_is_of_models_that_are_there():
    labels = {model._meta.label for model in apps.get_models()}
    whole = {f"{model._meta.app_label}.*" for model in apps.get_models()} - {f"{app}.*" for app in OURS}
    assert [label for rule in rules() for label in rule.models if label not in labels | whole] == []


def test_a_rule_removes_only_rows_of_the_models_that_it_names():
    for rule in rules():
        asked = {rows.model._meta.label for rows in (rule.due(NOW) if rule.due else [])}
        assert asked <= set(rule.models), rule.key


def test_the_table_is_in_plain_words():
    keys = [rule.key for rule in rules()]
    assert sorted(keys) == sorted(set(keys))
    for rule in rules():
        for words in (rule.what, rule.how_long, rule.why, rule.remains):
            assert re.fullmatch(r"[A-Z0-9][^_<>]*[^.]", str(words)), rule.key


def test_searches_go_after_13_months():
    first = kept_from(NOW.date())
    for on in (first, first - DAY):
        SearchRecord.objects.create(on=on, found=0, milliseconds=1)
        UnknownWord.objects.create(mark=str(on), last_on=on)
        DangerCount.objects.create(rule=DangerRule.objects.create(name=str(on), phrases="I fear him"), on=on, times=2)
    assert rows_due() == {"searches": 3}
    forget(NOW)
    assert rows_due() == {}
    assert SearchRecord.objects.get().on == first
    assert UnknownWord.objects.get().last_on == first


def test_counts_of_listings_go_after_three_years():
    for days in (3 * 365, 3 * 365 + 1):
        Signpost.objects.create(asset_id=1, how="printed", on=(NOW - days * DAY).date(), count=3)
    assert rows_due() == {"counts": 1}
    forget(NOW)
    assert Signpost.objects.count() == 1


def test_looks_stay_six_years_and_go_then():
    for years in (5, 7):
        AccessEvent.objects.create(
            what="opened", whose="accounts.user:1", why="a-test", at=timezone.now() - years * YEAR
        )
    assert {rule.key: rows for rule, rows in due() if rows} == {"looks": 1}
    forget()
    assert AccessEvent.objects.get().at > timezone.now() - 6 * YEAR


def test_earlier_versions_go_after_three_years_and_the_last_one_and_the_one_that_is_shown_stay():
    asset = make_asset()
    versions = [asset.save_revision() for _number in range(4)]
    Asset.objects.filter(pk=asset.pk).update(live_revision=versions[1])
    Revision.objects.update(created_at=NOW - 4 * YEAR)
    assert rows_due() == {"old-versions": 2}
    forget(NOW)
    assert set(Revision.objects.values_list("pk", flat=True)) == {versions[1].pk, versions[3].pk}
    assert rows_due() == {}


def test_history_goes_after_six_years():
    asset = make_asset()
    for years in (5, 7):
        ModelLogEntry.objects.log_action(asset, "wagtail.edit", timestamp=NOW - years * YEAR)
    assert rows_due() == {"history": 1}
    forget(NOW)
    assert ModelLogEntry.objects.count() == 1


def test_of_an_old_load_the_counts_stay_and_the_rows_go():
    load = Load.objects.create(
        source=Source.objects.create(name="Groups", column_map="workbook"),
        file_name="groups.xlsx", sha256="0", rejected=1, report={"rejected": [{"name": "Ann Other"}]},
    )  # fmt: skip
    moved(load, loaded_at=NOW - 2 * YEAR)
    assert rows_due() == {"loads": 1}
    forget(NOW)
    load.refresh_from_db()
    assert (load.report, load.rejected, load.file_name) == ({}, 1, "groups.xlsx")
    assert rows_due() == {}


def test_sessions_and_links_that_are_over_go():
    user = User.objects.create_user("sam@example.org")
    for days, key in ((-1, "over"), (1, "going-on")):
        Session.objects.create(session_key=key, session_data="", expire_date=NOW + days * DAY)
        OneTimeLink.objects.create(user=user, digest=key, expires_at=NOW + days * DAY)
    assert rows_due() == {"sessions": 1, "doors": 1}
    forget(NOW)
    assert Session.objects.get().session_key == "going-on"
    assert OneTimeLink.objects.get().digest == "going-on"


def test_a_closed_account_stays_for_as_long_as_looks_may_lead_to_it():
    for name, years, active in (("long-gone", 7, False), ("left", 5, False), ("here", 7, True)):
        User.objects.create_user(name, is_active=active, date_joined=NOW - 9 * YEAR, last_login=NOW - years * YEAR)
    looked = User.objects.create_user("looked", is_active=False, last_login=NOW - 7 * YEAR)
    AccessEvent.objects.create(who=looked, what="opened", whose="accounts.user:1", why="a-test")
    assert rows_due() == {"accounts": 1}
    forget(NOW)
    assert sorted(User.objects.values_list("username", flat=True)) == ["here", "left", "looked"]


def test_many_rows_go_in_several_steps(monkeypatch):
    monkeypatch.setattr("config.forgetting.AT_ONCE", 2)
    for _number in range(5):
        SearchRecord.objects.create(on=dt.date(2020, 1, 1), found=0, milliseconds=1)
    assert {done.rule.key: done.rows for done in forget(NOW) if done.rows} == {"searches": 5}
    assert not SearchRecord.objects.exists()


def test_a_rule_that_fails_does_not_keep_the_others_from_being_kept_to(monkeypatch):
    failing = [(rule if rule.key != "searches" else broken(rule)) for rule in rules()]
    monkeypatch.setattr("config.forgetting.rules", lambda: failing)
    Signpost.objects.create(asset_id=1, how="printed", on=dt.date(2020, 1, 1), count=3)
    with pytest.raises(NotForgotten, match=r"searches \(ValueError\)"):
        forget(NOW)
    assert not Signpost.objects.exists()


def broken(rule):
    def fails(_now):
        raise ValueError

    return replace(rule, due=fails)


def test_the_worker_keeps_to_the_rules_once_a_day():
    lay_standing_work()
    SearchRecord.objects.create(on=dt.date(2020, 1, 1), found=0, milliseconds=1)
    deliver_everything_due()
    assert not SearchRecord.objects.exists()
    assert dt.timedelta(hours=23) < OldRows.objects.get().due_at - timezone.now() <= DAY


def test_the_command_says_what_is_due_and_removes_it_when_told(capsys):
    SearchRecord.objects.create(on=dt.date(2020, 1, 1), found=0, milliseconds=1)
    call_command("retention")
    assert "1 due  What people looked for" in capsys.readouterr().out
    assert SearchRecord.objects.exists()
    call_command("retention", "--run")
    assert "1 gone  What people looked for" in capsys.readouterr().out
    assert not SearchRecord.objects.exists()


def test_the_command_fails_in_words(monkeypatch):
    monkeypatch.setattr("config.forgetting.rules", lambda: [broken(rules()[0])])
    with pytest.raises(CommandError, match="could not be kept to: searches"):
        call_command("retention", "--run")


def test_the_privacy_page_shows_the_whole_table(client):
    page = client.get("/privacy/").content.decode()
    for rule in rules():
        assert f">{rule.how_long}<" in page
        assert str(rule.what) in page
        assert str(rule.why).replace("'", "&#x27;") in page
