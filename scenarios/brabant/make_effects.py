"""Make effects.csv from the small tables in assumptions/. Knows nothing about values or weights.

Run from anywhere::

    python scenarios/brabant/make_effects.py
    python scenarios/brabant/make_effects.py --check
    python scenarios/brabant/make_effects.py --explain O3 SC1 AM26 2040 W1

The first writes effects.csv, the second exits 1 if that file is out of date, the third shows how
one cell comes about. A cell is ``clip(start + shift + step * range * maturity * reach)``. All
numbers are exact decimals, so the bytes do not depend on the machine.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FOLDER = Path(__file__).resolve().parent
HEADER = (
    "option",
    "scenario",
    "region",
    "horizon",
    "criterion",
    "low",
    "mode",
    "high",
    "evidence",
    "source",
)
EVIDENCE = ("measured", "derived", "expert", "assumption")  # from strong to weak
EVIDENCE_NL = {
    "measured": "gemeten",
    "derived": "afgeleid",
    "expert": "oordeel van experts",
    "assumption": "aanname",
}
ANY = "*"

Row = dict[str, str]


class Cell(NamedTuple):
    """One cell of the effects table."""

    option: str
    scenario: str
    region: str
    horizon: str
    criterion: str


class Entry(NamedTuple):
    """A number or a step from a table, with its mark, its source and its reason."""

    value: str
    evidence: str
    source: str
    reason: str

    @property
    def number(self) -> Decimal:
        """The value as an exact number."""
        return Decimal(self.value)


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of assumptions, each by its key columns.

    `scale` and `driver` hold whole rows, because they have more than one value.
    """

    scale: Mapping[str, Row]
    driver: Mapping[str, Row]
    baseline: Mapping[tuple[str, ...], Entry]
    scenario: Mapping[tuple[str, ...], Entry]
    multiplier: Mapping[tuple[str, ...], Entry]
    sensitivity: Mapping[tuple[str, ...], Entry]
    step: Mapping[tuple[str, ...], Entry]
    step_size: Mapping[tuple[str, ...], Entry]
    maturity: Mapping[tuple[str, ...], Entry]
    reach: Mapping[tuple[str, ...], Entry]
    uncertainty: Mapping[tuple[str, ...], Entry]


@dataclass(frozen=True, slots=True)
class Move:
    """What one driver does to one criterion; without a multiplier the region plays no part."""

    driver: str
    start: Entry
    level: Entry
    multiplier: Entry | None
    sensitivity: Entry

    @property
    def change(self) -> Decimal:
        """How far the driver moves in this region, in the unit of the driver."""
        moved = self.level.number - self.start.number
        return moved * self.multiplier.number if self.multiplier else moved

    @property
    def amount(self) -> Decimal:
        """How far the criterion moves, in the unit of the criterion."""
        return self.change * self.sensitivity.number


@dataclass(frozen=True, slots=True)
class Chain:
    """Everything that makes one cell, in the unit of the criterion; nothing is rounded."""

    cell: Cell
    scale: Row
    baseline: Entry
    moves: tuple[Move, ...]
    step: Entry
    step_size: Entry
    maturity: Entry
    reach: tuple[Entry, ...]
    step_band: Entry
    shift_band: Entry

    @property
    def shift(self) -> Decimal:
        """What the scenario does, whatever the option."""
        return sum((move.amount for move in self.moves), Decimal(0))

    @property
    def signed_range(self) -> Decimal:
        """The range of the criterion, negative where less is better."""
        return Decimal(self.scale["best"]) - Decimal(self.scale["worst"])

    @property
    def step_part(self) -> Decimal:
        """What the option does."""
        factors = (self.maturity.number, *(entry.number for entry in self.reach))
        return prod(factors, start=self.step_size.number * self.signed_range)

    @property
    def total(self) -> Decimal:
        """Start, shift and step together, before the cell is kept within its bounds."""
        return self.baseline.number + self.shift + self.step_part

    @property
    def half_width(self) -> Decimal:
        """How far low and high lie from the mode."""
        return (
            abs(self.step_part) * self.step_band.number + abs(self.shift) * self.shift_band.number
        )

    @property
    def evidence(self) -> str:
        """The weakest mark in the chain."""
        return max((entry.evidence for entry in self._entries()), key=EVIDENCE.index)

    def _entries(self) -> Iterator[Entry]:
        yield from (self.baseline, self.step, self.step_size, self.maturity, *self.reach)
        yield from (self.step_band, self.shift_band)
        for move in self.moves:
            yield from (move.start, move.level, move.sensitivity)
            if move.multiplier:
                yield move.multiplier


# reading ------------------------------------------------------------------------------------------


def read_rows(folder: Path, name: str) -> list[Row]:
    """Return the rows of a table of assumptions."""
    with (folder / "assumptions" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read_entries(
    folder: Path, name: str, keys: Sequence[str], value: str
) -> dict[tuple[str, ...], Entry]:
    """Return the entries of a table by its key columns; a key that stands twice is refused."""
    entries: dict[tuple[str, ...], Entry] = {}
    for row in read_rows(folder, name):
        key = tuple(row[column] for column in keys)
        if key in entries:
            raise ValueError(f"{name}.csv: {key} stands twice; keep one of the rows")
        entries[key] = Entry(row[value], row["evidence"], row["source"], row["reason"])
    return entries


def read_tables(folder: Path = FOLDER) -> Tables:
    """Return all tables of assumptions in `folder`."""
    return Tables(
        scale={row["criterion"]: row for row in read_rows(folder, "scale")},
        driver={row["driver"]: row for row in read_rows(folder, "driver")},
        baseline=read_entries(folder, "baseline", ("criterion", "region"), "value"),
        scenario=read_entries(folder, "scenario", ("scenario", "horizon", "driver"), "value"),
        multiplier=read_entries(folder, "multiplier", ("region", "scenario", "driver"), "value"),
        sensitivity=read_entries(folder, "sensitivity", ("criterion", "driver"), "change"),
        step=read_entries(folder, "step", ("option", "criterion"), "step"),
        step_size=read_entries(folder, "step_size", ("step",), "share"),
        maturity=read_entries(folder, "maturity", ("option", "criterion", "horizon"), "share"),
        reach=read_entries(folder, "reach", ("option", "criterion", "where"), "share"),
        uncertainty=read_entries(folder, "uncertainty", ("part",), "share"),
    )


# computing ----------------------------------------------------------------------------------------


def cells(tables: Tables) -> list[Cell]:
    """Return every cell, in the order of the tables."""
    options = dict.fromkeys(option for option, _ in tables.step)
    scenarios = dict.fromkeys(scenario for scenario, _, _ in tables.scenario)
    regions = dict.fromkeys(region for _, region in tables.baseline)
    horizons = dict.fromkeys(horizon for _, horizon, _ in tables.scenario)
    return [Cell(*ids) for ids in product(options, scenarios, regions, horizons, tables.scale)]


def move_of(tables: Tables, cell: Cell, driver: str) -> Move:
    """Return what `driver` does to the criterion of `cell`."""
    row = tables.driver[driver]
    return Move(
        driver=driver,
        start=Entry(row["start"], row["evidence"], row["source"], row["reason"]),
        level=tables.scenario[cell.scenario, cell.horizon, driver],
        multiplier=tables.multiplier.get((cell.region, cell.scenario, driver)),
        sensitivity=tables.sensitivity[cell.criterion, driver],
    )


def entry_for(entries: Mapping[tuple[str, ...], Entry], cell: Cell, place: str) -> Entry | None:
    """Return the entry of the option at `place`; a row per criterion goes before a general one."""
    own = entries.get((cell.option, cell.criterion, place))
    return own or entries.get((cell.option, ANY, place))


def maturity_of(tables: Tables, cell: Cell) -> Entry:
    """Return which part of the step is there at the horizon."""
    found = entry_for(tables.maturity, cell, cell.horizon)
    if found is None:
        raise ValueError(f"maturity.csv: no row for {cell.option} in {cell.horizon}; add one")
    return found


def reach_of(tables: Tables, cell: Cell) -> tuple[Entry, ...]:
    """Return how well the option works in the scenario and in the region, where that differs."""
    found = (entry_for(tables.reach, cell, place) for place in (cell.scenario, cell.region))
    return tuple(entry for entry in found if entry)


def chain_of(tables: Tables, cell: Cell) -> Chain:
    """Return the whole chain of assumptions behind `cell`."""
    drivers = [driver for criterion, driver in tables.sensitivity if criterion == cell.criterion]
    step = tables.step[cell.option, cell.criterion]
    return Chain(
        cell=cell,
        scale=tables.scale[cell.criterion],
        baseline=tables.baseline[cell.criterion, cell.region],
        moves=tuple(move_of(tables, cell, driver) for driver in drivers),
        step=step,
        step_size=tables.step_size[(step.value,)],
        maturity=maturity_of(tables, cell),
        reach=reach_of(tables, cell),
        step_band=tables.uncertainty[("step",)],
        shift_band=tables.uncertainty[("shift",)],
    )


def clip(value: Decimal, scale: Row) -> Decimal:
    """Return `value` within the bounds of the criterion."""
    return min(max(value, Decimal(scale["floor"])), Decimal(scale["ceiling"]))


def round_to(value: Decimal, scale: Row) -> Decimal:
    """Return `value` rounded to the decimals of the criterion, halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-int(scale["decimals"])), rounding=ROUND_HALF_UP)


def estimate(chain: Chain) -> tuple[Decimal, Decimal, Decimal]:
    """Return low, mode and high as they stand in effects.csv.

    Low and high lie around the mode after clipping, and are clipped themselves.
    """
    scale, mode = chain.scale, clip(chain.total, chain.scale)
    low, high = clip(mode - chain.half_width, scale), clip(mode + chain.half_width, scale)
    return round_to(low, scale), round_to(mode, scale), round_to(high, scale)


# writing ------------------------------------------------------------------------------------------


def plain(value: Decimal) -> str:
    """Return `value` with a decimal point and no needless zeros.

    Examples
    --------
    >>> plain(Decimal("12.50")), plain(Decimal("600.00")), plain(Decimal("-0.00"))
    ('12.5', '600', '0')
    """
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def effect_rows(tables: Tables) -> Iterator[tuple[str, ...]]:
    """Yield the rows of effects.csv, without its header."""
    for cell in cells(tables):
        chain = chain_of(tables, cell)
        numbers = (plain(number) for number in estimate(chain))
        yield (*cell, *numbers, chain.evidence, f"A-{cell.criterion}")


def effects_bytes(tables: Tables) -> bytes:
    """Return the bytes of effects.csv: UTF-8, comma, decimal point, line feed."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(effect_rows(tables))
    return stream.getvalue().encode("utf-8")


# explaining ---------------------------------------------------------------------------------------


def dutch(value: Decimal) -> str:
    """Return `value` with a decimal comma.

    Examples
    --------
    >>> dutch(Decimal("-2.50"))
    '-2,5'
    """
    return plain(value).replace(".", ",")


def signed(value: Decimal) -> str:
    """Return `value` with a decimal comma and always a sign."""
    return dutch(value) if value < 0 else f"+{dutch(value)}"


def grounds(entry: Entry) -> str:
    """Return the reason, the mark and the source of an entry in Dutch."""
    return f"{entry.reason} ({EVIDENCE_NL[entry.evidence]}, bron {entry.source})"


def explain_move(tables: Tables, move: Move) -> Iterator[str]:
    """Yield the lines about one driver."""
    name = tables.driver[move.driver]["name"]
    moved = signed(move.level.number - move.start.number)
    regional = f" x {dutch(move.multiplier.number)} voor de regio" if move.multiplier else ""
    yield (
        f"    {name}: van {dutch(move.start.number)} naar {dutch(move.level.number)} "
        f"= {moved}{regional}; x {dutch(move.sensitivity.number)} = {signed(move.amount)}"
    )
    yield f"      beginstand: {grounds(move.start)}"
    yield f"      scenario: {grounds(move.level)}"
    if move.multiplier:
        yield f"      regio: {grounds(move.multiplier)}"
    yield f"      gevoeligheid: {grounds(move.sensitivity)}"


def explain_step(chain: Chain) -> Iterator[str]:
    """Yield the lines about what the option does."""
    reach = "".join(f"; werking {dutch(entry.number * 100)} %" for entry in chain.reach)
    yield f"Stap: {signed(chain.step_part)}"
    yield (
        f"    {chain.step.value} = {dutch(chain.step_size.number * 100)} % van "
        f"{dutch(chain.signed_range)}; rijpheid {dutch(chain.maturity.number * 100)} %{reach}"
    )
    yield f"      stap: {grounds(chain.step)}"
    yield f"      grootte: {grounds(chain.step_size)}"
    yield f"      rijpheid: {grounds(chain.maturity)}"
    yield from (f"      werking: {grounds(entry)}" for entry in chain.reach)


def explain_outcome(chain: Chain) -> Iterator[str]:
    """Yield the lines about sum, bounds and margin."""
    scale = chain.scale
    low, mode, high = (dutch(number) for number in estimate(chain))
    yield f"Som: {dutch(chain.total)}"
    yield (
        f"Begrensd op {dutch(Decimal(scale['floor']))} tot {dutch(Decimal(scale['ceiling']))}: "
        f"{dutch(clip(chain.total, scale))}"
    )
    yield f"Marge: {dutch(chain.half_width)}"
    yield (
        f"    {dutch(chain.step_band.number)} x stap en {dutch(chain.shift_band.number)} x "
        "verschuiving, zonder teken"
    )
    yield f"Laag {low}  Midden {mode}  Hoog {high}"
    yield f"Kwaliteit: {EVIDENCE_NL[chain.evidence]} (het zwakste merk in de keten)"


def explain(tables: Tables, cell: Cell) -> str:
    """Return in Dutch how `cell` comes about, from start to margin."""
    chain = chain_of(tables, cell)
    lines = [
        f"{' '.join(cell)}: {chain.scale['name']} ({chain.scale['unit']})",
        f"Uitgangswaarde: {dutch(chain.baseline.number)}",
        f"      {grounds(chain.baseline)}",
        f"Verschuiving: {signed(chain.shift)}",
        *(line for move in chain.moves for line in explain_move(tables, move)),
        *explain_step(chain),
        *explain_outcome(chain),
    ]
    return "\n".join(lines) + "\n"


# the command --------------------------------------------------------------------------------------


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """Return the arguments of the command."""
    parser = argparse.ArgumentParser(description="Make effects.csv from the tables of assumptions.")
    parser.add_argument("--check", action="store_true", help="only say whether it is up to date")
    parser.add_argument("--explain", nargs=5, metavar=tuple(name.upper() for name in Cell._fields))
    return parser.parse_args(given)


def check(tables: Tables, path: Path) -> int:
    """Say whether the file at `path` is what the tables give; return 0 if so, else 1."""
    if path.is_file() and path.read_bytes() == effects_bytes(tables):
        sys.stdout.write(f"{path.name} past bij de tabellen in assumptions/.\n")
        return 0
    sys.stderr.write(
        f"{path.name} past niet bij de tabellen in assumptions/. "
        "Draai make_effects.py zonder --check om het opnieuw te maken.\n"
    )
    return 1


def show(tables: Tables, cell: Cell) -> int:
    """Print the chain of `cell`; return 0, or 2 when there is no such cell."""
    if cell not in cells(tables):
        sys.stderr.write(
            f"Er is geen cel {' '.join(cell)}. Geef optie, scenario, regio, jaar en criterium, "
            "bijvoorbeeld: O3 SC1 AM26 2040 W1\n"
        )
        return 2
    sys.stdout.write(explain(tables, cell))
    return 0


def main(given: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    chosen, tables, path = arguments(given), read_tables(), FOLDER / "effects.csv"
    if chosen.explain:
        return show(tables, Cell(*chosen.explain))
    if chosen.check:
        return check(tables, path)
    path.write_bytes(effects_bytes(tables))
    sys.stdout.write(f"{path.name} gemaakt: {len(cells(tables))} regels.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
