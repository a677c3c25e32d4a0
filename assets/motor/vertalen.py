"""A query of `sql/` in the SQL of Spark, so that it gives the same cells.

sqlglot reads the SQL of DuckDB and writes that of Spark. What it leaves out, or writes so that the answer is another
one in the last digit, is done here, each in a function of its own with what differs in its docstring. A list in `sql/`
is measured with `len` and sliced with `[2:]`, a text with `length` and `substr`: after reading nobody can tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import sqlglot
from sqlglot import exp, transforms
from sqlglot.dialects.spark import Spark
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify

# The columns of the tables that a query reads: naam (with its schema) -> column -> DuckDB type.
Kolommen = Mapping[str, Mapping[str, str]]

_INTEGERS = tuple(exp.DataType.INTEGER_TYPES)
# from the left, as DuckDB does; what holds nothing but NULL adds up to NULL
_FOLD = (
    "aggregate(:list, CAST(NULL AS DOUBLE), (a, v) -> "
    "CASE WHEN v IS NULL THEN a WHEN a IS NULL THEN {start} {step} v ELSE a {step} v END)"
)
_SUM, _PRODUCT = _FOLD.format(start="0D", step="+"), _FOLD.format(start="1D", step="*")
# The plain functions of DuckDB that Spark has under no name.
_FUNCTIONS = {
    "list_position": "nullif(array_position(:a, :b), 0)",
    "list_sum": _SUM.replace(":list", ":a"),
    "list_product": _PRODUCT.replace(":list", ":a"),
    "list_extract": "element(:a, :b)",
    "isfinite": "NOT (isnan(:a) OR abs(:a) = double('Infinity'))",
    # keeps NULL, as min_by of Spark does
    "arg_min_null": "min_by(:a, :b)",
}


class _Spark4(Spark):
    """Spark from 4 on: QUALIFY stands for itself."""

    class Generator(Spark.Generator):
        TRANSFORMS: ClassVar[Any] = {
            **Spark.Generator.TRANSFORMS,
            exp.Select: transforms.preprocess([transforms.any_to_exists]),
        }


def view_name(naam: str) -> str:
    """The name of a table as a view of Spark, that knows no schemas."""
    return naam.replace(".", "__")


def translate(query: str, kolommen: Kolommen, uit: Mapping[str, str]) -> str:
    """Give a query of DuckDB in the SQL of Spark, over the views of `view_name`.

    `kolommen` are those of the tables that it reads, `uit` its own: name -> DuckDB type, in their order.
    Raises SqlglotError for what can not be read, or names a column that is not there.
    """
    schema: dict[str, dict[str, dict[str, str]]] = {}
    for naam, own in kolommen.items():
        top, _, rest = naam.partition(".")
        schema.setdefault(top, {})[rest] = dict(own)
    tree: exp.Expression = sqlglot.parse_one(query, read="duckdb")
    for change in (_enums_are_text, _methods_are_functions, _comprehensions, _semi_joins_last):
        change(tree)
    tree = qualify(
        tree,
        schema=schema,
        dialect="duckdb",
        quote_identifiers=False,
        identify=False,
        validate_qualify_columns=False,
        expand_alias_refs=True,
    )
    for change in (_unions_by_place, _windows_in_place, _values_in_a_list):
        change(tree)
    tree = annotate_types(tree, schema=schema, dialect="duckdb")
    for change in _EXPRESSIONS:
        change(tree)
    _tables_are_views(tree)
    chosen = ", ".join(
        f"CAST({k} AS {exp.DataType.build(t, dialect='duckdb').sql('spark')}) AS {k}" for k, t in uit.items()
    )
    return f"SELECT {chosen} FROM (\n{tree.sql(_Spark4, pretty=True)}\n)"


def _spark(text: str, **parts: exp.Expression) -> exp.Expression:
    """Read SQL of Spark, with expressions in the places `:name`. `element(list, i)`: what sqlglot would rewrite."""
    tree = sqlglot.parse_one(text, read="spark")
    for call in tree.find_all(exp.Anonymous):
        if call.name == "element":
            call.set("this", "try_element_at")
            call.set("expressions", [call.expressions[0], exp.cast(call.expressions[1], "int")])
    kept = {k: exp.paren(p.copy()) if isinstance(p, (exp.Binary, exp.Unary)) else p.copy() for k, p in parts.items()}
    return exp.replace_placeholders(tree, **kept)


def _deepest_first(tree: exp.Expression, *types: type[exp.Expression]) -> list[exp.Expression]:
    return list(reversed(list(tree.find_all(*types))))


# --- before the columns are known ---


def _enums_are_text(tree: exp.Expression) -> None:
    """Spark has no ENUM. Where its order counts, a query asks for the place in the list (`list_position`)."""
    for cast in tree.find_all(exp.Cast):
        if cast.to.this == exp.DataType.Type.ENUM:
            cast.set("to", exp.DataType.build("text"))


def _methods_are_functions(tree: exp.Expression) -> None:
    """`a.f(b)` is f(a, b)."""
    for dot in _deepest_first(tree, exp.Dot):
        call = dot.expression
        if isinstance(call, exp.Anonymous):
            dot.replace(exp.func(call.name, dot.this, *call.expressions, dialect="duckdb"))


def _comprehensions(tree: exp.Expression) -> None:
    """`[f(x) FOR x IN list]` is transform(list, x -> f(x))."""
    for node in _deepest_first(tree, exp.Comprehension):
        over = exp.Lambda(this=node.this, expressions=[exp.to_identifier(node.expression.name)])
        node.parent.replace(exp.func("list_transform", node.args["iterator"], over, dialect="duckdb"))


def _semi_joins_last(tree: exp.Expression) -> None:
    """What a SEMI or ANTI JOIN names can give no column to a later USING, but sqlglot takes it there."""
    for select in tree.find_all(exp.Select):
        joins = select.args.get("joins") or []
        select.set("joins", sorted(joins, key=lambda j: (j.kind or "").upper() in {"SEMI", "ANTI"}))


# --- once each column has its table ---


def _unions_by_place(tree: exp.Expression) -> None:
    """UNION BY NAME as a union by place; and on the right no name twice, on which Spark 4.3 stumbles."""
    for union in _deepest_first(tree, exp.SetOperation):
        left, right = union.left, union.right
        if union.args.get("by_name"):
            names = list(dict.fromkeys([*left.named_selects, *right.named_selects]))
            for side, part in (("this", left), ("expression", right)):
                own = part.named_selects
                chosen = [exp.column(n) if n in own else exp.alias_(exp.null(), n) for n in names]
                union.set(side, exp.select(*chosen).from_(part.copy().subquery("_deel")))
            union.set("by_name", False)
        elif isinstance(right, exp.Select) and len(set(right.named_selects)) < len(right.named_selects):
            pairs = zip(right.expressions, left.named_selects, strict=True)
            right.set("expressions", [exp.alias_(e.unalias(), n) for e, n in pairs])


def _windows_in_place(tree: exp.Expression) -> None:
    """Spark can not add an order to a named window: each use says all of it."""
    for select in tree.find_all(exp.Select):
        named = {w.name: w for w in select.args.get("windows") or []}
        select.set("windows", None)
        for window in select.find_all(exp.Window):
            base = named.get(window.args["alias"].name) if window.args.get("alias") else None
            if base is not None and window.parent_select is select:
                window.set("alias", None)
                for part in ("partition_by", "order", "spec"):
                    if base.args.get(part) and not window.args.get(part):
                        value = base.args[part]
                        window.set(part, [v.copy() for v in value] if isinstance(value, list) else value.copy())


def _values_in_a_list(tree: exp.Expression) -> None:
    """VALUES can name no column of the table beside it in Spark; `inline` of a list of rows can."""
    for lateral in list(tree.find_all(exp.Lateral)):
        values = lateral.find(exp.Values)
        if values is not None:
            rows = [
                exp.func(
                    "named_struct",
                    *(x for i, e in enumerate(row.expressions) for x in (exp.Literal.string(f"c{i}"), e)),
                )
                for row in values.expressions
            ]
            alias = lateral.args.get("alias") or values.args.get("alias")
            lateral.replace(exp.Lateral(this=exp.Anonymous(this="inline", expressions=[exp.array(*rows)]), alias=alias))


def _tables_are_views(tree: exp.Expression) -> None:
    for table in list(tree.find_all(exp.Table)):
        if table.db:
            view = exp.to_table(view_name(f"{table.db}.{table.name}"))
            table.replace(exp.alias_(view, table.alias or table.name, table=True))


# --- expressions ---


def _elements(tree: exp.Expression) -> None:
    """A place in a list counts from 1 and is NULL where there is none; `[2:]` is the rest."""
    for bracket in _deepest_first(tree, exp.Bracket):
        (place,) = bracket.expressions
        if isinstance(place, exp.Slice):
            text, place = "slice(:list, :place, greatest(size(:list) - :place + 1, 0))", place.this
        else:
            text = "element(:list, :place)"
            # sqlglot has taken one off a number, and left any other place as it was
            place = exp.Literal.number(int(place.name) + 1) if isinstance(place, exp.Literal) else place
        bracket.replace(_spark(text, list=bracket.this, place=place))


def _around(aggregate: exp.Expression) -> tuple[exp.Expression, Callable[[exp.Expression], exp.Expression]]:
    """What filters an aggregate and over which window, with a function that puts another aggregate in its place."""
    outer = aggregate
    while isinstance(outer.parent, (exp.Filter, exp.Window, exp.IgnoreNulls)) and outer.arg_key == "this":
        outer = outer.parent

    def put(inner: exp.Expression, at: exp.Expression = outer) -> exp.Expression:
        if at is aggregate:
            return inner
        beneath = put(inner, at.this)
        if isinstance(at, exp.IgnoreNulls):
            return beneath
        copy = at.copy()
        copy.set("this", beneath)
        return copy

    return outer, put


def _in_order(tree: exp.Expression) -> None:
    """An aggregate that says its own order. DuckDB has NULL last, whichever way it sorts."""
    for node in _deepest_first(tree, exp.Sum, exp.AnyValue, exp.First, exp.ArrayAgg):
        if not isinstance(node.this, exp.Order):
            continue
        value, keys = node.this.this, node.this.expressions
        if isinstance(node, exp.Sum) and value.type is not None and value.type.this in _INTEGERS:
            node.set("this", value)  # whole numbers add up to the same in any order
            continue
        outer, put = _around(node)
        fields = [exp.alias_(value.copy(), "v"), *(exp.alias_(k.this.copy(), f"k{i}") for i, k in enumerate(keys))]
        rows = put(exp.Anonymous(this="collect_list", expressions=[exp.Anonymous(this="struct", expressions=fields)]))
        order = "0"
        for i, key in reversed(list(enumerate(keys))):
            before, after = (1, -1) if key.args.get("desc") else (-1, 1)
            order = (
                f"CASE WHEN l.k{i} IS NULL AND r.k{i} IS NULL THEN {order} "
                f"WHEN l.k{i} IS NULL THEN 1 WHEN r.k{i} IS NULL THEN -1 "
                f"WHEN l.k{i} < r.k{i} THEN {before} WHEN l.k{i} > r.k{i} THEN {after} ELSE {order} END"
            )
        text = f"transform(array_sort(:rows, (l, r) -> {order}), e -> e.v)"
        if isinstance(node, exp.ArrayAgg):
            text = f"nullif({text}, array())"
        elif isinstance(node, exp.Sum):
            text = _SUM.replace(":list", text)
        else:
            text = f"element(filter({text}, e -> e IS NOT NULL), 1)"
        outer.replace(_spark(text, rows=rows))


def _lists(tree: exp.Expression) -> None:
    """`list` keeps NULL and is NULL of no rows; `collect_list` drops NULL and is then empty."""
    for node in _deepest_first(tree, exp.ArrayAgg):
        if isinstance(node.this, exp.Distinct):
            continue
        outer, put = _around(node)
        row = exp.Anonymous(this="struct", expressions=[exp.alias_(node.this.copy(), "v")])
        rows = put(exp.Anonymous(this="collect_list", expressions=[row]))
        outer.replace(_spark("nullif(transform(:rows, e -> e.v), array())", rows=rows))


def _plain_functions(tree: exp.Expression) -> None:
    for node in _deepest_first(tree, exp.Anonymous):
        if text := _FUNCTIONS.get(node.name.lower()):
            node.replace(_spark(text, **dict(zip("ab", node.expressions, strict=False))))
    for node in _deepest_first(tree, exp.Length):
        node.replace(exp.Anonymous(this="size", expressions=[node.this]))
    for node in _deepest_first(tree, exp.AnyValue):
        outer = node.parent if isinstance(node.parent, exp.IgnoreNulls) else node
        outer.replace(exp.Anonymous(this="any_value", expressions=[node.this, exp.true()]))


def _extremes(tree: exp.Expression) -> None:
    """`arg_max(a, b)` passes over the rows without an a, `max_by` does not."""
    for node in _deepest_first(tree, exp.ArgMax, exp.ArgMin):
        naam = "max_by" if isinstance(node, exp.ArgMax) else "min_by"
        node.replace(_spark(f"{naam}(:a, CASE WHEN :a IS NOT NULL THEN :b END)", a=node.this, b=node.expression))


def _divisions(tree: exp.Expression) -> None:
    """Divided by 0 is infinite, or no number; Spark stops."""
    for node in _deepest_first(tree, exp.Div):
        if not isinstance(node.expression.unnest(), (exp.Literal, exp.Nullif)):
            text = "(CASE WHEN :b = 0 THEN :a * double('Infinity') ELSE :a / :b END)"
            node.replace(_spark(text, a=node.this, b=node.expression))


def _powers(tree: exp.Expression) -> None:
    """The powers of Java and of the C library differ in the last bit: a single step is written as that step."""
    for node in _deepest_first(tree, exp.Pow):
        if isinstance(node.this.unnest(), exp.Literal):
            text = "(CASE WHEN :n < 0 THEN 1D / power(:x, -(:n)) ELSE power(:x, :n) END)"
        else:
            text = (
                "(CASE WHEN :n = 1 THEN double(:x) WHEN :n = -1 THEN 1D / :x WHEN :n = 2 THEN double(:x) * :x "
                "ELSE power(:x, :n) END)"
            )
        new = _spark(text, x=node.this, n=node.expression)
        for inner in new.find_all(exp.Pow):
            inner.replace(exp.Anonymous(this="power", expressions=[inner.this, inner.expression]))
        node.replace(new)


def _roundings(tree: exp.Expression) -> None:
    """DuckDB rounds a double times a power of ten; Spark the digits that it would print, which can be others."""
    for node in _deepest_first(tree, exp.Round):
        digits = node.args.get("decimals")
        if digits is None or (node.this.type is not None and node.this.type.this == exp.DataType.Type.DECIMAL):
            continue
        # with the sign apart, for what becomes nothing stays a minus nothing
        down = "signum(:x) * round(abs(:x) / power(10, -(:d))) * power(10, -(:d))"
        up = "signum(:x) * round(abs(:x) * power(10, :d)) / power(10, :d)"
        text = up if isinstance(digits, exp.Literal) else f"CASE WHEN :d < 0 THEN {down} ELSE {up} END"
        node.replace(_spark(f"({text})", x=node.this, d=digits))


def _quantiles(tree: exp.Expression) -> None:
    """Between two values DuckDB multiplies and adds in one step (fma); the functions of Spark round twice."""
    for node in _deepest_first(tree, exp.PercentileCont, exp.Quantile, exp.Median):
        part = node.args.get("quantile") or node.args.get("expression") or exp.Literal.number("0.5")
        outer, put = _around(node)
        values = put(exp.Anonymous(this="collect_list", expressions=[node.this.copy()]))
        text = (
            "element(transform(array(named_struct('l', array_sort(:l), 'n', (size(:l) - 1) * double(:p))), s -> "
            "CASE WHEN s.n >= 0 THEN double(java_method('java.lang.Math', 'fma', "
            "double(get(s.l, int(floor(s.n)))), 1D - (s.n - floor(s.n)), "
            "double(get(s.l, int(ceil(s.n)))) * (s.n - floor(s.n)))) END), 1)"
        )
        outer.replace(_spark(text, l=values, p=part))


def _whole_numbers(tree: exp.Expression) -> None:
    """A double becomes the nearest whole number, of two the even one; Spark cuts it off."""
    for cast in _deepest_first(tree, exp.Cast):
        if cast.to.this in _INTEGERS and cast.this.type is not None and cast.this.type.this in exp.DataType.REAL_TYPES:
            cast.set("this", exp.Anonymous(this="bround", expressions=[cast.this]))


def _different_values(tree: exp.Expression) -> None:
    """Spark counts no different values over a window."""
    for window in _deepest_first(tree, exp.Window):
        count = window.this
        if isinstance(count, exp.Count) and isinstance(count.this, exp.Distinct):
            window.set("this", exp.Anonymous(this="collect_set", expressions=[count.this.expressions[0].copy()]))
            window.replace(exp.Anonymous(this="size", expressions=[window.copy()]))


def _patterns(tree: exp.Expression) -> None:
    r"""What a pattern caught is `\1` in DuckDB and `$1` in Java."""
    for node in tree.find_all(exp.RegexpReplace):
        replacement = node.args["replacement"]
        replacement.replace(exp.Literal.string(re.sub(r"\\(\d)", r"$\1", replacement.name)))


# `_elements` first: what the others make holds places in lists too.
_EXPRESSIONS = (
    _elements,
    _whole_numbers,
    _in_order,
    _lists,
    _extremes,
    _plain_functions,
    _different_values,
    _patterns,
    _divisions,
    _roundings,
    _powers,
    _quantiles,
)
