"""The commands of ``einvoice-desktop``; alone, it opens the window."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from einvoice_desktop.cli import demo as demonstration
from einvoice_desktop.cli import papers
from einvoice_desktop.cli.output import print_json, reporting, say
from einvoice_desktop.cli.program import Programs
from einvoice_desktop.cli.validate import validate_files

Store = Annotated[Path | None, typer.Option("--store", help="Fichier de données (par défaut : celui de l'ordinateur).")]
Json = Annotated[bool, typer.Option("--json", help="Un objet JSON et rien d'autre sur la sortie standard.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="Dossier où écrire les fichiers.")]
Files = Annotated[list[Path], typer.Argument(help="Un ou plusieurs fichiers.")]


def build(programs: Programs, version: str) -> typer.Typer:
    """The command line over ``programs``."""
    app = typer.Typer(
        help="Facturation électronique française, hors ligne d'abord.",
        add_completion=False,
        no_args_is_help=False,
        pretty_exceptions_enable=False,
    )

    @app.callback(invoke_without_command=True)
    def window(
        context: typer.Context,
        store: Store = None,
        show_version: Annotated[bool, typer.Option("--version", help="Version du programme.")] = False,
    ) -> None:
        """Ouvre la fenêtre, ou exécute une commande."""
        context.obj = store
        if show_version:
            say(f"einvoice-desktop {version}")
            raise typer.Exit(0)
        if context.invoked_subcommand is None:
            with reporting(as_json=False):
                raise typer.Exit(programs.window(store))

    _add_papers(app, programs)
    _add_exchange(app, programs)
    _add_shows(app, programs)
    return app


def _add_papers(app: typer.Typer, programs: Programs) -> None:
    @app.command()
    def issue(context: typer.Context, file: Path, output: Output, store: Store = None, json: Json = False) -> None:
        """Émet le document d'un fichier JSON (EN 16931)."""
        with reporting(as_json=json), programs.open(store or context.obj) as program:
            raise typer.Exit(papers.issue(program, file, output, as_json=json))

    @app.command()
    def validate(files: Files, store: Store = None, json: Json = False) -> None:
        """Donne le verdict officiel (XSD, EN 16931, règles françaises) de fichiers."""
        del store  # accepted everywhere; judging a file needs none
        with reporting(as_json=json), programs.tools() as tools:
            raise typer.Exit(validate_files(tools, files, as_json=json))

    @app.command()
    def receive(context: typer.Context, files: Files, store: Store = None, json: Json = False) -> None:
        """Reçoit des factures de fournisseurs."""
        with reporting(as_json=json), programs.open(store or context.obj) as program:
            raise typer.Exit(papers.receive(program, files, as_json=json))

    ledger = typer.Typer(help="Le registre fiscal.", no_args_is_help=True)

    @ledger.command()
    def verify(context: typer.Context, store: Store = None, json: Json = False) -> None:
        """Vérifie toute la chaîne du registre et les fichiers figés."""
        chosen = store or (context.parent.parent.obj if context.parent and context.parent.parent else None)
        with reporting(as_json=json), programs.open(chosen) as program:
            raise typer.Exit(papers.verify(program, as_json=json))

    app.add_typer(ledger, name="ledger")


def _add_exchange(app: typer.Typer, programs: Programs) -> None:
    @app.command()
    def sync(context: typer.Context, store: Store = None, json: Json = False) -> None:
        """Envoie ce qui attend et relève ce que la plateforme a pour vous."""
        with reporting(as_json=json), programs.open(store or context.obj) as program:
            raise typer.Exit(papers.sync(program, as_json=json))

    @app.command()
    def status(context: typer.Context, number: str, store: Store = None, json: Json = False) -> None:
        """Montre le cycle de vie d'un document émis."""
        with reporting(as_json=json), programs.open(store or context.obj) as program:
            raise typer.Exit(papers.status(program, number, as_json=json))

    @app.command()
    def sandbox(
        port: Annotated[int, typer.Option(help="Port sur 127.0.0.1 (0 : un port libre).")] = 0,
        state: Annotated[Path | None, typer.Option(help="Fichier où la plateforme garde son état.")] = None,
        store: Store = None,
        json: Json = False,
    ) -> None:
        """Démarre la plateforme d'entraînement sur cet ordinateur."""
        del store

        def ready(facts: dict[str, str]) -> None:
            if json:
                print_json(facts)
            else:
                say(f"Plateforme d'entraînement : {facts['base_url']} (console : {facts['console_url']})")
                say(f"Identifiant {facts['client_id']}, secret {facts['client_secret']}. Ctrl+C pour arrêter.")

        with reporting(as_json=json):
            programs.serve_sandbox(state, port, ready)


def _add_shows(app: typer.Typer, programs: Programs) -> None:
    @app.command()
    def demo(output: Output, store: Store = None, json: Json = False) -> None:
        """Joue la démonstration de bout en bout et laisse ses fichiers."""
        del store
        with reporting(as_json=json):
            raise typer.Exit(demonstration.demo(programs, output, as_json=json))

    @app.command()
    def screenshots(directory: Path, store: Store = None, json: Json = False) -> None:
        """Photographie chaque écran, en clair et en sombre."""
        del store
        with reporting(as_json=json):
            raise typer.Exit(demonstration.pictures(programs, directory, as_json=json))

    @app.command()
    def bench(
        quick: Annotated[bool, typer.Option("--quick", help="Mesures courtes.")] = False,
        store: Store = None,
        json: Json = True,
    ) -> None:
        """Mesure le programme, chaque chiffre à côté de sa limite."""
        del store, json
        with reporting(as_json=True):
            print_json(programs.bench(quick=quick))
