from pipelines.status import read_status, show_status


def test_status_of_a_publication_tells_build_sources_and_checks(voorbeeld):
    found = read_status(voorbeeld.opslag, "voorbeeld", voorbeeld.uitvoer)
    assert found["gepubliceerd"]["soort"] == "voorbeeld"
    assert all(b["resultaat"] == "nieuw" for b in found["bronnen"])
    text = show_status(found)
    assert found["gepubliceerd"]["bouw"] in text
    assert "Toetsen die opvallen" in text


def test_status_before_anything_is_one_short_answer(tmp_path):
    text = show_status(read_status(tmp_path, "cbs", tmp_path / "uitvoer"))
    assert "monitor run --bron cbs" in text
    assert len(text.splitlines()) == 3
