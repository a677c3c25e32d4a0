"""The words by which a claim in free text is found: superlatives, places, comparisons, causes, what is gone."""

from __future__ import annotations

import re

# A difference with something, whatever stands before it.
VERSCHIL = re.compile(
    r"\b(?:(?P<op>hogere?|meer|vaker|groter|duurder|boven)|(?P<neer>lagere?|minder|kleiner|goedkoper|onder))\b", re.I
)
VERGELIJK = re.compile(
    r"\b(?:(?P<op>hogere?|meer|vaker|groter|duurder)|(?P<neer>lagere?|minder(?: vaak)?|kleiner|goedkoper))\b"
    r"(?P<wat>[^.;:]{0,60}?)\bdan\b|"
    r"\b(?:(?P<op2>boven)|(?P<neer2>onder)) (?:het|dat van|de)(?= (?:landelijk|gemiddeld|Nederland))",
    re.I,
)
UITERSTE = re.compile(
    r"\b(?:(?P<op>hoogste?|meeste?|grootste?|duurste?|grijste?)|(?P<neer>laagste?|minste?|kleinste?|goedkoopste?)|"
    r"(?P<goed>beste?|koploper|bovenaan|aan kop|lijstaanvoerder)|(?P<slecht>slechtste?|onderaan|hekkensluiter))\b",
    re.I,
)
EEN_VAN = re.compile(r"\been van de\s+$", re.I)
VRAAG = re.compile(r"\b(?:welke|wie|hoeveel|waar)\b[^.;]*$", re.I)
# Over which regions it is the most: 'het hoogst van alle provincies'.
PROVINCIES = re.compile(
    r"\b(?:alle|de|twaalf|andere|geen enkele|geen|lijst van) provincies?\b|\bvan (?:heel )?Nederland\b|"
    r"\bvan het land\b|\bNergens in\b",
    re.I,
)
GEBIEDEN = re.compile(r"\bCOROP|\b(?:drie|twee|alle) (?:regio|gebieden|deelgebieden)", re.I)
GEMEENTEN = re.compile(r"\bgemeenten?\b", re.I)
GEEN_ANDER = re.compile(
    r"\b(?:geen(?: enkele)? (?:andere )?(?P<wat>provincie|gemeente)|nergens)\b[^.;]*?\b"
    r"(?:(?P<op>hogere?|meer|groter|zo (?:hoog|veel|groot))|"
    r"(?P<neer>lagere?|minder|kleiner|zo (?:laag|weinig|klein)))\b"
    r"[^.;]*?\b(?:dan|als)\b",
    re.I,
)
ALLE = re.compile(r"\b(?:alle|elke|iedere) (?:twaalf )?gemeenten?\b", re.I)
IEDEREEN = re.compile(r"\b(?:niemand|iedereen|alle (?:inwoners|mensen|huishoudens))\b", re.I)
EVEN = re.compile(
    r"\b(?:gelijk aan|even (?:hoog|laag|groot|klein|veel|weinig)|evenveel|net zo (?:hoog|laag|groot|veel|weinig))\b",
    re.I,
)
BIJNA_EVEN = re.compile(r"\b(?:ongeveer|vrijwel|bijna|nagenoeg|zo goed als)\s+$", re.I)
NAAST = re.compile(r"\b(?:vergeleken met|in vergelijking met|ten opzichte van)\b", re.I)
ELK_JAAR = re.compile(r"\b(?:elk|ieder) jaar\b|\bjaar op jaar\b", re.I)
SINDS = re.compile(r"\b(?:hoogste?|laagste?)\b[^.;,]{0,30}\bsinds\b", re.I)
_ORDINAAL = (
    *("eerste", "tweede", "derde", "vierde", "vijfde", "zesde"),
    *("zevende", "achtste", "negende", "tiende", "elfde", "twaalfde"),
)
_HOOFD = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
GETAL = {w: n for lijst in (_ORDINAAL, _HOOFD) for n, w in enumerate(lijst, start=1)}
_G = rf"(?:{'|'.join(_HOOFD)})\b|[0-9]+"
RANG = re.compile(
    rf"\b(?:op )?(?:de )?plaats (?P<a>{_G})(?: van (?:de |alle )?(?P<van>{_G}))?|"
    rf"\b(?P<b>{'|'.join(_ORDINAAL)}) plaats\b(?: van (?:de |alle )?(?P<van2>{_G}))?|"
    rf"\b(?P<c>{'|'.join(_ORDINAAL)}) van (?:de|alle) (?P<van3>{_G})(?= provincie| gemeente)",
    re.I,
)
VERDWENEN = re.compile(
    r"\b(?:verdwenen|bestaat niet (?:meer|langer)|geen sprake (?:meer|van)|weggewerkt|ingelopen|ingehaald|gedicht|"
    r"uitgebannen|voltooid verleden tijd|is er niet meer)\b",
    re.I,
)
BELEID = (
    r"(?:beleid|aanpak|inzet|programma|regeling|subsidie|maatregel|deal|koers|project|investering|campagne|plan(?:nen)?|"
    r"provincie|gemeenten?|college|staten|akkoord|fonds)"
)
GEVOLG = re.compile(
    r"\b(?:beleid|[\w-]*aanpak|[\w-]*programma|[\w-]*regeling|[\w-]*maatregelen?|inzet) "
    r"(?:werkt|werken|heeft gewerkt)\b|"
    rf"\bdankzij\b|\bte danken aan\b|\b(?:als|een) gevolg van\b|\bvruchten\b|\bdoor (?:[\w-]+ ){{0,3}}[\w-]*{BELEID}|"
    rf"[\w-]*{BELEID}\w*\b[^.;]{{0,60}}\b(?:leidde|leidt|leiden|leidden|geleid|zorgde|zorgt|zorgden|zorgen|gezorgd|"
    rf"daardoor|hierdoor|resulteer\w*|veroorzaak\w*|bewerkstellig\w*|bracht(?:en)?|heeft effect|had effect)\b",
    re.I,
)
ONZEKER = re.compile(
    r"\bof\b[^.;]*\b(?:komt|is|kwam)\b|\bniet te zeggen\b|\bzeg(?:t|gen)\b[^.;]*\bniet\b|\bweten we niet\b|"
    r"\bniet (?:gemeten|bekend|vast|bewezen|aangetoond|alleen)\b|\bwil(?:len)?\b|\bmoet(?:en)?\b|\bkan\b|"
    r"\bkunnen\b|\bzou(?:den)?\b",
    re.I,
)  # fmt: skip
