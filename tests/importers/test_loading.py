import datetime as dt

import pytest
from wagtail.models import ModelLogEntry, Revision

from directory.models import Asset, Category, Check, Cost, Coverage, Provider, Session, Venue
from directory.signals import listings_loaded
from importers.errors import ImportRefused, WrongColumns
from importers.loading import load_file
from importers.maps import MAPS
from importers.models import Load, SharedRow, Source
from importers.rejects import write_rejects
from tests.factories.importers import csv_file, lunch_club, table_of, workbook_file, xlsx_file

pytestmark = pytest.mark.django_db
WRITTEN = (Asset, Provider, Venue, Session, Cost, Coverage, Category, Check, Revision, ModelLogEntry, SharedRow, Source)


@pytest.fixture
def told():
    """The numbers of listings that each load told other rooms of."""
    loads = []

    def hear(asset_ids, **_options):
        loads.append(asset_ids)

    listings_loaded.connect(hear)
    yield loads
    listings_loaded.disconnect(hear)


def load(path, **options):
    return load_file(path, MAPS["workbook"], **options)


def counts():
    return {model.__name__: model.objects.count() for model in WRITTEN}


def test_a_listing_is_live_at_once_with_all_its_parts(tmp_path, some_postcodes):
    report = load(workbook_file(tmp_path, lunch_club(Serves="Thurrock; RM18 8", Checked="times 2026-11-02 phone")))
    asset = Asset.objects.live().get()
    assert report.problems == report.warnings == []
    assert (asset.name, asset.kind, asset.reach) == ("Riverside Lunch Club", "group", ["at-venue"])
    assert (asset.venue.name, asset.venue.postcode, asset.venue.access) == ("Quay Hall", "RM18 8AD", ["parking"])
    assert asset.venue.point == pytest.approx((51.4617, 0.3616))
    assert (asset.provider.name, asset.provider.people) == ("Friends of the Riverside", 6)
    assert [session.weekday for session in asset.sessions.all()] == [1]
    assert [str(cost) for cost in asset.costs.all()] == ["£4 a visit, with tea"]
    assert [area.area_code for area in asset.coverage.all()] == ["E06000034", "sector:RM18 8"]
    assert [(check.fact, check.on) for check in asset.checks.all()] == [("times", dt.date(2026, 11, 2))]
    assert asset.slug == "riverside-lunch-club"
    assert asset.reference


def test_a_listing_has_a_published_revision_and_says_where_it_came_from(tmp_path):
    load(workbook_file(tmp_path, lunch_club()))
    asset = Asset.objects.get()
    assert asset.live_revision == asset.latest_revision
    revived = asset.latest_revision.as_object()
    assert [session.pk for session in revived.sessions.all()] == [asset.sessions.get().pk]
    (line,) = ModelLogEntry.objects.for_instance(asset)
    assert line.formatter.format_message(line) == "Loaded from listings.xlsx"


def test_loading_twice_changes_nothing(tmp_path, told):
    path = workbook_file(tmp_path, lunch_club(), lunch_club(Reference="GR002", Name="Quayside Knitters"))
    load(path)
    before = counts()
    report = load(path)
    assert (report.created, report.updated, report.unchanged) == (0, 0, 2)
    assert counts() == before
    assert len(told) == 1
    assert Load.objects.count() == 2


def test_a_second_load_is_a_handful_of_queries(tmp_path, django_assert_max_num_queries):
    rows = [lunch_club(Reference=f"GR{n:03}", Name=f"Club {n}") for n in range(40)]
    path = workbook_file(tmp_path, *rows)
    load(path)
    with django_assert_max_num_queries(25):
        load(path)


def test_a_changed_row_changes_its_listing_and_no_other(tmp_path, told):
    other = lunch_club(Reference="GR002", Name="Quayside Knitters")
    load(workbook_file(tmp_path, lunch_club(), other))
    kept = Asset.objects.get(name="Quayside Knitters").latest_revision_id
    report = load(workbook_file(tmp_path, lunch_club(When="Every Friday 1pm to 3pm", Costs="Free"), other))
    asset = Asset.objects.get(source_id="gr001")
    assert (report.updated, report.unchanged) == (1, 1)
    assert [session.weekday for session in asset.sessions.all()] == [4]
    assert [cost.amount for cost in asset.costs.all()] == [0]
    assert asset.live_revision == asset.latest_revision
    assert Revision.objects.for_instance(asset).count() == 2
    assert Asset.objects.get(name="Quayside Knitters").latest_revision_id == kept
    assert told[1] == [asset.pk]


def test_what_staff_mended_stays_until_the_row_changes(tmp_path):
    load(workbook_file(tmp_path, lunch_club()))
    Asset.objects.update(summary="Mended by staff.")
    Venue.objects.update(notes="Ring the bell.")
    load(workbook_file(tmp_path, lunch_club()))
    assert Asset.objects.get().summary == "Mended by staff."
    load(workbook_file(tmp_path, lunch_club(Phone="01632 960999")))
    assert Asset.objects.get().summary == lunch_club()["One sentence"]
    assert Venue.objects.get().notes == "Ring the bell."


def test_a_change_that_somebody_had_begun_is_pointed_out(tmp_path):
    load(workbook_file(tmp_path, lunch_club()))
    asset = Asset.objects.get()
    asset.summary = "Half-way through."
    asset.save_revision()
    report = load(workbook_file(tmp_path, lunch_club(Phone="01632 960999")))
    assert "Somebody had begun to change this listing" in report.in_words()
    assert Revision.objects.for_instance(asset).filter(content__summary="Half-way through.").exists()


def test_a_changed_venue_reaches_every_listing_there(tmp_path, told):
    rows = lunch_club(), lunch_club(Reference="GR002", Name="Quayside Knitters")
    load(workbook_file(tmp_path, *rows))
    moved = [["Name", "Address", "Town", "Postcode"], ["Quay Hall", "Broadway", "Grays", "RM17 6SL"]]
    report = load(workbook_file(tmp_path, *rows, Venues=moved))
    assert report.unchanged == 2
    assert Venue.objects.get().postcode == "RM17 6SL"
    assert told[1] == sorted(Asset.objects.values_list("pk", flat=True))


def test_what_staff_withdrew_is_not_brought_back(tmp_path):
    load(workbook_file(tmp_path, lunch_club()))
    Asset.objects.update(live=False, withdrawn_because="They moved away.")
    load(workbook_file(tmp_path, lunch_club(Phone="01632 960999")))
    asset = Asset.objects.get()
    assert (asset.live, asset.phone) == (False, "01632 960999")


def test_nothing_is_deleted_and_what_vanished_is_listed(tmp_path):
    load(workbook_file(tmp_path, lunch_club(), lunch_club(Reference="GR002", Name="Quayside Knitters")))
    report = load(workbook_file(tmp_path, lunch_club()))
    assert [one.name for one in report.vanished] == ["Quayside Knitters"]
    assert Asset.objects.live().count() == 2
    assert "No longer in the file" in report.in_words()


def test_a_rejected_row_has_not_vanished(tmp_path):
    load(workbook_file(tmp_path, lunch_club()))
    assert load(workbook_file(tmp_path, lunch_club(Costs="a fish"))).vanished == []


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path, told):
    path = workbook_file(tmp_path, lunch_club(), lunch_club(Reference="GR002", Costs="a fish"))
    before = counts()
    tried = load(path, dry_run=True)
    assert counts() == before
    assert told == []
    assert Load.objects.count() == 0
    done = load(path)
    assert (tried.created, tried.rejected) == (done.created, done.rejected) == (1, 1)


def test_each_load_is_kept_with_its_report(tmp_path):
    path = workbook_file(tmp_path, lunch_club(), lunch_club(Reference="GR002", Costs="a fish"))
    load(path)
    kept = Load.objects.get()
    assert (kept.source.name, kept.file_name, kept.created, kept.rejected) == ("workbook", "listings.xlsx", 1, 1)
    assert len(kept.sha256) == 64
    assert kept.report["problems"][0]["message"].startswith("“a fish” is not a price")


def test_rejected_rows_come_back_as_a_sheet_that_can_be_mended_and_loaded(tmp_path):
    load(workbook_file(tmp_path, lunch_club(), lunch_club(Reference="GR002", Name="Knitters", Costs="+cmd()")))
    report = load(workbook_file(tmp_path, lunch_club(), lunch_club(Reference="GR002", Name="Knitters", Costs="+cmd()")))
    rejects = tmp_path / "rejects.csv"
    write_rejects(report, rejects)
    text = rejects.read_text(encoding="utf-8-sig")
    assert "What to mend" in text
    assert "+cmd()" in text
    rejects.write_text(text.replace("+cmd()", "£2 a visit"))
    mended = load(rejects)
    assert (mended.created, mended.rejected) == (1, 0)
    knitters = Asset.objects.get(name="Knitters")
    assert knitters.venue == Asset.objects.get(name="Riverside Lunch Club").venue
    assert knitters.venue.postcode == "RM18 8AD"


def test_our_words_in_the_sheet_of_rejects_are_never_a_formula(tmp_path):
    path = csv_file(tmp_path, lunch_club(Kind="x"))
    path.write_text(path.read_text().replace("Kind", "=HYPERLINK(1)").replace("Costs", "Kind,Costs", 1))
    report = load(path)
    write_rejects(report, tmp_path / "rejects.csv")
    last = (tmp_path / "rejects.csv").read_text(encoding="utf-8-sig").splitlines()[-1].rsplit(",", 1)[-1]
    assert not last.lstrip('"').startswith(("=", "+", "-", "@"))


def test_a_row_whose_times_cannot_be_read_is_rejected_and_the_others_are_loaded(tmp_path):
    report = load(workbook_file(tmp_path, lunch_club(When="teatime"), lunch_club(Reference="GR002", Name="Knitters")))
    assert [asset.name for asset in Asset.objects.all()] == ["Knitters"]
    assert report.why(2) == ["When: “teatime” has no times. Write it like: Every Tuesday 11.30am to 2pm."]


def test_a_wrong_e_mail_address_is_left_out_with_a_warning(tmp_path):
    report = load(workbook_file(tmp_path, lunch_club(**{"E-mail": "not an address"})))
    assert Asset.objects.get().email == ""
    assert [warning.field for warning in report.warnings if warning.field == "E-mail"] == ["E-mail"]


def test_an_unknown_venue_is_a_slip_and_the_likely_one_is_named(tmp_path):
    report = load(workbook_file(tmp_path, lunch_club(Venue="Quay Hal")))
    assert report.rejected == 1
    assert "Did you mean “Quay Hall”?" in report.in_words()


def test_an_unknown_area_rejects_the_row_since_it_would_seem_to_serve_anyone(tmp_path):
    report = load(workbook_file(tmp_path, lunch_club(Serves="Narnia")))
    assert report.rejected == 1
    assert "No area of that name" in report.in_words()


@pytest.mark.parametrize(
    ("postcode", "warning", "has_point"),
    [
        ("RM18 8AD", "", True),
        ("RM18 8ZZ", "This postcode is not known", False),
        ("RM16 9ZZ", "This postcode was closed", True),
        ("RM18", "start of a postcode", False),
    ],
)
def test_a_postcode_that_is_not_known_keeps_the_listing(tmp_path, some_postcodes, postcode, warning, has_point):
    venues = [["Name", "Postcode"], ["Quay Hall", postcode]]
    report = load(workbook_file(tmp_path, lunch_club(), Venues=venues))
    assert report.accepted == 1
    assert (Venue.objects.get().point is not None) == has_point
    assert warning in report.in_words()


def test_a_place_that_must_stay_hidden_is_hidden_whatever_is_written(tmp_path):
    venues = [["Name", "Postcode", "Hidden"], ["Quay Hall", "RM18 8AD", "yes please!"]]
    load(workbook_file(tmp_path, lunch_club(), Venues=venues))
    assert Venue.objects.get().hidden is True


def test_one_sheet_is_enough(tmp_path):
    row = lunch_club(Address="Dock Road", Town="Tilbury", Postcode="rm188ad")
    load(csv_file(tmp_path, row))
    asset = Asset.objects.get()
    assert (asset.venue.name, asset.venue.town, asset.venue.postcode) == ("Quay Hall", "Tilbury", "RM18 8AD")


def test_a_session_elsewhere_has_its_own_venue(tmp_path):
    venues = [["Name", "Postcode"], ["Quay Hall", "RM18 8AD"], ["Other Hall", "RM17 6SL"]]
    when = "Every Tuesday 10am to 12 noon; First Monday of the month 2pm to 4pm at Other Hall"
    load(workbook_file(tmp_path, lunch_club(When=when), Venues=venues))
    monday, tuesday = Asset.objects.get().sessions.all()
    assert (monday.venue.name, tuesday.venue) == ("Other Hall", None)


def test_dates_out_and_holidays_are_said_of_every_session(tmp_path):
    row = lunch_club(
        **{"Not on these dates": "2026-12-22; 29/12/2026", "Bank holidays": "Open", "Term time only": "Yes"}
    )
    load(workbook_file(tmp_path, row))
    session = Asset.objects.get().sessions.get()
    assert session.dates_out == ["2026-12-22", "2026-12-29"]
    assert session.open_on_bank_holidays
    assert session.term_time_only


def test_categories_come_with_the_workbook_and_unknown_ones_are_pointed_out(tmp_path):
    tree = [["Category", "Under", "Codes"], ["Company", "", ""], ["Lunch clubs", "Company", "lgsl: 296"]]
    report = load(workbook_file(tmp_path, lunch_club(Categories="lunch clubs; Juggling"), Categories=tree))
    (category,) = Asset.objects.get().categories.all()
    assert (category.name, category.parent.name, category.codes.get().code) == ("Lunch clubs", "Company", "296")
    assert "There is no such category" in report.in_words()


def test_a_category_that_staff_renamed_is_not_made_again(tmp_path):
    tree = [["Category", "Under"], ["Company", ""], ["Lunch clubs", "Company"]]
    path = workbook_file(tmp_path, lunch_club(Categories="Lunch clubs"), Categories=tree)
    load(path)
    Category.objects.filter(slug="lunch-clubs").update(name="Lunches")
    load(path)
    assert Category.objects.count() == 2


def test_two_rows_of_one_reference_are_one_listing(tmp_path):
    report = load(workbook_file(tmp_path, lunch_club(), lunch_club(Name="Second")))
    assert (report.created, report.rejected) == (1, 1)
    assert "Row 2 is the same listing" in report.in_words()


def test_listings_of_one_name_have_addresses_of_their_own(tmp_path):
    load(workbook_file(tmp_path, lunch_club(), lunch_club(Reference="GR002")))
    assert len(set(Asset.objects.values_list("slug", flat=True))) == 2


def test_too_long_a_text_is_cut_at_a_word_and_a_name_is_not(tmp_path):
    rows = lunch_club(**{"One sentence": "word " * 60}), lunch_club(Reference="GR002", Name="x" * 200)
    report = load(workbook_file(tmp_path, *rows))
    assert Asset.objects.get().summary.endswith("word…")
    assert "longer than 160 letters" in report.in_words()


def test_missing_columns_are_all_named(tmp_path):
    with pytest.raises(WrongColumns, match="no columns called “Kind”, “One sentence”, “Reach”"):
        load(xlsx_file(tmp_path, {"Listings": [["Name"], ["x"]]}))


def test_a_column_that_is_there_twice_is_refused(tmp_path):
    table = [[*row, row[1]] for row in table_of([lunch_club()])]
    with pytest.raises(WrongColumns, match="two columns called “Name”"):
        load(xlsx_file(tmp_path, {"Listings": table}))


def test_a_source_keeps_to_its_map(tmp_path):
    load(workbook_file(tmp_path, lunch_club()), source="autumn")
    with pytest.raises(ImportRefused, match="“autumn” is loaded with the map “workbook”"):
        load_file(
            xlsx_file(tmp_path, {"Sheet": [["organisation_name", "location_name", "postcode"]]}),
            MAPS["givefood"],
            source="autumn",
        )


def test_a_failure_half_way_leaves_nothing(tmp_path, monkeypatch):
    def fails(*_args, **_options):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("importers.loading.keep_history", fails)
    before = counts()
    with pytest.raises(RuntimeError):
        load(workbook_file(tmp_path, lunch_club()))
    assert counts() == before
