"""The words for a reason: the only place where they stand. `zin` for readers, `regel` for who runs the commands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from begrippen.lijsten import HERKENNINGEN
from begrippen.redenen import REDENEN, Reden

# What a reader is told; a list of names is written with commas.
ZINNEN: dict[str, str] = {
    "vrij": "",
    "afwezig": "staat niet bij de bron",
    "niet_opgenomen": "wij hebben deze tabel niet opgehaald",
    "adres_onbekend": "de bron kent dit niet",
    "vraag_geweigerd": "de bron weigert de vraag",
    "antwoord_met_code": "de bron antwoordt met {http}",
    "half_antwoord": "het antwoord is halverwege afgebroken",
    "verbinding": "de verbinding brak af",
    "beschadigd": "het antwoord is beschadigd",
    "geen_pagina": "het antwoord is geen hele pagina met rijen",
    "geen_json": "het antwoord is geen (heel) JSON-object",
    "kring": "de bron verwijst in een kring naar zijn volgende pagina",
    "opgegeven": "opgegeven na {pogingen}",
    "duurt_te_lang": "de bron was niet klaar binnen {seconden} seconden, de grens voor een {van}",
    "te_groot": "de bron gaf meer dan {mb} MB, de grens voor een {van}",
    "te_veel_antwoorden": "de bron had meer dan {aantal} antwoorden nodig, de grens voor een {van}",
    "omleiding": "de bron stuurt door naar een ander adres",
    "andere_pagina": "de bron zet zijn volgende pagina op een ander adres",
    "foutobject": "de bron geeft een foutmelding in plaats van een antwoord",
    "antwoord_past_niet": "het antwoord van de bron heeft niet de vorm die erbij hoort",
    "onverwacht": "het ophalen liep vast op iets onbekends",
    "archief_stuk": "een bewaard antwoord is beschadigd en opzij gezet",
    "niet_bewaard": "{naam} is niet bewaard",
    "titel_ontbreekt": "er is geen onderwerp met de titel '{titel}'",
    "ander_pad": "'{titel}' staat niet onder {pad}",
    "andere_eenheid": "de eenheid van '{titel}' is {eenheden}, verwacht is {verwacht}",
    "meer_keer": "'{titel}' ({eenheid}) staat er {aantal} keer; noem in de bronlijst het pad",
    "andere_maatcode": "'{titel}' heeft code {gevonden}, en {maatcode} staat bij een ander onderwerp",
    "anders_gevonden": "{naam} is gevonden {hoe}: {gevonden}",
    "geen_onderwerp": "geen van de onderwerpen van de bronlijst staat in de tabel",
    "andere_dimensies": "de tabel heeft de dimensies {gevonden}; de bronlijst noemt {verwacht}",
    "code_ontbreekt": "code {code} ({titel}) staat niet in de codelijst",
    "code_andere_titel": "{dimensie}={code} heet nu '{titel}', verwacht is '{verwacht}'",
    "regio_ontbreekt": "regio {regio} staat niet in de codelijst",
    "geen_code": "geen van de codes die de bronlijst voor {dimensie} vraagt staat in de tabel",
    "periode_onbekend": "onbekende schrijfwijze van een periode: {periodes}",
    "leeg": "de tabel is leeg: er kwam geen enkele rij",
    "telling": "de bron telt {verwacht} rijen en er kwamen er {gekregen}",
    "regio_onbekend": "onbekende regio {regios}: de gesloten lijst van regio's kent deze code niet",
    "dubbel": "dezelfde cel komt meer dan een keer voor: {cellen}",
    "gekrompen": (
        "van de {cellen} gevulde cellen van het vorige antwoord is {over}% er nog, en minstens {dekking}% is nodig; "
        "weg zijn bijvoorbeeld {weg}"
    ),
    "niveau": "de cijfers zijn {factor} keer die van het vorige antwoord (de middelste van {cellen} cellen)",
    "verspreid": "van de {cellen} cellen verschilt {deel}% meer dan een kwart van het vorige antwoord",
    "niveau_regio": "de cijfers van {regios} zijn ineens heel andere dan in het vorige antwoord",
    "terug": "de bron zegt nu {nu} ({kenmerk}), en het bewaarde antwoord is nieuwer: {vorige}",
    "bewoog": "de tabel veranderde terwijl zij werd opgehaald: eerst {eerst}, daarna {daarna}",
    "geen_telling": "de bron geeft geen telling; of alle rijen er zijn is alleen aan het vorige antwoord getoetst",
    "onderwerp_weg": "onderwerp {onderwerp} was er in het vorige antwoord wel",
    "herhaald": "net als de vorige keer",
    "pagina_stuk": "pagina {pagina} is stuk of afgebroken: geen geldige JSON",
    "pagina_geen_rijen": "pagina {pagina}: de rijen zijn geen JSON-objecten",
    "pagina_kolom": "pagina {pagina}: kolom {kolommen} ontbreekt; wel gevonden: {gevonden}",
    "pagina_code": "pagina {pagina}: {dimensie} is {code}, en die code is niet gevraagd",
    "pagina_onderwerp": "pagina {pagina}: onderwerp '{onderwerp}' is niet gevraagd",
    "pagina_getal": "tekst in een getal: '{tekst}' bij {cel} (pagina {pagina})",
    "pagina_leeg": "een cel is leeg en zegt niet waarom: {cel} (pagina {pagina})",
    "rijen_passen_niet": "de pagina's zijn niet te lezen: {aantal} rijen passen niet bij wat is gevraagd",
    "paginas_onleesbaar": "de pagina's zijn niet te lezen: {melding}",
    "niet_aangeleverd": "niet aangeleverd",
    "bestand": "",
    "koppeling": "{bestand} is een koppeling (symlink); zet het bestand zelf in de map",
    "vreemde_naam": "de naam van {bestand} heeft tekens die niet te tonen zijn; geef het bestand een gewone naam",
    "geen_mapping": (
        "geen mapping leest {bestand}; gelezen worden {namen}. Geef het bestand zo'n naam, of zet {mapping} ernaast"
    ),
    "oud_bestand": "{bestand}: {raad}",
    "verborgen_blad": "{bestand}: het verborgen blad {bladen} is niet gelezen",
    "opmerkingen": "{bestand}: {aantal} opmerkingen bij cellen zijn niet gelezen",
    "overgeslagen": "geen levering en niet gelezen: {bestanden}",
    "andere_tekens": "{bestand} is gelezen als Windows-1252, niet als {verwacht}",
    "vervangt_geheel": "een aanlevering vervangt de vorige in haar geheel: leg de eerdere bestanden er ook bij",
    "indicator_ontbreekt": "indicator {indicator} staat niet in de aanlevering",
    "ingetrokken": "het antwoord is op {dag} ingetrokken: {waarom}",
    "register_niet_mee": "het werkgelegenheidsregister is niet meegenomen",
    "register_leeg": "er is nog geen jaar van het register ingelezen",
    "niet_in_leveringen": "geen van de leveringen geeft dit",
    "nooit_opgehaald": "nog niet opgehaald",
    "peildatum": "deze editie neemt antwoorden tot en met {dag}",
    "niet_op_dag": "op {dag} was er nog geen antwoord van deze tabel",
}

# What only who runs the commands is told, behind the sentence.
BIJZONDERHEDEN: dict[str, str] = {
    "adres_onbekend": " ({http})",
    "vraag_geweigerd": " ({http})",
    "verbinding": " ({soort}: {melding})",
    "beschadigd": " ({melding})",
    "omleiding": " ({doel})",
    "andere_pagina": " ({doel})",
    "foutobject": " ({melding})",
    "antwoord_past_niet": " ({deel}, bij {plaats}: {melding})",
    "onverwacht": " ({soort}: {melding})",
    "archief_stuk": " ({momentopname}, {bestand})",
}

# How the next step is introduced.
STAPPEN: dict[str, str] = {
    "toets": "Bekijk wat er anders is met",
    "gemeenten": "Is het een nieuwe gemeente, kijk dan met",
    "neem_op": "Bewaar wat de bron geeft, om te laten zien, met",
    "haal_op": "Haal op met",
    "lever_aan": "Lever aan met",
    "neem_mee": "Neem het mee met",
    "lees_in": "Lees een levering in met",
    "trek_in": "Klopt het oude antwoord van de bron, trek dan het nieuwere in met",
    "zet_terug": "Klopt het toch, zet het dan terug met",
    "stel_voor": "Is het een tabel van StatLine, maak dan een voorstel met",
}


def _written(reden: Reden) -> Mapping[str, Any]:
    """The particulars of a reason as they are written in a sentence."""
    shown: dict[str, Any] = {n: ", ".join(g) if isinstance(g, tuple) else g for n, g in reden.gegevens.items()}
    match reden.code:
        case "opgegeven":
            shown["pogingen"] = "1 poging" if shown["pogingen"] == 1 else f"{shown['pogingen']} pogingen"
        case "anders_gevonden":
            shown["hoe"] = HERKENNINGEN.get(shown["hoe"], shown["hoe"])
        case "ander_pad":
            shown["pad"] = " > ".join(reden.gegevens["pad"])  # type: ignore[arg-type]
        case "gekrompen":
            shown["over"] = f"{shown['over']:.1f}".replace(".", ",")
            shown["dekking"] = f"{shown['dekking']:g}"
            shown["weg"] = "; ".join(reden.gegevens["weg"])  # type: ignore[arg-type]
        case "te_groot":
            shown["mb"] = str(shown["mb"]).removesuffix(".0").replace(".", ",")
        case "niveau":
            shown["factor"] = f"{shown['factor']:.3g}".replace(".", ",")
        case "verspreid":
            shown["deel"] = f"{shown['deel']:.0f}"
        case "dubbel":
            shown["cellen"] = "; ".join(reden.gegevens["cellen"])  # type: ignore[arg-type]
        case "regio_onbekend" | "niveau_regio" if shown["aantal"] > len(reden.gegevens["regios"]):  # type: ignore[arg-type]
            shown["regios"] += " en meer"
        case "pagina_code":
            shown["code"] = f"'{shown['code']}'" if shown["code"] else "leeg"
    return shown


def _zin(reden: Reden) -> str:
    sentence = ZINNEN[reden.code].format(**_written(reden)) or reden.toelichting
    return f"onderwerp {reden.wat}: {sentence}" if reden.wat else sentence


def zin(redenen: Iterable[Reden]) -> str:
    """What a reader is told: no address, no command, no message of another program. Empty where there is no reason."""
    return "; ".join(map(_zin, redenen))


def _bijzonder(reden: Reden) -> str:
    where = f"{reden.waar}: " if reden.waar else ""
    return where + _zin(reden) + BIJZONDERHEDEN.get(reden.code, "").format(**_written(reden))


def regel(redenen: Iterable[Reden], tabel: str = "") -> str:
    """What who runs the commands is told: also where, the particulars and, with `tabel`, the next command."""
    redenen = tuple(redenen)
    told = "; ".join(map(_bijzonder, redenen))
    steps = dict.fromkeys(
        f"{STAPPEN[REDENEN[r.code][1]]}: {r.opdracht(tabel)}" for r in redenen if tabel and r.opdracht(tabel)
    )
    return ". ".join([told, *steps])


# Why a card has no figure at all (`lijsten.Ontbreekreden`), in the words of a reader.
ONTBREEKREDENEN: dict[str, str] = {
    "aanlevering_ontbreekt": "het bestand is niet aangeleverd",
    "tabel_ontbreekt": "de tabel van de bron is niet opgehaald",
    "onderwerp_niet_gevonden": "het onderwerp staat niet in de tabel van de bron",
    "geen_heel_jaar": "de bron heeft nog geen heel jaar",
    "niet_in_selectie": "wij hebben dit gebied niet opgevraagd",
    "niveau": "de bron heeft geen cijfer op dit niveau",
    "leeg": "de bron geeft geen waarde",
}
