"""The files an issued document leaves in a folder: all of them or none."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.unit_of_work import IssuedDocument


class OutputFolder:
    """Writes files beside their place, to be put there at the end; leaving without that removes them."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._staged: dict[Path, Path] = {}

    def __enter__(self) -> Self:
        """Make the folder.

        Raises:
            UserError: ``ED-OUTPUT``.
        """
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._cannot(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what was not put in its place."""
        for partial in self._staged:
            with suppress(OSError):
                partial.unlink()

    def stage(self, document: IssuedDocument) -> None:
        """Write the PDF, the XML and the JSON whole on the disk, under names nobody looks for.

        Raises:
            UserError: ``ED-OUTPUT``: there is no place or no right to write.
        """
        for path, content in self._contents(document).items():
            partial = path.with_name(f".{path.name}.partial")
            self._staged[partial] = path
            try:
                if path.is_dir():
                    raise IsADirectoryError(f"{path} is a folder")
                with partial.open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            except OSError as error:
                raise self._cannot(error) from error

    def publish(self) -> dict[str, Path]:
        """Put what was staged in its place, by kind: ``pdf``, ``xml`` and ``json``.

        Raises:
            UserError: ``ED-OUTPUT-LATE``: the folder changed meanwhile.
        """
        published = {}
        for partial, path in list(self._staged.items()):
            try:
                partial.replace(path)
            except OSError as error:
                raise self._cannot(error, "ED-OUTPUT-LATE", path.stem) from error
            del self._staged[partial]
            published[path.suffix.removeprefix(".")] = path
        return published

    def _contents(self, document: IssuedDocument) -> dict[Path, bytes]:
        stem = document.summary.number.replace("/", "_")
        kinds = {"pdf": document.pdf, "xml": document.xml, "json": document.json}
        return {self._directory / f"{stem}.{kind}": content for kind, content in kinds.items()}

    def _cannot(self, error: OSError, code: str = "ED-OUTPUT", stem: str = "") -> UserError:
        return UserError(code, detail=error.strerror or str(error), path=str(self._directory), number=stem)


def write_files(document: IssuedDocument, directory: Path) -> dict[str, Path]:
    """The files of a document already issued, under ``directory``.

    Raises:
        UserError: ``ED-OUTPUT-LATE``; the document stays in the store.
    """
    try:
        with OutputFolder(directory) as folder:
            folder.stage(document)
            return folder.publish()
    except UserError as error:
        raise UserError("ED-OUTPUT-LATE", error.detail, **error.params | {"number": document.summary.number}) from error
