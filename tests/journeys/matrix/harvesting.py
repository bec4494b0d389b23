"""Running the processes that make the matrix, and saying how fast they were."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

from tests.conftest import PROJECT
from tests.journeys.matrix.making import Harvest

PARTS = 2
"""Processes that make the documents, each in a store of its own: one for each core."""

_LONGEST = 900


def harvested(folder: Path, most: int | None = None) -> list[Harvest]:
    """What each process made under ``folder``, ``most`` documents each."""
    running = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.journeys.matrix.share",
                str(folder),
                str(part),
                str(PARTS),
                *([] if most is None else [str(most)]),
            ],
            cwd=PROJECT,
            env={
                **os.environ,
                "PYTHONPATH": str(PROJECT),
                "EINVOICE_HOME": str(folder / f"home-{part}"),
                "EINVOICE_PASSPHRASE": "clé de test",
            },
        )
        for part in range(PARTS)
    ]
    assert [process.wait(_LONGEST) for process in running] == [0] * PARTS
    harvests: list[Harvest] = []
    for part in range(PARTS):
        with (folder / f"made-{part}.pickle").open("rb") as file:
            harvests.append(pickle.load(file))
    return harvests


def per_second(harvests: list[Harvest]) -> float:
    """Documents a second, as the clock of the wall says on this machine, whatever else it does."""
    return sum(len(harvest.made) for harvest in harvests) / max(harvest.seconds for harvest in harvests)


def per_second_of_two_cores(harvests: list[Harvest]) -> float:
    """Documents a second of two cores that do nothing else: from the processor time used."""
    return PARTS * sum(len(harvest.made) for harvest in harvests) / sum(harvest.cpu for harvest in harvests)


def speed_of(harvests: list[Harvest]) -> str:
    """Both, in words."""
    return f"{per_second(harvests):.1f} a second, {per_second_of_two_cores(harvests):.1f} on two free cores"
