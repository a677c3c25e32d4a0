"""What editors may write, what they may not, and what they are told."""

import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reports.document import Alinea, Citaat, Document, Kop, Lijst, runs
from reports.inhoud import Koppeling, Nadruk, Voorlees, plain
from reports.tekst.fout import TekstError
from reports.tekst.getalregels import NAMEN, check_naam, find_cijfers
from reports.tekst.teksten import insert_teksten, read_tekst, read_teksten, refuse
from tests.reports.voorbeeldcijfers import make_cijfers

CIJFERS = make_cijfers()


def read(source, naam="arbeidsmarkt", hoofdstukken=("arbeidsmarkt", "index")):
    return read_tekst(f"{naam}.md", source, CIJFERS, hoofdstukken)


def faults(source):
    return [f.wat for f in read(source)[1] if f.ernst == "fout"]


def warnings(source):
    return [f.wat for f in read(source)[1] if f.ernst == "let op"]


def printed(source):
    tekst, fouten = read(source)
    assert not [f for f in fouten if f.ernst == "fout"], [str(f) for f in fouten]
    return " ".join(plain(tuple(runs(b))) for b in tekst.blokken)


# --- references ---


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{{ cijfer("werkloosheid") }}', "naar schatting 3,2%"),
        ('{{ cijfer("werkloosheid", "Emmen") }}', "naar schatting 4,2%"),
        ('{{ cijfer("werkloosheid", regio="emmen", periode=2022) }}', "naar schatting 4,6%"),
        ('In {{ jaar("werkloosheid") }}', "In 2024"),
        (
            '{{ verschil_nl("werkloosheid") }} Nederland',
            "0,5\N{NO-BREAK SPACE}procentpunt lager, als het geen toeval is, dan Nederland",
        ),
        (
            '{{ verandering("werkloosheid") }}',
            "0,6\N{NO-BREAK SPACE}procentpunt lager dan in 2022 (als het geen toeval is)",
        ),
        ('{{ verandering("bevolking", sinds=2020) }}', "4,1% meer dan in 2020"),
        ('{{ trend("werkloosheid") }}', "daalt"),
        ('{{ trend("bevolking", meervoud=true) }}', "stijgen"),
        ('{{ trend("participatie") }}', "verandert niet duidelijk"),
        ('{{ rang("werkloosheid") }}', "ongeveer plaats 2 van de 12 provincies (plaats 1 is het gunstigst)"),
        ('{{ record("werkloosheid") }}', "de laagste waarde sinds 2013"),
        ('{{ citaat("ruim 265.000", "Koers 2024") }}', "‘ruim 265.000’ (Koers 2024)"),
    ],
)
def test_a_reference_prints_dutch_words(source, expected):
    assert printed(source) == expected


@pytest.mark.parametrize(
    ("source", "wat", "advies"),
    [
        ('{{ cijfer("werkloosheit") }}', "bestaat niet", "'werkloosheid'"),
        ('{{ cijfer("werkloosheid", "Emen") }}', "bestaat niet", "'Emmen'"),
        ('{{ cijfer("bbp") }}', "heeft geen cijfers: Niet er", "aanwezig"),
        ('{{ cijfer("werkloosheid", "Assen") }}', "n.b.: geheim", "aanwezig"),
        ('{{ cijfer("werkloosheid", "Drenthe", 2050) }}', "geen cijfer van '2050'", "2020 tot en met 2024"),
        ('{{ trend("werkloosheid", "Emmen") }}', "geen trend", "aanwezig"),
        ('{{ rang("werkloosheid", "Emmen") }}', "geen plaats", "aanwezig"),
        # of an estimate another may stand there as well
        ('{{ hoogste("werkloosheid") }}', "de hoogste is, is niet zeker", "aanwezig"),
        ('{{ record("bevolking") }}', "is geen record", "aanwezig"),
        ('{{ verschil_nl("bevolking") }}', "is een totaal", "aandeel"),
        ('{{ verandering("werkloosheid", sinds=2024) }}', "gaat niet vooruit", "eerder"),
        ("{{ cijfer(werkloosheid) }}", "zonder aanhalingstekens", '"werkloosheid"'),
        ("{{ cijfr('werkloosheid') }}", "'cijfr' bestaat niet", "cijfer("),
        ("{{ cijfer() }}", "te weinig of te veel", "cijfer("),
        ('{{ cijfer("werkloosheid", jaar=2020) }}', "kent geen 'jaar'", "periode"),
        ('{{ cijfer("werkloosheid", true) }}', "kan niet True zijn", "cijfer("),
        ("{{ cijfer(“werkloosheid”) }}", "kromme aanhalingstekens", "rechte"),
        ('{% if aanwezig("bbp") %}x', "if zonder endif", "endif"),
        ('{{ citaat("x", "") }}', "zonder bron", "citaat("),
        ('{{ aanwezig("bbp") }}', "drukt niets af", "if aanwezig"),
    ],
)
def test_a_wrong_reference_says_what_to_write(source, wat, advies):
    (fout,) = [f for f in read(f"Eerst een regel.\n\n{source}\n")[1] if f.ernst == "fout"]
    assert wat in fout.wat
    assert advies in fout.advies
    assert fout.regel == 3


def test_all_faults_come_at_once_with_their_lines():
    source = 'Een 3.\n\nNog een 4.\n{{ cijfer("x") }}\n\n{% if aanwezig("bbp") %}\nweg\nweg\n{% endif %}\n\nEn een 5.\n'
    assert [f.regel for f in read(source)[1]] == [1, 3, 4, 11]


def test_a_text_can_depend_on_what_is_there():
    source = '{% if aanwezig("bbp") %}Bbp is {{ cijfer("bbp") }}.{% else %}Geen bbp.{% endif %}'
    assert printed(source) == "Geen bbp."
    assert printed('{% if aanwezig(trend("werkloosheid")) and not aanwezig("bbp") %}Ja.{% endif %}') == "Ja."
    assert "bestaat niet" in faults('{% if aanwezig("typefout") %}x{% endif %}')[0]


def test_a_provisional_figure_is_marked_and_explained():
    from dataclasses import replace

    kaart = CIJFERS.indicatoren["werkloosheid"]
    stand = kaart.standen["PV22"]
    voorlopig = replace(stand, punt=replace(stand.punt, status="voorlopig"))
    cijfers = replace(CIJFERS, indicatoren={"werkloosheid": replace(kaart, standen={"PV22": voorlopig})})
    tekst, fouten = read_tekst("index.md", '{{ cijfer("werkloosheid") }}', cijfers, None)
    assert not fouten
    assert tekst.blokken[0] == Alinea((Voorlees("naar schatting 3,2%*", "naar schatting 3,2% (voorlopig cijfer)"),))
    assert "Voorlopig" in plain(tekst.blokken[-1].inhoud)


# --- figures without a reference ---


@pytest.mark.parametrize(
    "source",
    [
        "In 2024 was het zo.", "Tussen 2018 en 2025.", "De jaren 2018-2024.", "De Economische Koers 2024.", "(2024)",
        "Op 1 april 2026.", "Volgens de SBI 2008.", "De groep van 75+.", "Zie artikel 12 en paragraaf 1.1.",
        "Opgave 1 en opgave 5.", "Tabel 85924NED.", "Drie gebieden en twaalf gemeenten.", "Langs de N34.",
        "1. een\n2. twee", "> Er zijn 12 banen.\n> — bron: Koers, paragraaf 1.1", "De uitstoot van CO2.",
        "Het 2e kwartaal van 2026.", "In de jaren ’90.", "Zie art. 3.",
    ],
)  # fmt: skip
def test_what_is_no_figure_may_stay(source):
    assert not faults(source)


@pytest.mark.parametrize(
    "source",
    [
        "Het is 3,2%.", "Er zijn 2024 banen.", "In 2024 banen.", "1.250 euro", "€ 2024", "2024%", "N35", "75%",
        "37. banen", "Een half: ½.", "Wel ７ keer.", "Kwadraat²", "&#50;", "[12](https://voorbeeld.nl)", "**9**",
        "Artikel 12 procent.", "tien procent", "vijfentwintig bedrijven", "een derde van de banen", "honderdtwintig",
        "drie miljoen", "één op de drie", "anderhalf keer zo veel", "de helft van de banen", "## Kop 3", "- 4 banen",
        "> Er zijn 12 banen.", "SBI 20081", "Ⅷ", "三", "twee procent", "-2019", "tussen 2018 en 90", "1 april 20266",
    ],
)  # fmt: skip
def test_a_figure_without_a_reference_is_refused(source):
    assert faults(source)


WORDS = st.sampled_from(
    ["banen", "In", "sinds", "de", "Drenthe", "artikel", "opgave", "procent", "(", ")", "**", "##", "- ", "\n", "\n\n",
     "januari", "euro", "{{ jaar('werkloosheid') }}", "{# x #}", "[a](b)", "75+", "SBI 2008"]
)  # fmt: skip
DIGITS = st.sampled_from(["0", "7", "12", "3,5", "1.250", "250.000", "99", "0,1", "½", "７", "²", "&#55;", "6%", "€5"])


@settings(deadline=None)
@given(st.lists(WORDS, max_size=8), DIGITS, st.lists(WORDS, max_size=8))
@example(["\n"], "0", [])
def test_no_text_with_a_free_digit_passes(before, digit, after):
    """Digits that are no year, date or place, in any company, never come through."""
    source = " ".join([*before, "x", digit, "banen", *after])
    assert faults(source)


@settings(deadline=None)
@given(st.text(alphabet=string.ascii_letters + string.digits + " .,%€()-–’'\n+", max_size=60))
def test_what_passes_holds_only_digits_that_may_be_there(text):
    tekst, fouten = read(text)
    if any(f.ernst == "fout" for f in fouten):
        return
    for blok in tekst.blokken:
        for found in find_cijfers(plain(tuple(runs(blok)))):
            pytest.fail(f"{found} in {text!r}")


@pytest.mark.parametrize("naam", ["12%", "3 miljoen", "1.250", "€ 5", "12 banen", "zonder", "17 procent", "1995"])
def test_a_figure_can_not_pass_as_a_name(naam):
    assert check_naam(naam)


@pytest.mark.parametrize("naam", NAMEN)
def test_the_names_on_the_list_are_names(naam):
    assert not check_naam(naam)


def test_a_typed_number_is_answered_with_the_reference_that_prints_it():
    (fout,) = read("De werkloosheid is 3,2%.")[1]
    assert '{{ cijfer("werkloosheid") }}' in fout.advies


# --- sentences beside their figures ---

W, P, B = '{{ cijfer("werkloosheid") }}', '{{ cijfer("participatie") }}', '{{ cijfer("bevolking") }}'


@pytest.mark.parametrize(
    "source",
    [
        f"De werkloosheid daalt naar {W}.",
        f"De werkloosheid is {W} en daalt; de bevolking groeit naar {B} in 2025 (2024 voor de werkloosheid).",
        f"De participatie ({P}) stijgt niet.",
        f"De werkloosheid is met {W} lager dan in Nederland.",
        f"De werkloosheid ligt met {W} onder het landelijk gemiddelde.",
        f"Met {W} is de werkloosheid lager dan in 2022.",
        'De werkloosheid daalde van {{ cijfer("werkloosheid", periode=2020) }} in 2020 naar ' + W + " in 2024.",
        'De werkloosheid daalde: zij is {{ verandering("werkloosheid") }}.',
        f'In Drenthe is {W} werkloos, lager dan de {{{{ cijfer("werkloosheid", "NL01") }}}} in Nederland.',
        f"De werkloosheid is historisch laag: {W}, de laagste sinds 2013.",
        f'De werkloosheid ({W}) is historisch laag: {{{{ record("werkloosheid") }}}}.',
        f"Naar verwachting zal {P} stijgen.",
        f"Het gaat om {W} van de beroepsbevolking.",
        f"De economie groeit; de werkloosheid was {W}.",
        f"Drenthe loopt op kop met {W}.",
        f"Meer dan {W} is werkloos.",
        f'Emmen ({{{{ cijfer("werkloosheid", "Emmen") }}}}) kent meer werkloosheid dan Drenthe ({W}).',
    ],
)
def test_a_true_sentence_passes(source):
    assert not faults(source)


@pytest.mark.parametrize(
    ("source", "wat"),
    [
        (f"De werkloosheid stijgt naar {W}.", "'stijgt', maar"),
        (f"De werkloosheid neemt fors toe tot {W}.", "'neemt fors toe', maar"),
        (f"De participatie daalt naar {P}.", "verandert niet duidelijk"),
        (f"De bevolking krimpt naar {B}.", "'krimpt', maar"),
        (f"De werkloosheid daalt niet: {W}.", "'niet daalt', maar"),
        (f"De werkloosheid is met {W} hoger dan in Nederland.", "'hoger', maar"),
        (f"De werkloosheid ligt met {W} boven het landelijk gemiddelde.", "'boven', maar"),
        (f"Met {W} is de werkloosheid hoger dan in 2022.", "'hoger', maar"),
        ('De werkloosheid steeg: zij is {{ verandering("werkloosheid") }}.', "'steeg', maar"),
        (f'In Drenthe is {W} werkloos, hoger dan {{{{ cijfer("werkloosheid", "NL01") }}}} in NL.', "'hoger', maar"),
        (f'Drenthe ({W}) kent meer werklozen dan Emmen ({{{{ cijfer("werkloosheid", "Emmen") }}}}).', "'meer', maar"),
        (f"De bevolking is met {B} het hoogst in tien jaar.", "mag hier niet"),
        (f"Werkloos is {W} en er zijn {B} inwoners.", "verschillende jaren"),
        ('Nu {{ cijfer("werkloosheid") }}, toen {{ cijfer("werkloosheid", periode=2020) }}.', "verschillende jaren"),
        ('Dat is {{ verandering("werkloosheid") }}: een procent.', "procentpunt"),
        (f"De werkloosheid is {W} procentpunt.", "procentpunt is alleen voor een verschil"),
        (f"De werkloosheid is {W} procent.", "haar eenheid zelf"),
        (f"Van {W} een procentpunt.", "zonder verschil"),
        (f"De werkloosheid daalt met {W}.", "'met' voor een stand"),
        (f"De bevolking is met {B} historisch hoog.", "mag hier niet"),
        (f"De participatie was nog nooit zo hoog: {P}.", "mag hier niet"),
        (f"De werkloosheid is {W}, historisch hoog sinds 2013.", "de laagste waarde"),
        (f"De werkloosheid is {W}, historisch laag.", "zonder de reeks"),
        ("Nog nooit werkten zoveel mensen.", "zonder cijfer"),
    ],
)  # fmt: skip
def test_a_sentence_that_its_figures_contradict_is_refused(source, wat):
    assert any(wat in f for f in faults(source)), faults(source)


def test_what_can_not_be_settled_is_only_reported():
    assert "zonder cijfer in de zin" in warnings("De vergrijzing stijgt.")[0]
    assert "precies cijfer" in warnings(f"Ruim {W} is werkloos.")[0]


# --- form ---


def test_markdown_becomes_blocks():
    source = (
        "---\nhoofdstuk: index\nplaats: slot\ntitel: Een titel\n---\nEen *zin* met [koppeling](https://x.nl/2024).\n\n"
        "### Kop\n\n1. een\n2. twee\n\n> Woorden.\n> bron: Koers\n"
    )
    tekst, fouten = read(source)
    assert not fouten
    assert (tekst.hoofdstuk, tekst.plaats) == ("index", "slot")
    titel, alinea, kop, lijst, citaat = tekst.blokken
    assert isinstance(titel, Kop) and isinstance(kop, Kop) and kop.niveau == 3
    assert alinea.inhoud[1] == Nadruk("zin") and alinea.inhoud[3] == Koppeling("koppeling", "https://x.nl/2024")
    assert lijst == Lijst((("een",), ("twee",)), genummerd=True)
    assert citaat == Citaat(("Woorden.",), "Koers")


def test_a_heading_over_what_its_conditions_left_out_is_not_there():
    """'Wie werkt er, en waar?' stood over nothing where no figure answered it."""
    leeg = '{% if aanwezig("bbp") %}\nZin.\n{% endif %}\n'
    for source, blokken in ((leeg, 0), (leeg + "\nDit wel.", 2)):
        tekst, fouten = read(f"---\nhoofdstuk: index\ntitel: Een titel\n---\n{source}")
        assert not [f for f in fouten if f.ernst == "fout"] and len(tekst.blokken) == blokken


@pytest.mark.parametrize(
    "source",
    ["<b>x</b>", "<script>x</script>", "![x](y.png)", "```\nx\n```", "`x`", "# Kop", "a  \nb", "- a\n  - b", "---\nx",
     "---\nfoo: x\n---\nx", "a\u200bb", "a\U000f0000b", "[x](javascript:alert(1)) 3", "3. x", ""],
)  # fmt: skip
def test_what_is_no_plain_text_is_refused(source):
    assert faults(source)


def test_a_chapter_that_is_not_there_is_named():
    assert "geen hoofdstuk 'verzonnen'" in read("x", "10-verzonnen")[1][0].wat


def test_texts_come_into_their_chapters_and_a_fault_stops_the_build():
    from datetime import date

    from reports.document import Blad

    blad = Blad("arbeidsmarkt", "Arbeidsmarkt", "", (Alinea(("inleiding",)), Kop(2, "Kop", "kop")))
    document = Document("t", "o", 2026, date(2026, 1, 1), (blad, Blad("index", "i", "", ())))
    teksten, fouten = read_teksten(
        [("arbeidsmarkt.md", "begin"), ("20-arbeidsmarkt.md", "---\nhoofdstuk: arbeidsmarkt\nplaats: slot\n---\nslot")],
        CIJFERS, ["arbeidsmarkt"],
    )  # fmt: skip
    refuse(fouten)
    blokken = insert_teksten(document, teksten).blad("arbeidsmarkt").blokken
    assert [plain(tuple(runs(b))) for b in blokken] == ["inleiding", "begin", "", "slot"]
    with pytest.raises(TekstError, match=r"1 fout in de teksten:\nindex.md, regel 1"):
        refuse(read_teksten([("index.md", "12")], CIJFERS, None)[1])


# --- attacks ---


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__ }}", "{{ cijfer.__globals__ }}", "{{ cijfer.__code__ }}", "{{ self }}", "{{ config }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}", "{{ range(9) }}", "{{ lipsum() }}", "{{ 7*7 }}",
        "{{ [].append(1) }}", "{{ cijfer('werkloosheid')|attr('x') }}", "{{ cijfer('werkloosheid').soort }}",
        "{% include '/etc/passwd' %}", "{% import 'os' as os %}", "{% set x = 1 %}", "{% for x in [1] %}a{% endfor %}",
        "{% macro a() %}{% endmacro %}", "{{ cijfer(*['werkloosheid']) }}", "{{ cijfer(**{'indicator': 'x'}) }}",
        "{{ cijfer(cijfer('werkloosheid')) }}", "{% if cijfer %}a{% endif %}", "{% if 1 %}a{% endif %}", "{{ '12%' }}",
        "{% if aanwezig.__class__ %}a{% endif %}", "{{ (cijfer)('werkloosheid', {}) }}", "{% extends 'x' %}",
        "{% block a %}b{% endblock %}", "{% filter upper %}a{% endfilter %}", "{% raw %}12{% endraw %}",
        "{{ 'a' ~ '12' }}", "{% call cijfer() %}{% endcall %}", "{% with x=1 %}a{% endwith %}", "{{" + "(" * 3000,
        "{{ namespace() }}", "{{ dict() }}", "{% autoescape false %}a{% endautoescape %}", "{{ cijfer('x' * 9) }}",
    ],
)  # fmt: skip
def test_nothing_but_the_closed_set_can_be_called(source):
    tekst, fouten = read(source)
    assert any(f.ernst == "fout" for f in fouten)
    assert all("root:" not in plain(tuple(runs(b))) for b in tekst.blokken)


@settings(deadline=None)
@given(st.text(alphabet="{}%#()[]'\"|.,*~+-= \nabcifendcijferwrkloshd_0", max_size=80))
def test_any_text_gives_faults_or_blocks_and_never_another_error(text):
    tekst, fouten = read(text)
    lines = text.count("\n") + 1
    assert all(1 <= f.regel <= lines and f.wat and f.advies for f in fouten)
    # a word by itself is never lost: only a template (a comment, a condition) can print nothing
    assert fouten or tekst.blokken or "{" in text or not any(c.isalnum() for c in text)
