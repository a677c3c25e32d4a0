"""From a text file with references to flat Markdown in which each reference is one character.

The references are jinja2, but no template is ever compiled or run: jinja2 only reads it, every node of what it
read must be on a short list, and this module follows the few kinds that are left. So a text can call the functions of
`cijfers` with typed values, ask `aanwezig(...)` of them, and nothing else.
"""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reports.tekst.cijfers import Cijfers, GeenWaardeError, Verwijzing, VerwijzingError
from reports.tekst.fout import Tekstfout
from reports.tekst.verwijzingen import FUNCTIES, VOORBEELDEN

AANWEZIG = "aanwezig"
# Each reference becomes a character of this private area, which no text may hold itself.
PLAATS = 0xF0000
MAX_TEKENS = 200_000
MAX_ARGUMENT = 500
VELDEN = ("hoofdstuk", "plaats", "titel")
PLAATSEN = ("begin", "slot")
KROM = "“”„‘’"

# What jinja2 calls what a text may not hold -> what an editor would call it.
GEWEIGERD = {
    **dict.fromkeys(("Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Pow", "Neg", "Compare"), "een berekening"),
    **dict.fromkeys(("For", "Macro", "CallBlock"), "een herhaling"),
    **dict.fromkeys(("Include", "Import", "FromImport", "Extends"), "een ander bestand invoegen"),
    **dict.fromkeys(("Const", "Concat", "TemplateData"), "losse tekst of een los getal tussen {{ en }}"),
    "Filter": "een bewerking met |",
    "Getattr": "een punt achter een naam",
    "Getitem": "iets tussen vierkante haken",
    "Name": "een naam zonder haakjes",
    "Assign": "iets onthouden (set)",
}

_ENVIRONMENT = ImmutableSandboxedEnvironment(keep_trailing_newline=True)
_TYPES: dict[str, tuple[type, ...]] = {
    "meervoud": (bool,),
    "sinds": (str, int),
    "periode": (str, int),
    "opgave": (str, int),
}
_PARAMETERS: dict[str, tuple[str, ...]] = {
    naam: functie.__code__.co_varnames[1 : functie.__code__.co_argcount] for naam, functie in FUNCTIES.items()
}


@dataclass
class Vlak:
    """A text without its references: `regels[n]` is the line in the file of character n of `tekst`."""

    bestand: str
    velden: dict[str, str] = field(default_factory=dict)
    tekst: str = ""
    regels: list[int] = field(default_factory=list)
    verwijzingen: dict[str, Verwijzing] = field(default_factory=dict)
    fouten: list[Tekstfout] = field(default_factory=list)

    def add(self, tekst: str, regel: int) -> None:
        """Add text that begins at a line of the file."""
        for teken in tekst:
            self.regels.append(regel)
            regel += teken == "\n"
        self.tekst += tekst

    def fout(self, regel: int, wat: str, advies: str) -> None:
        """Note a fault that stops the build."""
        self.fouten.append(Tekstfout(self.bestand, regel, wat, advies))

    def regel(self, plaats: int) -> int:
        """The line in the file of a character of `tekst`."""
        return self.regels[min(plaats, len(self.regels) - 1)] if self.regels else 1


class _RefusedError(Exception):
    """A node that is not on the list."""

    def __init__(self, node: nodes.Node, advies: str = "") -> None:
        super().__init__()
        self.node, self.advies = node, advies


def _constant(node: nodes.Node) -> Any:
    if isinstance(node, nodes.Const) and isinstance(node.value, str | int | bool):
        if isinstance(node.value, str) and len(node.value) > MAX_ARGUMENT:
            raise VerwijzingError("een waarde van meer dan 500 tekens", "Maak haar korter.")
        return node.value
    if isinstance(node, nodes.Name):
        raise VerwijzingError(
            f"'{node.name}' staat zonder aanhalingstekens", f'Schrijf: "{node.name}", met rechte aanhalingstekens.'
        )
    raise _RefusedError(node, "Tussen de haakjes staan alleen namen tussen aanhalingstekens, jaren, en true of false.")


def _follow(call: nodes.Node, cijfers: Cijfers) -> Verwijzing:
    """Call one function of the closed set. Raises VerwijzingError, _RefusedError."""
    if not isinstance(call, nodes.Call) or not isinstance(call.node, nodes.Name):
        raise _RefusedError(call)
    naam = call.node.name
    if naam == AANWEZIG:
        raise VerwijzingError(
            "aanwezig(...) drukt niets af", 'Schrijf: {% if aanwezig(cijfer("werkloosheid")) %} ... {% endif %}'
        )
    if naam in cijfers.vast:
        if call.args or call.kwargs or call.dyn_args is not None or call.dyn_kwargs is not None:
            raise VerwijzingError(f"tussen de haakjes van {naam} staat niets", f"Schrijf: {{{{ {naam}() }}}}")
        return cijfers.vast[naam]
    if naam not in FUNCTIES:
        known = (*FUNCTIES, *cijfers.vast)
        near = difflib.get_close_matches(naam, known, n=1, cutoff=0.5)
        hint = f"Bedoelt u {VOORBEELDEN.get(near[0], f'{{{{ {near[0]}() }}}}')}? " if near else ""
        raise VerwijzingError(f"'{naam}' bestaat niet", f"{hint}Er zijn: {', '.join(known)}.")
    if call.dyn_args is not None or call.dyn_kwargs is not None:
        raise _RefusedError(call)
    arguments: list[Any] = [_constant(a) for a in call.args]
    named: dict[str, Any] = {k.key: _constant(k.value) for k in call.kwargs}
    allowed = _PARAMETERS[naam]
    if unknown := [k for k in named if k not in allowed]:
        raise VerwijzingError(
            f"{naam} kent geen '{unknown[0]}'", f"{naam} kent: {', '.join(allowed)}. Voorbeeld: {VOORBEELDEN[naam]}"
        )
    for key, value in (*zip(allowed, arguments, strict=False), *named.items()):
        if not isinstance(value, _TYPES.get(key, (str,))) or (isinstance(value, bool) and key != "meervoud"):
            raise VerwijzingError(f"'{key}' van {naam} kan niet {value} zijn", f"Voorbeeld: {VOORBEELDEN[naam]}")
    try:
        return FUNCTIES[naam](cijfers, *arguments, **named)
    except TypeError:
        raise VerwijzingError(
            f"{naam} krijgt te weinig of te veel tussen de haakjes", f"Voorbeeld: {VOORBEELDEN[naam]}"
        ) from None


def _test(node: nodes.Node, cijfers: Cijfers) -> bool:
    """Whether what an `if` asks for is there. Raises VerwijzingError, _RefusedError."""
    match node:
        case nodes.Not():
            return not _test(node.node, cijfers)
        case nodes.And() | nodes.Or():
            left, right = _test(node.left, cijfers), _test(node.right, cijfers)
            return left and right if isinstance(node, nodes.And) else left or right
        case nodes.Call(node=nodes.Name(name="aanwezig")) if not (node.kwargs or node.dyn_args or node.dyn_kwargs):
            if not node.args:
                raise VerwijzingError("aanwezig() zonder naam", 'Schrijf: aanwezig("werkloosheid")')
            try:
                if isinstance(node.args[0], nodes.Call):
                    if len(node.args) > 1:
                        raise _RefusedError(node)
                    _follow(node.args[0], cijfers)
                else:
                    FUNCTIES["cijfer"](cijfers, *(_constant(a) for a in node.args[:3]))
            except GeenWaardeError:
                return False
            return True
    raise _RefusedError(node, 'Na if staat alleen aanwezig(...), met not, and en or: {% if aanwezig("werkloosheid") %}')


def _refusal(refused: _RefusedError, vlak: Vlak, regel: int) -> None:
    node = refused.node
    vlak.fout(
        getattr(node, "lineno", None) or regel,
        f"{GEWEIGERD.get(type(node).__name__, 'deze opdracht')} mag niet in een tekst",
        refused.advies
        or f"Tussen {{{{ en }}}} staat één verwijzing: {', '.join(FUNCTIES)}. Zie docs/teksten.md, stap 3.",
    )


def _walk(body: list[nodes.Node], cijfers: Cijfers, vlak: Vlak) -> None:
    for node in body:
        try:
            match node:
                case nodes.Output():
                    for part in node.nodes:
                        _part(part, cijfers, vlak)
                case nodes.If():
                    _branch(node, cijfers, vlak)
                case _:
                    raise _RefusedError(node)
        except _RefusedError as refused:
            _refusal(refused, vlak, node.lineno)


def _branch(node: nodes.If, cijfers: Cijfers, vlak: Vlak) -> None:
    try:
        for branch in (node, *node.elif_):
            if _test(branch.test, cijfers):
                _walk(branch.body, cijfers, vlak)
                return
    except VerwijzingError as error:
        vlak.fout(node.lineno, error.wat, error.vervolg)
        return
    _walk(node.else_, cijfers, vlak)


def _part(part: nodes.Node, cijfers: Cijfers, vlak: Vlak) -> None:
    if isinstance(part, nodes.TemplateData):
        vlak.add(part.data, part.lineno)
        return
    regel = part.lineno
    try:
        found = _follow(part, cijfers)
    except VerwijzingError as error:
        vlak.fout(regel, error.wat, error.vervolg)
        found = Verwijzing("", "kapot", "...")
    except _RefusedError as refused:
        _refusal(refused, vlak, regel)
        return
    plaats = chr(PLAATS + len(vlak.verwijzingen))
    vlak.verwijzingen[plaats] = Verwijzing(**(vars(found) | {"regel": regel}))
    vlak.add(plaats, regel)


def _front_matter(source: str, vlak: Vlak) -> str:
    """Read the fields between the two lines `---`; what is left keeps its line numbers."""
    lines = source.split("\n")
    if lines[0].strip() != "---":
        return source
    end = next((n for n, line in enumerate(lines[1:], start=1) if line.strip() == "---"), None)
    if end is None:
        vlak.fout(
            1, "de kop tussen --- heeft geen einde", "Zet onder de laatste regel van de kop weer een regel met ---."
        )
        return ""
    for n, line in enumerate(lines[1:end], start=2):
        naam, colon, waarde = line.partition(":")
        if not line.strip():
            continue
        if not colon or naam.strip() not in VELDEN:
            vlak.fout(n, f"'{line.strip()}' hoort niet in de kop", f"In de kop staan alleen: {', '.join(VELDEN)}.")
            continue
        vlak.velden[naam.strip()] = waarde.strip().strip('"')
    if (plaats := vlak.velden.get("plaats")) is not None and plaats not in PLAATSEN:
        vlak.fout(1, f"plaats '{plaats}' bestaat niet", f"Kies uit: {', '.join(PLAATSEN)}.")
    return "\n" * (end + 1) + "\n".join(lines[end + 1 :])


def _refuse_characters(source: str, vlak: Vlak) -> None:
    for n, line in enumerate(source.split("\n"), start=1):
        strange = {
            c for c in line if unicodedata.category(c) in ("Co", "Cc", "Cs", "Cf", "Cn", "Zl", "Zp") and c != "\t"
        }
        if strange:
            codes = ", ".join(f"U+{ord(c):04X}" for c in sorted(strange))
            vlak.fout(
                n, f"een onzichtbaar teken ({codes})", "Verwijder het: zet de cursor erop en typ de woorden opnieuw."
            )


def read_sjabloon(bestand: str, source: str, cijfers: Cijfers) -> Vlak:
    """Read a text and follow its references. `fouten` of the result holds all that is wrong so far."""
    vlak = Vlak(bestand)
    source = source.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if len(source) > MAX_TEKENS:
        vlak.fout(1, f"de tekst is langer dan {MAX_TEKENS} tekens", "Verdeel de tekst over meer bestanden.")
        return vlak
    _refuse_characters(source, vlak)
    if vlak.fouten:
        return vlak
    body = _front_matter(source, vlak)
    try:
        template = _ENVIRONMENT.parse(body)
        _walk(template.body, cijfers, vlak)
    except TemplateSyntaxError as error:
        vlak.fout(error.lineno, *_syntax(body, error))
    except RecursionError:
        vlak.fout(1, "er zijn te veel haakjes in elkaar", "Schrijf elke verwijzing apart.")
    return vlak


def _syntax(body: str, error: TemplateSyntaxError) -> tuple[str, str]:
    line = ([*body.split("\n"), ""])[max(error.lineno - 1, 0)]
    inside = line.partition("{{")[2] + line.partition("{%")[2]
    if any(c in inside for c in KROM):
        return "kromme aanhalingstekens in een verwijzing", 'Gebruik rechte aanhalingstekens: cijfer("werkloosheid")'
    if "if" in (error.message or "") or "endif" in (error.message or ""):
        return "een if zonder endif, of andersom", "Elke {% if ... %} heeft een eigen {% endif %}."
    return (
        "deze verwijzing is niet te lezen",
        f"Let op aanhalingstekens, komma's en haakjes. Zo moet het: {VOORBEELDEN['cijfer']}",
    )
