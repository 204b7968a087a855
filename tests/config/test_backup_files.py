"""Of a backup's file every byte counts, locked or not; and nothing leaves it that was not put in."""

import gzip
import io
import json
import tarfile
from datetime import UTC, datetime, timedelta

import pyrage
import pytest

from config.backup.archive import ArchiveWriting, check_archive, is_a_name
from config.backup.locking import Keys, Locks, check_locks, is_locked, lock, unlock
from config.backup.manifest import Manifest, TableSaid
from config.backup.problems import BackupProblem, CannotRestore, Damaged, Locked
from config.backup.sealing import Sealed
from config.backup.shelf import name_for, old_in, take_away_old

PASSPHRASE = "a summer with too little rain"


def make_manifest(**given):
    facts = {"made_at": "2026-11-30T02:00:00+00:00", "app_version": "0.1.0", "database": "sqlite3"}
    return Manifest(**{**facts, "councils": ["E06000034"], "migrations": {}, "key_mark": "", **given})


def make_file(rows=(("Ann", 1), ("Bob", 2)), said=2, **given):
    out = io.BytesIO()
    manifest = make_manifest(tables={"club": TableSaid([("name", "CharField"), ("number", "IntegerField")], said)})
    for name, value in given.items():
        setattr(manifest, name, value)
    writing = ArchiveWriting(out, manifest)
    writing.put_table("club", ["".join(json.dumps(row) + "\n" for row in rows).encode()])
    writing.put("media/images/hall.jpg", io.BytesIO(b"a hall"), 6)
    writing.close()
    return out.getvalue()


def sealed(members):
    """A backup by somebody who knows how they are made, with members of their own."""
    out = io.BytesIO()
    seal = Sealed(out)
    with gzip.GzipFile(filename="", mode="wb", fileobj=seal) as zipped, tarfile.open(fileobj=zipped, mode="w|") as tar:
        for header, content in members:
            header.size = len(content)
            tar.addfile(header, io.BytesIO(content))
    seal.seal()
    return out.getvalue()


def locked(data, locks):
    out = io.BytesIO()
    lock(io.BytesIO(data), out, locks)
    return out.getvalue()


def unlocked(data, keys):
    out = io.BytesIO()
    unlock(io.BytesIO(data), out, keys)
    return out.getvalue()


def test_what_was_written_is_read():
    manifest = check_archive(io.BytesIO(make_file()))
    assert manifest.rows == 2
    assert sorted(manifest.members) == ["media/images/hall.jpg", "tables/club/00000.jsonl"]
    assert manifest.media == 0


def test_tar_and_gzip_alone_can_unpack_it():
    with tarfile.open(fileobj=io.BytesIO(make_file()), mode="r:gz") as tar:
        assert tar.getnames() == ["tables/club/00000.jsonl", "media/images/hall.jpg", "manifest.json"]


def test_a_change_of_any_byte_is_refused():
    whole = make_file()
    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 1 << at % 8
        with pytest.raises(Damaged):
            check_archive(io.BytesIO(changed))


def test_a_file_cut_short_anywhere_is_refused_and_one_that_goes_on_too():
    whole = make_file()
    for length in range(len(whole)):
        with pytest.raises(Damaged):
            check_archive(io.BytesIO(whole[:length]))
    for more in (b"\0", whole, whole[-92:]):
        with pytest.raises(Damaged):
            check_archive(io.BytesIO(whole + more))


@pytest.mark.parametrize(
    ("rows", "said", "words"),
    [
        ([("Ann", 1)], 2, "club has 1 rows, and the manifest says 2"),
        ([("Ann", 1), ("Bob",)], 2, "columns"),
        ([], 1, "club has 0 rows"),
        ([{"name": "Ann"}], 1, "row of this backup cannot be read"),
    ],
)
def test_rows_that_are_not_what_the_manifest_says_are_refused(rows, said, words):
    with pytest.raises(Damaged, match=words):
        check_archive(io.BytesIO(make_file(rows, said)))


def test_a_manifest_that_names_what_is_not_there_is_refused():
    with pytest.raises(Damaged, match=r"lost\.jpg is not what the manifest"):
        check_archive(io.BytesIO(make_file(members={"media/lost.jpg": ("0" * 64, 3)})))


def test_a_backup_of_a_later_format_says_what_to_do():
    with pytest.raises(CannotRestore, match="newer version"):
        check_archive(io.BytesIO(make_file(format=3)))


def file_named(name, kind=tarfile.REGTYPE, target=""):
    header = tarfile.TarInfo(name)
    header.type, header.linkname = kind, target
    return header


@pytest.mark.parametrize(
    "header",
    [
        file_named("../../etc/passwd"),
        file_named("/etc/passwd"),
        file_named("media/../secret_key"),
        file_named("media/a/../../secret_key"),
        file_named("media//etc/passwd"),
        file_named("media/./a"),
        file_named("media/a\\..\\b"),
        file_named("media/"),
        file_named("tables/club/../../x.jsonl"),
        file_named("tables/club; drop table x/00000.jsonl"),
        file_named("db.sqlite3"),
        file_named("media/link", tarfile.SYMTYPE, "/etc/passwd"),
        file_named("media/link", tarfile.LNKTYPE, "manifest.json"),
        file_named("media/pipe", tarfile.FIFOTYPE),
        file_named("media/disk", tarfile.BLKTYPE),
        file_named("media/folder", tarfile.DIRTYPE),
    ],
    ids=lambda header: f"{header.name}-{header.type.decode()}",
)
def test_members_that_lead_elsewhere_are_refused(header):
    with pytest.raises(Damaged, match="something that no backup holds"):
        check_archive(io.BytesIO(sealed([(header, b"")])))


def test_a_member_that_comes_twice_is_refused():
    twice = [(file_named("media/a.jpg"), b"one"), (file_named("media/a.jpg"), b"two")]
    with pytest.raises(Damaged, match="something that no backup holds"):
        check_archive(io.BytesIO(sealed(twice)))


@pytest.mark.parametrize("said", [b"", b"[]", b"{}", b'{"format": 1}', b'{"format": "x"}', b"\xff\xfe", b"[" * 9_000])
def test_a_manifest_that_makes_no_sense_is_refused_in_words(said):
    with pytest.raises(Damaged, match="manifest"):
        check_archive(io.BytesIO(sealed([(file_named("manifest.json"), said)])))


def test_an_archive_that_is_no_archive_is_refused_in_words():
    for content in (b"", b"not a tar", gzip.compress(b"x" * 2_000), b"\x1f\x8b\x08\x00"):
        out = io.BytesIO()
        seal = Sealed(out)
        seal.write(content)
        seal.seal()
        with pytest.raises(Damaged):
            check_archive(io.BytesIO(out.getvalue()))


def test_uploads_keep_names_that_people_give_them():
    assert is_a_name("media/documents/Ärzte – “open” days (2).pdf")


def test_a_locked_backup_opens_for_the_holder_of_its_key_alone():
    owner, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    file = locked(make_file(), Locks((str(owner.to_public()),)))
    assert is_locked(io.BytesIO(file))
    assert unlocked(file, Keys((str(owner),))) == make_file()
    with pytest.raises(Locked, match="another key"):
        unlocked(file, Keys((str(other),)))
    with pytest.raises(Locked, match="give --identity"):
        unlocked(file, Keys())


def test_a_change_of_any_byte_of_a_locked_backup_is_refused():
    owner = pyrage.x25519.Identity.generate()
    file = locked(make_file(), Locks((str(owner.to_public()),)))
    # Every byte of its head, where each has a meaning of its own; of what follows, every ninth.
    for at in [*range(300), *range(300, len(file), 9), len(file) - 1]:
        changed = bytearray(file)
        changed[at] ^= 1 << at % 8
        with pytest.raises((Locked, Damaged)):
            check_archive(io.BytesIO(unlocked(bytes(changed), Keys((str(owner),)))))
    for length in range(0, len(file), 50):
        with pytest.raises((Locked, Damaged)):
            check_archive(io.BytesIO(unlocked(file[:length], Keys((str(owner),)))))


def test_a_passphrase_opens_what_it_locked_beside_the_holder_of_a_key():
    owner = pyrage.x25519.Identity.generate()
    file = locked(make_file(), Locks((str(owner.to_public()),), PASSPHRASE))
    assert unlocked(file, Keys((), PASSPHRASE)) == make_file()
    assert unlocked(file, Keys((str(owner),))) == make_file()
    with pytest.raises(Locked, match="another passphrase"):
        unlocked(file, Keys((), PASSPHRASE + "s"))
    with pytest.raises(Locked, match="give its passphrase"):
        unlocked(file, Keys())


def test_a_passphrase_takes_long_to_guess():
    """age's scrypt with N of 2 to the 16 at least, chosen for about a second on the machine that locks."""
    head = locked(make_file(), Locks((), PASSPHRASE)).split(b"\n")[1].split()
    assert head[:2] == [b"->", b"scrypt"]
    assert int(head[3]) >= 16


@pytest.mark.parametrize("typed", ["age1", "age1qqq", "AGE-SECRET-KEY-1QQQ", "ssh-ed25519 AAAA", "sam@example.org"])
def test_what_is_no_public_key_is_refused_in_words(typed):
    with pytest.raises(BackupProblem, match="is not the public key"):
        check_locks(Locks((typed,)))


def test_a_key_file_that_holds_no_key_is_refused_in_words():
    owner = pyrage.x25519.Identity.generate()
    file = locked(make_file(), Locks((str(owner.to_public()),)))
    with pytest.raises(Locked, match="not a secret key"):
        unlocked(file, Keys(("# created today", "my key")))


def test_old_backups_of_a_folder_go_and_the_newest_stays_however_old(tmp_path):
    now = datetime.now(UTC)
    names = [name_for(now - timedelta(days=days), Locks(("age1",))) for days in (50, 40, 31)]
    for name in [*names, "hereabouts.tar.gz", "photos.zip"]:
        (tmp_path / name).touch()
    assert [path.name for path in old_in(tmp_path, days=30)] == names[:2]
    take_away_old(tmp_path, days=30)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([names[2], "hereabouts.tar.gz", "photos.zip"])
