"""The console page of the practice platform, in French: what is there, and buttons to make the other side act."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape

from einvoice_desktop.domain.lifecycle import label_of
from einvoice_desktop.sandbox.faults import Fault
from einvoice_desktop.sandbox.scenarios import SCENARIOS
from einvoice_desktop.sandbox.state import StoredFlow

PUSHED = ("204", "205", "207", "208", "210", "211", "213")
"""Statuses offered as buttons."""
_SCENARIO_NAMES = {
    "approve_and_pay": "Approuve et paie",
    "refuse": "Refuse (210)",
    "dispute": "Conteste (207)",
    "reject": "Rejetée par la plateforme (213)",
    "suspend": "Suspend (208)",
    "silent": "Ne répond pas",
    "inadmissible": "Irrecevable (501)",
}
_FAULT_NAMES = {
    "drop_after_accept": "Coupure après acceptation",
    "drop_before_accept": "Coupure avant acceptation",
    "status_503": "Indisponible (503)",
    "status_429": "Trop de requêtes (429)",
    "status_500": "Erreur interne (500)",
    "html": "Page HTML au lieu du JSON",
    "truncated": "JSON tronqué",
}
_ACKS = {"Pending": "En attente", "Ok": "Acceptée", "Error": "Refusée"}
_TYPES = {
    "CustomerInvoice": "Facture de vente",
    "SupplierInvoice": "Facture d'achat",
    "CustomerInvoiceLC": "Statut (vente)",
    "SupplierInvoiceLC": "Statut (achat)",
    "Undefined": "Document",
}

_STYLE = """
:root{color-scheme:light dark;--line:#d5dadd;--ink:#1d2629;--soft:#5b6a70;--paper:#fff;--accent:#0e7c66;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--line:#3a4549;--ink:#e7ecee;--soft:#9fb0b6;--paper:#1a2124;--accent:#4cc2a8;--bad:#f2867f}}
*{box-sizing:border-box}body{margin:0;padding:2rem;font:15px/1.5 system-ui,sans-serif;background:var(--paper);color:var(--ink)}
main{max-width:72rem;margin:auto}h1{font-size:1.5rem;margin:0}h2{font-size:1.05rem;margin:2rem 0 .5rem}
p{color:var(--soft);margin:.25rem 0 1rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.45rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}th{color:var(--soft);font-weight:600}
form{display:inline-flex;gap:.4rem;flex-wrap:wrap;align-items:center;margin:0 .3rem .3rem 0}
button,select,input{font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:6px;padding:.2rem .6rem}
button{cursor:pointer}button:hover,button:focus{border-color:var(--accent);color:var(--accent)}
.Error{color:var(--bad)}.Ok{color:var(--accent)}small{color:var(--soft)}
"""


def render(flows: Iterable[StoredFlow], scenarios: Mapping[str, str], faults: Iterable[Fault]) -> str:
    """The page."""
    rows = "".join(_row(flow) for flow in flows)
    body = (
        rows
        or '<tr><td colspan="5"><p>Aucun flux pour l\'instant : envoyez une facture depuis le programme.</p></td></tr>'
    )
    return (
        '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Plateforme d\'entraînement</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body><main>'
        "<h1>Plateforme d'entraînement</h1>"
        "<p>Rien de ce qui arrive ici n'a de valeur : ni l'administration ni vos clients ne reçoivent quoi que ce soit.</p>"
        "<h2>Flux</h2><table><thead><tr><th>Heure (UTC)</th><th>Flux</th><th>Acquittement</th><th>Statut</th>"
        f"<th>Faire agir l'autre partie</th></tr></thead><tbody>{body}</tbody></table>"
        f"<h2>Envoyer une facture de fournisseur</h2>{_incoming_form()}"
        f"<h2>Comportement d'un client</h2>{_scenario_form()}{_scenario_list(scenarios)}"
        f"<h2>Pannes</h2>{_fault_form()}{_fault_list(faults)}"
        "</main></body></html>"
    )


def _row(flow: StoredFlow) -> str:
    remarks = "".join(
        f"<br><small>{escape(detail['reasonCode'])} – {escape(detail['reasonMessage'][:200])}</small>"
        for detail in (json.loads(flow.details)[:3] if flow.ack == "Error" else ())
    )
    status = f"{escape(flow.status)} {escape(label_of(flow.status))}" if flow.status else ""
    can_act = bool(flow.facts) and flow.direction == "Out" and flow.ack != "Error"
    buttons = "".join(_button(flow.id, code) for code in PUSHED) if can_act else ""
    return (
        f"<tr><td>{escape(flow.updated_at[:19].replace('T', ' '))}</td>"
        f"<td>{escape(flow.number or flow.name)}<br><small>{escape(_TYPES.get(flow.type, flow.type))} · {escape(flow.syntax)}</small></td>"
        f'<td class="{escape(flow.ack)}">{escape(_ACKS.get(flow.ack, flow.ack))}{remarks}</td>'
        f"<td>{status}</td><td>{buttons}</td></tr>"
    )


def _button(flow_id: str, code: str) -> str:
    return (
        '<form method="post" action="/console/events">'
        f'<input type="hidden" name="flowId" value="{escape(flow_id)}"><input type="hidden" name="code" value="{code}">'
        f'<button title="{escape(label_of(code))}">{code} {escape(label_of(code))}</button></form>'
    )


def _incoming_form() -> str:
    return (
        '<form method="post" action="/console/incoming" enctype="multipart/form-data">'
        '<input type="file" name="file" required aria-label="Fichier Factur-X, CII ou UBL">'
        "<button>Envoyer</button></form><p>Factur-X, CII ou UBL ; un fichier illisible est transmis aussi.</p>"
    )


def _scenario_form() -> str:
    options = "".join(f'<option value="{name}">{escape(_SCENARIO_NAMES[name])}</option>' for name in SCENARIOS)
    return (
        '<form method="post" action="/console/scenarios">'
        '<input name="siren" required pattern="[0-9]{9}" placeholder="SIREN du client" aria-label="SIREN du client">'
        f'<select name="scenario" aria-label="Comportement">{options}</select><button>Choisir</button></form>'
    )


def _scenario_list(scenarios: Mapping[str, str]) -> str:
    lines = "".join(
        f"<li>{escape(siren)} : {escape(_SCENARIO_NAMES.get(name, name))}</li>" for siren, name in scenarios.items()
    )
    return f"<ul>{lines}</ul>" if lines else "<p>Tous les clients approuvent et paient.</p>"


def _fault_form() -> str:
    options = "".join(f'<option value="{kind}">{escape(name)}</option>' for kind, name in _FAULT_NAMES.items())
    return (
        '<form method="post" action="/console/faults">'
        f'<select name="kind" aria-label="Panne">{options}</select>'
        '<select name="on" aria-label="Opération"><option value="submit">à l\'envoi</option>'
        '<option value="search">à la synchronisation</option><option value="any">partout</option></select>'
        "<button>Provoquer une fois</button></form>"
    )


def _fault_list(faults: Iterable[Fault]) -> str:
    lines = "".join(
        f"<li>{escape(_FAULT_NAMES.get(fault.kind, fault.kind))} × {fault.times} ({escape(fault.on)})</li>"
        for fault in faults
    )
    return f"<ul>{lines}</ul>" if lines else "<p>Aucune panne en attente.</p>"
