"""Queries whose SQL is written once per process.

To write the SQL of a query costs Django several times what PostgreSQL takes to answer it (bench/pages.py). For the few
that every page asks, it is written at the first call, from the same QuerySet as any other, and kept; a call then binds
its arguments and the préfecture of the moment.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import wraps
from inspect import signature
from itertools import count
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import ValuesListIterable
from django.db.models.sql.compiler import SQLCompiler
from django.http import Http404

from clu_portal.tenancy import as_if_in, required_prefecture_id

Row = TypeVar("Row")

# What stands for the préfecture while the SQL is written, and for each argument, by its type. No row bears these.
PREFECTURE = 2**62
SHAPES_KEPT = 100
PLACES = {
    int: lambda index: PREFECTURE + 1 + index,
    str: lambda index: f"\x00{index}",
    date: lambda index: date.max - timedelta(days=1000 + index),
}


def compiled(build: Callable[..., QuerySet]) -> Callable[..., list]:
    """Make a function that returns a QuerySet, of numbers, texts, days and tuples of these, one that returns its rows.

    The SQL is written once for each shape of the arguments: their types, and the length of each tuple.
    An `int` may come as its digits, as from an address. Raises TypeError when an argument is not bound as it is, as in
    a LIKE or a slice.
    """
    numbers = [parameter.annotation is int for parameter in signature(build).parameters.values()]
    written: dict[Hashable, Written] = {}

    @wraps(build)
    def rows(*arguments: int | str | date | tuple) -> list:
        arguments = tuple(
            int(given) if is_number else given for given, is_number in zip(arguments, numbers, strict=True)
        )
        shape = shape_of(arguments)
        query = written.get(shape)
        if query is None:
            if len(written) >= SHAPES_KEPT:
                written.clear()
            query = written[shape] = write(build, arguments)
        bound = dict(zip(query.places, flat(arguments), strict=True))
        if PREFECTURE in query.params:
            bound[PREFECTURE] = required_prefecture_id()
        return query.rows([bound.get(param, param) for param in query.params])

    return rows


def shape_of(value: Any) -> Hashable:
    return tuple(map(shape_of, value)) if isinstance(value, tuple) else type(value)


def flat(value: Any) -> Iterator[int | str | date]:
    if isinstance(value, tuple):
        for part in value:
            yield from flat(part)
    else:
        yield value


def with_places(value: Any, numbers: Iterator[int]) -> Any:
    """The same with, instead of each number, text or day, what stands for it."""
    if isinstance(value, tuple):
        parts = [with_places(part, numbers) for part in value]
        return value._make(parts) if hasattr(value, "_make") else tuple(parts)
    if type(value) not in PLACES:
        raise TypeError(f"{value!r}: neither a whole number, a text, a day nor a tuple")
    return PLACES[type(value)](next(numbers))


@dataclass(frozen=True)
class Written:
    """A QuerySet never run itself, the compiler that knows its columns, and its SQL; none where no row can be."""

    places: list[int | str | date]
    queryset: QuerySet
    compiler: SQLCompiler
    sql: str | None
    params: tuple
    converters: dict = field(default_factory=dict)  # by column: found once, where Django looks for them at each call

    def rows(self, params: list) -> list:
        if self.sql is None:
            return []
        if self.queryset._iterable_class is ValuesListIterable and not self.converters:
            with connection.cursor() as cursor:
                cursor.execute(self.sql, params)
                return cursor.fetchall()
        compiler, queryset = copy(self.compiler), self.queryset.all()
        compiler.connection, compiler.as_sql = connection, lambda *args, **kwargs: (self.sql, params)
        compiler.get_converters = lambda columns: self.converters
        queryset.query.get_compiler = lambda *args, **kwargs: compiler
        return list(queryset)


def write(build: Callable[..., QuerySet], arguments: tuple) -> Written:
    """Write the SQL with what stands for each argument in its place."""
    standing = with_places(arguments, count())
    places = list(flat(standing))
    with as_if_in(PREFECTURE):
        queryset = build(*standing)
        compiler = queryset.query.get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return Written(places, queryset, compiler, None, ())
    if missing := set(places).difference(params):
        raise TypeError(f"{build.__name__}: {len(missing)} arguments are not bound as they are")
    converters = compiler.get_converters([column for column, _, _ in compiler.select])
    return Written(places, queryset, compiler, sql, params, converters)


def first_or_404(rows: Iterable[Row]) -> Row:
    """Return the only row of a query by number, or raise Http404."""
    for row in rows:
        return row
    raise Http404
