"""The words by which a sentence is read: of movement, comparison, record, percent and time."""

from __future__ import annotations

import re

_OP = (
    r"stijg(?:t|en|de|den|ing|end|ende)|steeg|stegen|gestegen|groei(?:t|en|de|den)|gegroeid|toegenomen|toename|toeneemt|"
    r"toenam(?:en)?|omhoog|klimt|klimmen|oploopt|oplopen|opgelopen|(?:neemt|nemen|nam|namen)\b[^.;:]*?\btoe|"
    r"(?:loopt|lopen|liep|liepen|ging|gingen|gaat|gaan)\b[^.;:,]*?\bop(?! (?:kop|orde|peil|schema|de|het|een)\b)"
)
_NEER = (
    r"daal(?:t|de|den)|dalen|dalend|dalende|daling|gedaald|krimp(?:t|en)?|kromp(?:en)?|gekrompen|afgenomen|afname|afneemt|"
    r"afnam(?:en)?|omlaag|zakt|zakken|zakte|gezakt|terugloopt|teruglopen|teruggelopen|terugliep(?:en)?|"
    r"(?:neemt|nemen|nam|namen)\b[^.;:]*?\baf|(?:loopt|lopen|liep|liepen)\b[^.;:,]*?\bterug"
)
BEWEGING = re.compile(rf"\b(?:(?P<op>{_OP})|(?P<neer>{_NEER}))\b", re.I)
_LANDELIJK = (
    r"(?:het|dat van|het cijfer van|de|die van)?[ \n]?(?:landelijk|Nederland|Nederlands|gemiddelde van Nederland)"
)
VERGELIJKING = re.compile(
    rf"\b(?:(?P<op>hoger|groter dan|meer(?=(?: [\w-]+){{0,4}} dan\b)|boven (?={_LANDELIJK}))|"
    rf"(?P<neer>lager|kleiner dan|minder(?=(?: [\w-]+){{0,4}} dan\b)|onder (?={_LANDELIJK})))",
    re.I,
)
NL = re.compile(r"\b(?:Nederland(?:se|s)?|landelijke?)\b", re.I)
NIET = re.compile(r"\b(?:niet|geen|nauwelijks|noch)\b", re.I)
STRAKS = re.compile(
    r"\b(?:zal|zullen|zou|zouden|verwacht\w*|verwachting\w*|prognose\w*|voorspel\w*|kan|kunnen|kon)\b", re.I
)
JAAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
RECORD = re.compile(
    r"\b(?:historisch (?:laag|lage|hoog|hoge|weinig|veel|klein|groot|dieptepunt|hoogtepunt)|nog nooit|nooit eerder|"
    r"niet eerder|record(?:hoog|laag|aantal|hoogte|jaar|niveau)?|(?:dan|zo \w+) ooit|ooit gemeten|"
    r"(?:hoogste|laagste)[^.;,]{0,30}\booit|"
    r"(?:hoogste?|laagste?)[^.;,]{0,20}\b(?:in|sinds) (?:\w+ )?(?:jaar|jaren)\b|"
    r"sinds het begin van de meting(?:en)?|dieptepunt|hoogtepunt)\b",
    re.I,
)
HOOG = re.compile(r"\b\w*(?:hoog|hoge|hoogste|hoger|veel|groot|hoogte|hoogtepunt|meer)\b", re.I)
LAAG = re.compile(r"\b\w*(?:laag|lage|laagste|lager|weinig|klein|dieptepunt|minder)\b", re.I)
PROCENT = re.compile(r"%-punt|\bprocentpunt(?:en)?\b|\bprocent(?:en)?\b|\bpercent(?:age)?punten?\b|\bpercent\b|%", re.I)
AFGEROND = re.compile(r"\b(?:ruim|bijna|ongeveer|circa|krap|zo’n|zo'n|rond de|meer dan|minder dan)\s$", re.I)
AFKORTING = re.compile(r"\b(?:bijv|o\.a|d\.w\.z|ca|nr|vgl|enz|resp|incl|excl|t\.o\.v|m\.n|a|o|d|w)\.$", re.I)
DEELZIN = re.compile(r"[;,:()–—]|\b(?:en|maar|terwijl|waarbij|want|hoewel|doordat|omdat)\b", re.I)
# Beside policy no text says that one thing brought about another: that was not measured.
OORZAAK = re.compile(
    r"\b(?:dankzij|door (?:het|ons|dit|de) (?:beleid|inzet|maatregel\w*|programma\w*|regeling\w*|subsidie\w*)|"
    r"(?:leid(?:t|de|den)|geleid)\b[^.;:]{0,60}?\btot\b|effect(?:en)? van|(?:heeft|hebben) (?:[^.;:]{0,60}? )?gezorgd|"
    r"(?:zorgt|zorgde|zorgden) voor|als gevolg van|veroorzaakt\w*|resulteert in|resulteerde in)\b",
    re.I,
)
# A lever follows from rounded amounts: it has a band, and no lower bound by itself.
HEFBOOM_MINSTENS = re.compile(r"\bhefboom\b[^.;:]{0,40}?\b(?:minimaal|minstens|ten minste|tenminste|zeker)\b", re.I)
ZONDER_OORZAAK = ("opgaven", "uitvoering", "instrumenten", "geld", "signalen", "midterm", "cyclus")
