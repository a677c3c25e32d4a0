"""The expressions of the consistency rules: taken apart, once, into sums of products of indicators."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Grootheid:
    """The value of an indicator, in the region and year that is checked unless told otherwise; macht is 1 or -1."""

    indicator: str
    regio: str | None = None
    verschuiving: int = 0
    macht: int = 1


@dataclass(frozen=True)
class Product:
    """A number times values of indicators."""

    getal: float
    grootheden: tuple[Grootheid, ...] = ()


Som = tuple[Product, ...]

_REGIO = re.compile(r"(NL|LD|PV|CR|GM|AM)\d+")


def _value(node: ast.Subscript) -> Grootheid:
    """Read `bbp[NL01]` or `bevolking[+1]`."""
    if not isinstance(node.value, ast.Name):
        raise ValueError("tussen haken hoort een regio of een aantal jaren, achter een indicator: bbp[NL01]")
    text = ast.unparse(node.slice)
    if _REGIO.fullmatch(text):
        return Grootheid(node.value.id, regio=text)
    if re.fullmatch(r"[-+]?\d", text):
        return Grootheid(node.value.id, verschuiving=int(text))
    raise ValueError(f"{node.value.id}[{text}]: {text} is geen regio (NL01) en geen aantal jaren (-1)")


def _expand(node: ast.expr) -> Som:
    """Write an expression as a sum of products."""
    match node:
        case ast.Constant(value=int() | float() as getal):
            return (Product(float(getal)),)
        case ast.Name(id=naam):
            return (Product(1.0, (Grootheid(naam),)),)
        case ast.Subscript():
            return (Product(1.0, (_value(node),)),)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return tuple(Product(-p.getal, p.grootheden) for p in _expand(operand))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _expand(left) + _expand(right)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return _expand(left) + _expand(ast.UnaryOp(ast.USub(), right))
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return tuple(
                Product(a.getal * b.getal, a.grootheden + b.grootheden) for a in _expand(left) for b in _expand(right)
            )
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            below = _expand(right)
            if len(below) != 1 or below[0].getal == 0:
                raise ValueError("delen kan alleen door een getal of een product van indicatoren, niet door een som")
            turned = tuple(Grootheid(g.indicator, g.regio, g.verschuiving, -g.macht) for g in below[0].grootheden)
            return tuple(Product(a.getal / below[0].getal, a.grootheden + turned) for a in _expand(left))
    raise ValueError(f"{ast.unparse(node)!r}: alleen indicatoren, getallen, + - * / en haakjes")


def parse_uitdrukking(text: str) -> Som:
    """Read a side of a rule as a sum of products. Raises ValueError saying in Dutch what can not be read."""
    try:
        return _expand(ast.parse(text.strip(), mode="eval").body)
    except SyntaxError:
        raise ValueError(f"{text!r} is geen som van indicatoren") from None
