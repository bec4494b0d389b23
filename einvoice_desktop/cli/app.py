"""The commands of ``einvoice-desktop``; alone, it opens the window. What a command needs is loaded when it runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from einvoice_desktop.cli.convert import Target, convert
from einvoice_desktop.cli.output import misuse, print_json, reporting, say
from einvoice_desktop.cli.program import Programs

Store = Annotated[Path | None, typer.Option("--store", help="Fichier de données (par défaut : celui de l'ordinateur).")]
Json = Annotated[bool, typer.Option("--json", help="Un objet JSON et rien d'autre sur la sortie standard.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="Dossier où écrire les fichiers.")]
Files = Annotated[list[Path], typer.Argument(help="Un ou plusieurs fichiers.")]
Text = Annotated[str, typer.Option()]


def run(application: typer.Typer, arguments: Sequence[str]) -> int:
    """Run one command; its exit code. Words in any alphabet are printed whatever the terminal."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if "--json" in arguments else None, errors="backslashreplace")
    try:
        code = application(args=list(arguments), prog_name="einvoice-desktop", standalone_mode=False)
    except typer.TyperException as error:
        return misuse(_problem(error), _detail(error), as_json="--json" in arguments)
    except typer.Abort:
        return 130
    return code if isinstance(code, int) else 0


_PROBLEMS = {
    "MissingParameter": "il manque quelque chose.",
    "NoSuchOption": "cette option n'existe pas.",
    "BadParameter": "une valeur n'est pas admise.",
    "NoArgsIsHelpError": "il manque la commande.",
    "UsageError": "cette commande n'existe pas, ou elle a reçu quelque chose de trop.",
}


def _problem(error: typer.TyperException) -> str:
    return _PROBLEMS.get(type(error).__name__, "elle n'a pas été comprise.")


def _detail(error: typer.TyperException) -> str:
    """What the parser says; the whole help when nothing was asked."""
    return str(getattr(error, "message", "") or error)


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
        with reporting(as_json=json):
            from einvoice_desktop.cli import papers

            body = programs.read_file(file, papers.LARGEST_BODY)
            with programs.open(_chosen(context, store)) as program:
                raise typer.Exit(papers.issue(program, body, output, as_json=json))

    @app.command()
    def credit(
        context: typer.Context,
        number: Annotated[str, typer.Argument(metavar="NUMÉRO")],
        output: Annotated[Path, typer.Option("--output", "-o", help="Dossier des fichiers de l'avoir.")],
        reason: Annotated[str, typer.Option(help="Motif, écrit sur l'avoir.")] = "",
        store: Store = None,
        json: Json = False,
    ) -> None:
        """Émet l'avoir de tout ce qui reste à créditer d'un document."""
        with reporting(as_json=json):
            from einvoice_desktop.cli import papers

            with programs.open(_chosen(context, store), must_exist=True) as program:
                raise typer.Exit(papers.credit(program, number, reason, output, as_json=json))

    @app.command()
    def validate(files: Files, store: Store = None, json: Json = False) -> None:
        """Donne le verdict officiel (XSD, EN 16931, règles françaises) de fichiers."""
        del store  # accepted everywhere; judging a file needs none
        with reporting(as_json=json), programs.tools() as tools:
            tools.rules.start()
            from einvoice_desktop.cli.validate import validate_files

            raise typer.Exit(validate_files(programs, tools, files, as_json=json))

    @app.command("convert")
    def convert_file(
        file: Path,
        to: Annotated[Target, typer.Option(help="Syntaxe voulue.")],
        output: Annotated[Path, typer.Option("--output", "-o", help="Fichier à écrire.")],
        profile: Annotated[str, typer.Option(help="Profil voulu (EN_16931, BASIC_WL, EXTENDED…).")] = "",
        json: Json = False,
    ) -> None:
        """Écrit une facture dans une autre syntaxe ou un autre profil, dit ce qui s'y perd et donne le verdict."""
        with reporting(as_json=json), programs.tools() as tools:
            tools.rules.start()
            raise typer.Exit(convert(programs, tools, file, to, profile, output, as_json=json))

    @app.command()
    def receive(context: typer.Context, files: Files, store: Store = None, json: Json = False) -> None:
        """Reçoit des factures de fournisseurs."""
        with reporting(as_json=json):
            from einvoice_desktop.cli import papers

            with programs.open(_chosen(context, store), must_exist=True) as program:
                raise typer.Exit(papers.receive(programs, program, files, as_json=json))

    ledger = typer.Typer(help="Le registre fiscal.", no_args_is_help=True)

    @ledger.callback()
    def register(context: typer.Context, store: Store = None) -> None:
        """Le registre fiscal."""
        context.obj = _chosen(context, store)

    @ledger.command()
    def verify(context: typer.Context, store: Store = None, json: Json = False) -> None:
        """Vérifie toute la chaîne du registre et les fichiers figés."""
        with reporting(as_json=json):
            from einvoice_desktop.cli import papers

            with programs.open(_chosen(context, store), must_exist=True) as program:
                raise typer.Exit(papers.verify(program, as_json=json))

    app.add_typer(ledger, name="ledger")


def _chosen(context: typer.Context, store: Path | None) -> Path | None:
    """The store named after the command, else before it."""
    before = context.obj
    return store or (before if isinstance(before, Path) else None)


def _add_exchange(app: typer.Typer, programs: Programs) -> None:
    @app.command()
    def connect(
        context: typer.Context,
        to_sandbox: Annotated[bool, typer.Option("--sandbox", help="La plateforme d'entraînement.")] = False,
        flow_url: Text = "",
        directory_url: Text = "",
        token_url: Text = "",
        client_id: Text = "",
        organization_id: Text = "",
        label: Text = "",
        store: Store = None,
        json: Json = False,
    ) -> None:
        """Connecte une plateforme ; le secret vient de EINVOICE_CLIENT_SECRET ou d'une question."""
        with reporting(as_json=json):
            from einvoice_desktop.cli.connect import Addresses
            from einvoice_desktop.cli.connect import connect as connect_to

            addresses = Addresses(flow_url, directory_url, token_url, client_id, organization_id, label)
            with programs.open(_chosen(context, store)) as program:
                raise typer.Exit(connect_to(program, addresses, to_sandbox=to_sandbox, as_json=json))

    @app.command()
    def sync(context: typer.Context, store: Store = None, json: Json = False) -> None:
        """Envoie ce qui attend et relève ce que la plateforme a pour vous."""
        with reporting(as_json=json):
            from einvoice_desktop.cli import papers

            with programs.open(_chosen(context, store), must_exist=True) as program:
                raise typer.Exit(papers.sync(program, as_json=json))

    @app.command()
    def status(
        context: typer.Context,
        number: str,
        output: Annotated[Path | None, typer.Option("--output", "-o", help="Dossier où remettre ses fichiers.")] = None,
        store: Store = None,
        json: Json = False,
    ) -> None:
        """Montre le cycle de vie d'un document émis, et remet ses fichiers si on le demande."""
        with reporting(as_json=json):
            from einvoice_desktop.cli import papers

            with programs.open(_chosen(context, store), must_exist=True) as program:
                raise typer.Exit(papers.status(program, number, output, as_json=json))

    _add_sandbox(app, programs)


def _add_sandbox(app: typer.Typer, programs: Programs) -> None:
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
                sys.stdout.flush()

        with reporting(as_json=json):
            programs.serve_sandbox(state, port, ready)


def _add_shows(app: typer.Typer, programs: Programs) -> None:
    @app.command()
    def demo(output: Output, store: Store = None, json: Json = False) -> None:
        """Joue la démonstration de bout en bout et laisse ses fichiers."""
        del store
        with reporting(as_json=json):
            from einvoice_desktop.cli import demo as demonstration

            raise typer.Exit(demonstration.demo(programs, output, as_json=json))

    @app.command()
    def screenshots(directory: Path, store: Store = None, json: Json = False) -> None:
        """Photographie chaque écran, en clair et en sombre."""
        del store
        with reporting(as_json=json):
            from einvoice_desktop.cli import demo as demonstration

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
