"""Queries whose SQL is written once per process.

To write the SQL of a query costs Django several times what PostgreSQL takes to answer it (bench/pages.py). For the few
that every page asks, it is written at the first call, from the same QuerySet as any other, and kept; a call then binds
its arguments and the préfecture of the moment.
"""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from functools import wraps
from inspect import signature
from typing import TypeVar

from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import ValuesListIterable
from django.db.models.sql.compiler import SQLCompiler
from django.http import Http404

from clu_portal.tenancy import as_if_in, required_prefecture_id

Row = TypeVar("Row")

# What stands for the préfecture while the SQL is written, and for each argument, by its type. No row bears these.
PREFECTURE = 2**62
PLACES = {
    int: lambda index: PREFECTURE + 1 + index,
    str: lambda index: f"\x00{index}",
    date: lambda index: date.max - timedelta(days=1000 + index),
}


def compiled(build: Callable[..., QuerySet]) -> Callable[..., list]:
    """Make a function that returns a QuerySet from whole numbers, texts and days, one that returns its rows.

    Raises TypeError at the first call when an argument is not bound as it is, as in a list or a LIKE.
    """
    kinds = [parameter.annotation for parameter in signature(build).parameters.values()]
    places = [PLACES[kind](index) for index, kind in enumerate(kinds)]
    written: list[Written] = []

    @wraps(build)
    def rows(*arguments: int | str | date) -> list:
        if not written:
            written.append(write(build, places))
        query = written[0]
        bound = dict(zip(places, arguments, strict=True))
        if PREFECTURE in query.params:
            bound[PREFECTURE] = required_prefecture_id()
        return query.rows([bound.get(param, param) for param in query.params])

    return rows


@dataclass(frozen=True)
class Written:
    """A QuerySet never run itself, the compiler that knows its columns, and its SQL."""

    queryset: QuerySet
    compiler: SQLCompiler
    sql: str
    params: tuple
    is_plain: bool  # tuples, of which no column is converted

    def rows(self, params: list) -> list:
        if self.is_plain:
            with connection.cursor() as cursor:
                cursor.execute(self.sql, params)
                return cursor.fetchall()
        compiler, queryset = copy(self.compiler), self.queryset.all()
        compiler.connection, compiler.as_sql = connection, lambda *args, **kwargs: (self.sql, params)
        queryset.query.get_compiler = lambda *args, **kwargs: compiler
        return list(queryset)


def write(build: Callable[..., QuerySet], places: list[int | str | date]) -> Written:
    """Write the SQL with what stands for each argument in its place."""
    with as_if_in(PREFECTURE):
        queryset = build(*places)
        compiler = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
    if missing := set(places).difference(params):
        raise TypeError(f"{build.__name__}: {len(missing)} arguments are not bound as they are")
    is_converted = compiler.get_converters([column for column, _, _ in compiler.select])
    is_plain = queryset._iterable_class is ValuesListIterable and not is_converted
    return Written(queryset, compiler, sql, params, is_plain)


def first_or_404(rows: Iterable[Row]) -> Row:
    """Return the only row of a query by number, or raise Http404."""
    for row in rows:
        return row
    raise Http404
