"""Loading products: what is read, what is laid over what, and what is refused."""

import gzip
import io
import zipfile
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from assets_map.gazetteer import Gazetteer, gazetteer, gazetteer_path
from assets_map.gazetteer_build import merged
from assets_map.postcode_products import read_product, read_wheel
from assets_map.postcode_table import NotAPostcodeProduct
from assets_map.postcodes import Postcode
from tests.factories.assets_map import STREETS, make_gazetteer, make_table

CODE_POINT = """"RM18 8AD",10,564300,175900,"E92000001","","","","E06000034","E05002246"
"RM188AF",10,564400,175900,"E92000001","","","","E06000034","E05002246"
"RM18 8ZZ",90,0,0,"E92000001","","","","",""
"""
HEADER = (
    "postcode,positional_quality,eastings,northings,country_code,"
    "nhs_regional_ha,nhs_ha,admin_county,admin_district,admin_ward\n"
)
ONSPD_OLD = """pcd,pcd2,pcds,dointr,doterm,oscty,oslaua,osward,oseast1m,osnrth1m,lat,long
"RM188AD","RM18 8AD","RM18 8AD","198001","","E99999999","E06000034","E05002246",0564300,0175900,51.4618,0.3652
"RM188AX","RM18 8AX","RM18 8AX","198001","201903","E99999999","E06000034","E05002246",0564300,0175900,51.4617,0.3660
"BT1 1AA","BT1 1AA","BT1 1AA","198001","","","N09000003","",,,54.6,-5.93
"JE2 3AB","JE2 3AB","JE2 3AB","198001","","","L99999999","",,,99.999999,0.000000
"""
ONSPD_NEW = ONSPD_OLD.replace("oslaua,osward,oseast1m,osnrth1m", "lad25cd,wd25cd,east1m,north1m").replace(
    "pcd,pcd2", "pcd7,pcd8"
)


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def zipped(files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()


def postcodes_of(path=None):
    return list(Gazetteer(path or gazetteer_path()).all_postcodes())


def entry_of(text):
    return gazetteer().find(Postcode.parse(text))


def test_code_point_is_read_with_and_without_its_header(file):
    for text in (CODE_POINT, HEADER + CODE_POINT, "\ufeff" + HEADER + CODE_POINT.replace("\n", "\r\n")):
        table = read_product(file("codepo_gb_2025-11.csv", text))
        assert len(table) == 2
        assert (table.vintage, table.live_only, table.left_out) == (date(2025, 11, 1), True, 1)


def test_a_gzipped_csv_is_read(file):
    assert len(read_product(file("cp_2025-11.csv.gz", gzip.compress((HEADER + CODE_POINT).encode())))) == 2


def test_a_published_zip_of_many_files_is_one_product_of_the_month_after_its_copyright(file):
    content = zipped(
        {
            "Data/CSV/rm.csv": CODE_POINT,
            "Data/CSV/e.csv": '"E1 6AN",10,533500,181700,"E92000001","","","","E09000030","E05009336"\n',
            "Doc/metadata.txt": "ORDNANCE SURVEY\nPRODUCT: OS Code-Point Open\nCOPYRIGHT DATE: 20251220\n",
            "Doc/Code-Point_Open_Column_Headers.csv": "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\nPostcode,Quality\n",
        }
    )
    table = read_product(file("codepo_gb.zip", content))
    assert len(table) == 3
    assert table.vintage == date(2026, 1, 1)


@pytest.mark.parametrize("text", [ONSPD_OLD, ONSPD_NEW])
def test_the_directory_is_read_under_its_old_and_new_column_names(file, data_dir, text):
    path = file("ONSPD_NOV_2025_UK.csv", text)
    call_command("load_postcodes", path, quiet=True)
    assert postcodes_of() == ["RM18 8AD", "RM18 8AX"]
    assert entry_of("RM18 8AX").terminated == date(2019, 3, 1)
    assert entry_of("RM18 8AD").ward == "E05002246"
    assert gazetteer().about["sources"][-1]["vintage"] == "2025-11-01"


def test_a_directory_zip_is_read_once_though_it_holds_every_row_twice(file):
    content = zipped(
        {
            "Data/ONSPD_FEB_2026_UK.csv": ONSPD_OLD,
            "Data/multi_csv/ONSPD_FEB_2026_UK_RM.csv": ONSPD_OLD,
            "Documents/LA_UA_names.csv": "LAD25CD,LAD25NM\nE06000034,Thurrock\n",
        }
    )
    table = read_product(file("x.zip", content))
    assert (len(table), table.left_out, table.vintage) == (2, 2, date(2026, 2, 1))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("letter.csv", b"Dear Sir,\nI enclose\n"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(300)),
        ("half.zip", zipped({"Data/a.csv": CODE_POINT})[:90]),
        ("other.zip", zipped({"readme.txt": "hello", "Data/people.csv": "name,age\nx,3\n"})),
        ("half.csv.gz", gzip.compress(HEADER.encode() * 500)[:60]),
        ("latin.csv", "café,b\n".encode("latin-1")),
        ("header.csv", HEADER.encode()),
        ("words.csv", (HEADER + "a,b,c,d,e,f,g,h,i,j\n").encode()),
        ("nul.csv", b"\x00" * 5000),
    ],
    # By name alone: archives carry the time, and every test process must know a test by the same words.
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_file_gets_a_sentence_and_the_old_postcodes_stay(file, data_dir, name, content):
    make_gazetteer(data_dir)
    before = gazetteer_path().read_bytes()
    with pytest.raises(CommandError, match="are unchanged"):
        call_command("load_postcodes", file(name, content), quiet=True)
    assert gazetteer_path().read_bytes() == before


def test_a_file_that_is_not_there_gets_a_sentence(data_dir):
    with pytest.raises(CommandError, match="There is no file"):
        call_command("load_postcodes", "nowhere.csv", quiet=True)


def test_what_code_point_lacks_is_closed_and_other_areas_stay(file, data_dir):
    make_gazetteer(data_dir)
    call_command("load_postcodes", file("cp_2026-02.csv", CODE_POINT), quiet=True)
    assert entry_of("RM17 6SL").closed
    assert entry_of("RM17 6SL").terminated is None
    assert entry_of("RM18 8AX").terminated == date(2019, 3, 1), "a month that was known is kept"
    assert not entry_of("RM18 8AD").closed
    assert not entry_of("E1 6AN").closed
    assert not entry_of("DA12 2BN").closed


def test_an_older_code_point_closes_nothing(file, data_dir):
    make_gazetteer(data_dir)
    call_command("load_postcodes", file("cp_2024-02.csv", CODE_POINT), quiet=True)
    assert not entry_of("RM17 6SL").closed


def test_a_postcode_named_without_a_spot_keeps_the_spot_it_had():
    old = make_table([*STREETS, ("RM18 8ZZ", 51.46, 0.37, "E06000034", "", "")])
    new = make_table([STREETS[0], ("RM18 8ZZ", float("nan"), float("nan"), "", "", "")], live_only=True)
    found = merged(old, new)
    assert found.ended[found.key == old.key[old.key == new.unplaced[0]]] == [0]


def test_a_directory_replaces_all_of_an_area_and_leaves_the_others():
    found = merged(make_table(), make_table(STREETS[:1]))
    left = {street[0] for street in STREETS if not street[0].startswith("RM")}
    assert len(found) == 1 + len(left)


def test_a_file_cut_short_is_refused():
    many = [(f"RM18 {n}{x}{y}", 51.46, 0.36, "E06000034", "", "") for n in range(10) for x in "ABDE" for y in "ABDE"]
    with pytest.raises(NotAPostcodeProduct, match="of the 160 postcodes that are known in RM: it looks cut short"):
        merged(make_table(many), make_table(many[:60]))


def test_loading_says_what_it_loaded_and_from_when(file, data_dir, capsys):
    call_command("load_postcodes", file("cp_2025-11.csv", CODE_POINT))
    said = capsys.readouterr().out
    assert "Loaded Code-Point Open (2025-11)" in said
    assert "2 postcodes in 1 outcodes" in said


def test_loading_if_missing_touches_nothing_that_is_there(data_dir, capsys):
    make_gazetteer(data_dir)
    call_command("load_postcodes", "nowhere.csv", if_missing=True)
    assert capsys.readouterr().out == ""


def test_the_installed_wheel_is_every_postcode_of_great_britain_in_60_megabytes(data_dir):
    table = read_wheel()
    assert len(table) > 2_600_000
    assert not [code for code in table.districts if code.startswith(("N", "L", "M"))]
    from assets_map.gazetteer_build import build_gazetteer

    built = build_gazetteer(gazetteer_path(), table)
    assert gazetteer_path().stat().st_size <= 60_000_000
    assert built.find(Postcode.parse("RM18 8AD")).district == "E06000034"
    assert built.find(Postcode.parse("BT1 5GS")) is None
    assert built.find(Postcode.parse("IM1 1AA")) is None
