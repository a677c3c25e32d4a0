"""What a text of a certain form is called: the words for the pattern of a field, as a message says them."""

from __future__ import annotations

# pattern of a field -> what is allowed there
PATRONEN: dict[str, str] = {
    r"^[a-z][a-z0-9_]*$": "kleine letters, cijfers en _, met een letter vooraan",
    r"^[a-z]+$": "kleine letters",
    r"^[A-Za-z0-9_]+$": "letters, cijfers en _",
    r"^[a-z0-9/_-]*$": "kleine letters, cijfers, /, _ en -",
    r"^[^\W\d]\w*$": "letters, cijfers en _, zonder cijfer vooraan",
    r"^\w[\w.-]*$": "letters, cijfers, _, punt en -, met een letter, cijfer of _ vooraan",
    r"""^[^\x00-\x1f\x7f'"\\|]*[^\x00-\x20\x7f'"\\|][^\x00-\x1f\x7f'"\\|]*$""": "tekst zonder ', \", \\ en |",
    r"^(\?[a-z0-9_]+|[^?|=][^|=]*)$": "een code zonder | en =, of ? met een eigen woord in kleine letters",
    r"^20\d\d(-(0[1-9]|1[0-2]))?$": "een jaar of een maand (2026 of 2026-06)",
    r"^\d{4}[A-Z]{2}\d{2}$": "een periode zoals het CBS haar schrijft (2026JJ00, 2026KW01 of 2026MM06)",
    r"^\d{4}JJ00$": "een jaar zoals het CBS het schrijft (2026JJ00)",
    r"^(https?://\S+)?$": "een webadres zonder spaties (https://...)",
    r"^https://": "een webadres dat begint met https://",
    r"^(https://[^\s\"<>]+/)?$": "een webadres met een / aan het eind (https://.../)",
    r"^[^?]+\?$": "een vraag, met een vraagteken aan het eind en nergens anders",
    r"^([A-V]|[0-9]{2,5})$": "een letter van A tot en met V, of twee tot vijf cijfers (SBI)",
    r"^[A-F][0-9]{0,2}$": "een groep van de catalogus (A1 tot en met F)",
    r"^PV\d\d$": "PV met twee cijfers",
    r"[^./]": "de naam van een bestand (*.csv)",
    r"^[\t -!#-~]$": "het ene teken dat tussen de velden staat (; of ,)",
}
