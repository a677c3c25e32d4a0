"""The cards as inputs of a build."""

from __future__ import annotations

import itertools

from assets.bouw.invoer.bouwinvoer import Bouwinvoer, InvoerError
from assets.bouw.invoer.kop import Rows, rij
from assets.bron.bronlijst import Aanlevering, Brontabel, Registertabel
from assets.bron.gezienlijst import read_gezien
from assets.indicatoren.kaartbron import Term
from assets.indicatoren.zekerheid import gezien_regels, zekerheid
from begrippen.themas import read_themas

TOTAAL = "totaal"


def kaart(invoer: Bouwinvoer) -> Rows:
    """List the cards, without their sources.

    ---
    omschrijving: De kaarten, zonder hun bronnen. Een kolom is het veld van de kaart met die naam.
    sleutel: [id]
    velden: assets.indicatoren.kaart.Kaart
    kolommen:
      id: {type: VARCHAR, code: indicator, uitleg: naam van de kaart}
      opgave: {type: "INTEGER[]", uitleg: opgaven waar de indicator bij hoort}
      telt_op: {type: BOOLEAN, uitleg: "of het een aantal is: opgeteld, of in een eenheid van aantallen"}
      klasse: {type: BOOLEAN, uitleg: "of het een klasse in een volgorde is: dan doet elk verschil ertoe"}
      familie: {type: VARCHAR, uitleg: de ontwikkeling die deze kaart met andere kaarten deelt; leeg als zij alleen is}
      leidend: {type: BOOLEAN, uitleg: of de kaart meetelt voor haar familie; waar als zij alleen is}
      familie_reden: {type: VARCHAR, uitleg: waarom zij hetzelfde meet als de leidende kaart}
      prijzen: {type: VARCHAR, uitleg: "lopend, constant of nvt: lopend zodra een bron dat is, of er niets van zegt"}
      prijzen_reden: {type: VARCHAR, uitleg: "waarom niet zeker is of de inflatie eraf is; leeg als dat zeker is"}
      gewicht: {type: VARCHAR, code: indicator, uitleg: kaart waarmee wordt gewogen}
      deflator: {type: VARCHAR, code: indicator, uitleg: kaart van de prijsindex waardoor een bedrag wordt gedeeld}
      bereik_minimum: {type: DOUBLE, uitleg: de kleinste waarde die kan voorkomen}
      bereik_maximum: {type: DOUBLE, uitleg: de grootste waarde die kan voorkomen}
      dekking: {type: DOUBLE, uitleg: deel van een samengestelde regio dat een waarde moet hebben}
      dekking_maat: {type: VARCHAR, uitleg: waarin dat deel wordt gemeten}
      merkbaar: {type: DOUBLE, uitleg: het kleinste verschil dat ertoe doet; leeg als de kaart er geen noemt}
      merkbaar_maat: {type: VARCHAR, uitleg: "waarin: eenheid of procent"}
      merkbaar_reden: {type: VARCHAR, uitleg: waarom een kleiner verschil er niet toe doet}
      zekerheid: {type: VARCHAR, uitleg: "de minste van de onderwerpen die de kaart vraagt"}
      gezien: {type: "VARCHAR[]", uitleg: "waar en wanneer is gezien wat de kaart vraagt, per tabel"}
    """
    bronnen, gezien = invoer.bronnen, read_gezien()
    for k in invoer.kaarten.values():
        yield rij(
            kaart,
            k,
            opgave=list(k.opgave),
            telt_op=k.telt_op,
            familie=k.familie.naam if k.familie else None,
            leidend=k.familie is None or k.familie.leidend,
            familie_reden=k.familie.reden or None if k.familie else None,
            bereik_minimum=k.bereik.minimum if k.bereik else None,
            bereik_maximum=k.bereik.maximum if k.bereik else None,
            dekking=k.dekking.waarde if k.dekking else None,
            dekking_maat=k.dekking.maat if k.dekking else None,
            merkbaar=k.merkbaar.waarde if k.merkbaar else None,
            merkbaar_maat=k.merkbaar.maat if k.merkbaar else None,
            merkbaar_reden=k.merkbaar.reden if k.merkbaar else None,
            zekerheid=zekerheid(k, bronnen),
            gezien=gezien_regels(k, bronnen, gezien),
        )


def _register_codes(term: Term, tabel: Registertabel) -> dict[str, tuple[str, ...]]:
    codes = {d: (c,) if isinstance(c, str) else tuple(c) for d, c in term.uitsplitsing.items()}
    if len(codes) > 1:
        raise InvoerError(f"dimensies {', '.join(codes)}; een cel van {tabel.id} heeft er een, of geen")
    for naam, asked in codes.items():
        if unknown := set(asked) - set(tabel.dimensies.get(naam, ())):
            raise InvoerError(f"{naam}={', '.join(sorted(unknown))}; {tabel.id} heeft dat niet")
    return codes


def uitsplitsingen(term: Term, tabel: Brontabel | Aanlevering | Registertabel) -> list[str]:
    """The canonical texts of the combinations of codes that a term adds up: `Dim=code|Dim2=code`, or `totaal`.

    A dimension of which we ask one code need not stand in the term. Raises InvoerError for a dimension or code that the
    source list does not ask for, and for a dimension that the term should have named.
    """
    if isinstance(tabel, Aanlevering):
        codes = {d: (c,) if isinstance(c, str) else c for d, c in term.uitsplitsing.items()}
    elif isinstance(tabel, Registertabel):
        codes = _register_codes(term, tabel)
    else:
        dimensies = {n: d for n, d in tabel.dimensies.items() if d.soort == "uitsplitsing"}
        if unknown := set(term.uitsplitsing) - set(dimensies):
            raise InvoerError(
                f"dimensie {', '.join(sorted(unknown))}; {tabel.id} heeft {', '.join(dimensies) or 'geen'}"
            )
        codes = {}
        for naam, dimensie in dimensies.items():
            asked = term.uitsplitsing.get(naam)
            if asked is None and len(dimensie.codes) == 1 and not dimensie.ook_regios:
                asked = next(iter(dimensie.codes))
            if asked is None:
                raise InvoerError(
                    f"geen code voor dimensie {naam} van {tabel.id}; kies uit {', '.join(dimensie.codes)}"
                )
            codes[naam] = (asked,) if isinstance(asked, str) else tuple(asked)
            if not dimensie.ook_regios and (unknown := set(codes[naam]) - set(dimensie.codes)):
                raise InvoerError(
                    f"code {', '.join(sorted(unknown))} van dimensie {naam} van {tabel.id}; "
                    f"de bronlijst vraagt {', '.join(dimensie.codes)}"
                )
    namen = sorted(codes)
    combinations = itertools.product(*(codes[n] for n in namen))
    return ["|".join(f"{n}={c}" for n, c in zip(namen, chosen, strict=True)) or TOTAAL for chosen in combinations]


def kaart_term(invoer: Bouwinvoer) -> Rows:
    """List the cells that the cards ask for: a list of codes in a term gives a row each.

    Raises InvoerError naming card and table when a card asks for a table, topic, dimension or code that the source list
    does not have.

    ---
    omschrijving: De cellen die een kaart vraagt; een lijst codes in een term geeft er een rij voor elke code.
    sleutel: [indicator, bron_volgorde, rol, term]
    kolommen:
      indicator: {type: VARCHAR, code: indicator, uitleg: id van de kaart}
      bron_volgorde: {type: INTEGER, uitleg: "plaats van de bron op de kaart; 1 is de eerste keus"}
      rol: {type: VARCHAR, code: rol, uitleg: teller of noemer}
      term: {type: INTEGER, uitleg: "nummer van de cel binnen indicator, bron_volgorde en rol, vanaf 1"}
      bron: {type: VARCHAR, code: bron, uitleg: bron van de cel}
      tabel: {type: VARCHAR, code: tabel, uitleg: tabel van de cel}
      onderwerp: {type: VARCHAR, code: onderwerp, uitleg: onderwerp van de cel}
      uitsplitsing: {type: VARCHAR, code: uitsplitsing, uitleg: uitsplitsing van de cel}
      regio_vast: {type: VARCHAR, code: regio, uitleg: "regio van de cel, waar dat niet die van de waarde is"}
      periode_verschuiving: {type: INTEGER, uitleg: jaren tussen de waarde en de cel, eenheid: jaar}
      gewicht: {type: DOUBLE, uitleg: waarmee de cel meetelt in de som van haar rol}
      nulpunt: {type: DOUBLE, uitleg: wat van de cel af gaat voor zij meetelt}
      factor: {type: DOUBLE, uitleg: waarmee de uitkomst van de bron wordt vermenigvuldigd}
      vanaf: {type: INTEGER, uitleg: eerste jaar waarvoor de bron geldt, eenheid: jaar}
      tot_en_met: {type: INTEGER, uitleg: laatste jaar waarvoor de bron geldt, eenheid: jaar}
      regiosoorten: {type: "VARCHAR[]", uitleg: "soorten regio waarvoor de bron geldt; leeg is alle"}
      prijsbasis: {type: VARCHAR, uitleg: "van een bedrag: lopend, constant of onbekend; leeg bij wat geen bedrag is"}
      prijspeil: {type: INTEGER, uitleg: "bij constante prijzen: het jaar daarvan", eenheid: jaar}
    """
    for k in invoer.kaarten.values():
        for volgorde, bron in enumerate(k.bronnen, start=1):
            for rol, terms in (("teller", bron.teller), ("noemer", bron.noemer)):
                numbers = itertools.count(1)
                for term in terms:
                    tabel_id = term.tabel or bron.tabel
                    tabel = invoer.bronnen.get(tabel_id)
                    if tabel is None:
                        raise InvoerError(f"kaart {k.id} vraagt tabel {tabel_id}, die niet in de bronlijst staat")
                    if term.onderwerp not in tabel.onderwerpen:
                        raise InvoerError(
                            f"kaart {k.id} vraagt onderwerp {term.onderwerp} van {tabel_id}; "
                            f"de bronlijst kent {', '.join(tabel.onderwerpen)}"
                        )
                    try:
                        texts = uitsplitsingen(term, tabel)
                    except InvoerError as error:
                        raise InvoerError(f"kaart {k.id}, onderwerp {term.onderwerp}: {error}") from None
                    for text in texts:
                        yield rij(
                            kaart_term,
                            term,
                            indicator=k.id,
                            bron_volgorde=volgorde,
                            rol=rol,
                            term=next(numbers),
                            bron=tabel.bron,
                            tabel=tabel_id,
                            uitsplitsing=text,
                            regio_vast=term.regio,
                            factor=bron.factor,
                            vanaf=bron.vanaf,
                            tot_en_met=bron.tot_en_met,
                            regiosoorten=list(bron.regiosoorten),
                            prijsbasis=bron.prijzen,
                            prijspeil=bron.prijspeil,
                        )


def breuk(invoer: Bouwinvoer) -> Rows:
    """List the breaks in the series of cards.

    ---
    omschrijving: Breuken in de reeks van een kaart.
    sleutel: [indicator, vanaf]
    kolommen:
      indicator: {type: VARCHAR, code: indicator, uitleg: id van de kaart}
      vanaf: {type: INTEGER, uitleg: eerste jaar na de breuk, eenheid: jaar}
      reden: {type: VARCHAR, uitleg: wat er veranderde}
    """
    for k in invoer.kaarten.values():
        for b in k.breuken:
            yield rij(breuk, b, indicator=k.id)


def thema(invoer: Bouwinvoer) -> Rows:
    """List the themes of the tenant.

    ---
    omschrijving: De thema's van de kaarten, zoals begrippen/themas.yaml en het gebied ze geven.
    sleutel: [id]
    kolommen:
      id: {type: VARCHAR, uitleg: naam van het thema}
      deel: {type: VARCHAR, uitleg: "deel van het rapport: economie, brede_welvaart of leeg"}
    """
    for t in read_themas(invoer.gebied).values():
        yield {"id": t.id, "deel": t.deel}
