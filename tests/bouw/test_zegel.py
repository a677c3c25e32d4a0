"""The archive of a sealed edition: the same bytes for the same files, and nothing that was not sealed comes out."""

import json
import os
import stat
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.bouw.zegel import (
    MANIFEST,
    Manifest,
    ZegelError,
    _check_naam,
    edities_folder,
    find_vorige_zegel,
    find_zegel,
    list_zegels,
    unpack_zegel,
    write_zegel,
)

ONGEVULD = Manifest("voorbeeld", 2026, 1, "bouw", "0.1", "gebouwd", "verzegeld")


@pytest.fixture
def bestanden(tmp_path):
    folder = tmp_path / "bron"
    folder.mkdir()
    files = {"gegevens/a.parquet": b"\x00\x01" * 50, "rapport/index.html": b"<p>\xc3\xa9</p>" * 100, "editie/leeg": b""}
    paths = {}
    for n, (naam, content) in enumerate(files.items()):
        path = folder / str(n)
        path.write_bytes(content)
        paths[naam] = path
    return paths


@pytest.fixture
def archief(tmp_path, bestanden):
    path = tmp_path / "edities" / "2026-v1.zip"
    write_zegel(path, ONGEVULD, bestanden)
    return path


def rewrite(archief, change):
    """The archive with its files changed: name -> content, by a function; its checksum beside it is gone."""
    with zipfile.ZipFile(archief) as zip_:
        files = {n: zip_.read(n) for n in zip_.namelist()}
    change(files)
    archief.chmod(0o644)
    archief.with_suffix(".zip.sha256").unlink()
    with zipfile.ZipFile(archief, "w") as zip_:
        for naam, content in files.items():
            zip_.writestr(naam, content)


def test_the_same_files_give_the_same_archive_whatever_their_times_and_rights(tmp_path, archief, bestanden):
    for path in bestanden.values():
        os.utime(path, (1, 1))
        path.chmod(0o600)
    again = tmp_path / "anders" / "2026-v1.zip"
    write_zegel(again, ONGEVULD, dict(reversed(bestanden.items())))
    assert again.read_bytes() == archief.read_bytes()
    with zipfile.ZipFile(archief) as zip_:
        assert {i.date_time for i in zip_.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert zip_.namelist() == [MANIFEST, *sorted(bestanden)]
    assert stat.S_IMODE(archief.stat().st_mode) == 0o444


def test_what_was_sealed_comes_out_again(tmp_path, archief, bestanden):
    manifest = unpack_zegel(archief, tmp_path / "uit")
    assert set(manifest.bestanden) == set(bestanden)
    for naam, path in bestanden.items():
        assert (tmp_path / "uit" / naam).read_bytes() == path.read_bytes()
    unpack_zegel(archief, tmp_path / "deel", ("gegevens/",))
    assert [p.name for p in (tmp_path / "deel").rglob("*.*")] == ["a.parquet"]


def test_a_sealed_edition_is_never_overwritten(archief, bestanden):
    before = archief.read_bytes()
    with pytest.raises(ZegelError, match="nooit overschreven"):
        write_zegel(archief, ONGEVULD, bestanden)
    assert archief.read_bytes() == before


def test_a_failed_sealing_leaves_nothing(tmp_path, bestanden):
    archief = tmp_path / "edities" / "2026-v1.zip"
    with pytest.raises(ZegelError):
        write_zegel(archief, ONGEVULD, bestanden | {"../weg": next(iter(bestanden.values()))})
    assert not archief.parent.exists() or not list(archief.parent.iterdir())


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_every_flipped_byte_is_noticed(tmp_path_factory, data):
    archief = flipped(tmp_path_factory.mktemp("flip"), data)
    with pytest.raises(ZegelError, match=r"2026-v1\.zip"):
        unpack_zegel(archief, archief.parent / "uit")


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_a_flipped_byte_changes_nothing_or_is_named_also_without_the_checksum_beside_it(tmp_path_factory, data):
    """A byte of a date or a right may differ: what comes out is what was sealed, or nothing does."""
    archief = flipped(tmp_path_factory.mktemp("flip"), data)
    archief.with_suffix(".zip.sha256").unlink()
    uit = archief.parent / "uit"
    try:
        unpack_zegel(archief, uit)
    except ZegelError as error:
        assert "2026-v1.zip" in str(error)
    else:
        assert (uit / "rapport/x.html").read_bytes() == (archief.parent / "x").read_bytes()


def flipped(folder, data):
    """An archive with one byte that is not what it was."""
    (folder / "x").write_bytes(b" ".join(b"%d" % (n * n) for n in range(400)))
    archief = folder / "2026-v1.zip"
    write_zegel(archief, ONGEVULD, {"rapport/x.html": folder / "x"})
    content = bytearray(archief.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    archief.chmod(0o644)
    archief.write_bytes(bytes(content))
    return archief


def test_a_tampered_file_is_named_also_without_the_checksum_beside_it(tmp_path, archief):
    rewrite(archief, lambda files: files.update({"rapport/index.html": files["rapport/index.html"][::-1]}))
    with pytest.raises(ZegelError, match=r"rapport/index\.html is niet meer wat is verzegeld"):
        unpack_zegel(archief, tmp_path / "uit")


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (lambda f: f.pop("editie/leeg"), "editie/leeg ontbreekt"),
        (lambda f: f.update({"erbij": b"x"}), "erbij hoort er niet in"),
        (lambda f: f.update({"editie/leeg": b"x"}), "editie/leeg heeft een andere grootte"),
        (lambda f: f.pop(MANIFEST), "manifest.json ontbreekt"),
        (lambda f: f.update({MANIFEST: b"{}"}), "manifest.json ontbreekt of is beschadigd"),
        (lambda f: f.update({"../../weg": b"x"}), "kan geen naam"),
        (lambda f: f.update({"/etc/weg": b"x"}), "kan geen naam"),
        (lambda f: f.update({MANIFEST: f[MANIFEST].replace(b'"formaat": 1', b'"formaat": 9')}), "formaat 9"),
    ],
)
def test_an_archive_that_is_not_what_its_manifest_says_is_refused(tmp_path, archief, change, match):
    rewrite(archief, change)
    with pytest.raises(ZegelError, match=match):
        unpack_zegel(archief, tmp_path / "uit")
    assert not (tmp_path / "weg").exists()


def test_a_link_or_a_file_twice_in_an_archive_is_refused(tmp_path, archief):
    with zipfile.ZipFile(archief) as zip_:
        manifest = zip_.read(MANIFEST)
    listed = json.loads(manifest)
    listed["bestanden"] = {"link": {"sha256": "0" * 64, "bytes": 11}}
    archief.with_suffix(".zip.sha256").unlink()
    for twice in (False, True):
        archief.chmod(0o644)
        with zipfile.ZipFile(archief, "w") as zip_:
            zip_.writestr(MANIFEST, json.dumps(listed))
            info = zipfile.ZipInfo("link")
            info.external_attr = 0 if twice else (stat.S_IFLNK | 0o777) << 16
            zip_.writestr(info, "/etc/passwd")
            if twice:
                with pytest.warns(UserWarning, match="Duplicate"):
                    zip_.writestr("link", "/etc/passwd")
        with pytest.raises(ZegelError, match="twee keer" if twice else "geen gewoon bestand"):
            unpack_zegel(archief, tmp_path / f"uit{twice}")


@pytest.mark.parametrize("naam", ["", "/a", "../a", "a/../b", "a//b", "a\\b", "./a", "a/"])
def test_a_name_that_is_a_way_out_is_refused(tmp_path, naam):
    with pytest.raises(ZegelError, match="kan geen naam"):
        _check_naam(naam, tmp_path / "2026-v1.zip")


def test_editions_are_found_by_kind_year_and_version(tmp_path):
    folder = tmp_path / "edities" / "cbs"
    folder.mkdir(parents=True)
    for naam in ("2024-v1.zip", "2024-v2.zip", "2024-v10.zip", "2026-v1.zip", "weg.zip", ".nieuw-2028-v1.zip"):
        (folder / naam).touch()
    assert [(z.jaar, z.versie) for z in list_zegels(tmp_path, "cbs")] == [(2024, 1), (2024, 2), (2024, 10), (2026, 1)]
    assert find_zegel(tmp_path, "cbs", 2024).versie == 10
    assert find_vorige_zegel(tmp_path, "cbs", 2026).jaar == 2024
    assert find_vorige_zegel(tmp_path, "cbs", 2024) is None
    assert not list_zegels(tmp_path, "voorbeeld")


def test_an_archive_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ZegelError, match=r"2030-v1.zip is er niet"):
        unpack_zegel(tmp_path / "2030-v1.zip", tmp_path / "uit")


@pytest.mark.parametrize("rest", [b"", b"PK", b"geen zip", None])
def test_a_damaged_edition_is_named_when_an_earlier_day_is_asked_for(tmp_path, rest):
    archief = edities_folder(tmp_path, "voorbeeld") / "2026-v1.zip"
    archief.parent.mkdir(parents=True)
    if rest is None:
        with zipfile.ZipFile(archief, "w") as zip_:
            zip_.writestr(MANIFEST, json.dumps(vars(ONGEVULD) | {"bestanden": {}}))
    else:
        archief.write_bytes(rest)
    assert find_zegel(tmp_path, "voorbeeld", 2026) is not None
    with pytest.raises(ZegelError, match=r"2026-v1.zip is beschadigd"):
        find_zegel(tmp_path, "voorbeeld", 2026, datetime(2026, 6, 30, tzinfo=UTC))
