"""Reasons for exemption that EN 16931 admits (VATEX codes, BR-CL-22), each with its legal sentence in French.

The sentence is what CGI ann. II art. 242 nonies A, I-12° asks of the invoice: the provision of the code or of the
directive 2006/112/CE. Which code an activity falls under is for the accountant; only the codes are machine-checked.
"""

from __future__ import annotations

CREDIT_NET_OF_TAX = "VATEX-FR-CNWVAT"
"""« Avoir net de taxe »: credit notes only (A7 G6.21), which no Schematron checks."""

MARGIN_SCHEMES = {
    "VATEX-EU-F": ("Marge : biens d’occasion", "Régime particulier – Biens d’occasion"),
    "VATEX-EU-I": ("Marge : objets d’art", "Régime particulier – Objets d’art"),
    "VATEX-EU-J": (
        "Marge : collection et antiquités",
        "Régime particulier – Objets de collection et d’antiquité",
    ),
    "VATEX-EU-D": ("Marge : agences de voyages", "Régime particulier – Agences de voyages"),
}
"""Margin schemes (242 nonies A, I-15° and 16°): label and sentence by code; prices include VAT, none is shown."""

_CGI = "Exonération de TVA, {} du CGI"

FRENCH_EXEMPTIONS = {
    "VATEX-FR-CGI261-1": ("Opérations soumises à un autre impôt", _CGI.format("art. 261, 1")),
    "VATEX-FR-CGI261-2": ("Agriculture et pêche", _CGI.format("art. 261, 2")),
    "VATEX-FR-CGI261-3": ("Biens usagés, matières de récupération", _CGI.format("art. 261, 3")),
    "VATEX-FR-CGI261-4": ("Santé, enseignement, activités diverses", _CGI.format("art. 261, 4")),
    "VATEX-FR-CGI261-5": ("Opérations immobilières", _CGI.format("art. 261, 5")),
    "VATEX-FR-CGI261-7": ("Organismes d’utilité générale", _CGI.format("art. 261, 7")),
    "VATEX-FR-CGI261-8": ("Article 261, 8", _CGI.format("art. 261, 8")),
    "VATEX-FR-CGI261A": ("Article 261 A", _CGI.format("art. 261 A")),
    "VATEX-FR-CGI261B": ("Services d’un groupement à ses membres", _CGI.format("art. 261 B")),
    "VATEX-FR-CGI261C-1": ("Banque et finance", _CGI.format("art. 261 C, 1°")),
    "VATEX-FR-CGI261C-2": ("Assurance et courtage", _CGI.format("art. 261 C, 2°")),
    "VATEX-FR-CGI261C-3": ("Timbres à leur valeur officielle", _CGI.format("art. 261 C, 3°")),
    "VATEX-FR-CGI261D-1": ("Locations agricoles", _CGI.format("art. 261 D, 1°")),
    "VATEX-FR-CGI261D-1BIS": ("Baux de réhabilitation", _CGI.format("art. 261 D, 1° bis")),
    "VATEX-FR-CGI261D-2": ("Locations de locaux nus", _CGI.format("art. 261 D, 2°")),
    "VATEX-FR-CGI261D-3": ("Droits sur un patrimoine foncier", _CGI.format("art. 261 D, 3°")),
    "VATEX-FR-CGI261D-4": ("Locations meublées", _CGI.format("art. 261 D, 4°")),
    "VATEX-FR-CGI261E-1": ("Jeux d’argent", _CGI.format("art. 261 E, 1°")),
    "VATEX-FR-CGI261E-2": ("Loteries et paris", _CGI.format("art. 261 E, 2°")),
    "VATEX-FR-CGI275": ("Vente à un exportateur (attestation)", "Franchise de TVA, art. 275 du CGI"),
    "VATEX-FR-CGI277A": ("Régimes suspensifs, entrepôts", "Suspension de TVA, art. 277 A du CGI"),
    "VATEX-FR-CGI295": ("Exonérations d’outre-mer", _CGI.format("art. 295")),
    "VATEX-FR-298SEXDECIESA": ("Or d’investissement", _CGI.format("art. 298 sexdecies A")),
}
"""Exemptions of the Code général des impôts: label and sentence by code."""

OUTSIDE_E_INVOICING = frozenset(code for code in FRENCH_EXEMPTIONS if code.startswith("VATEX-FR-CGI261"))
"""A document that holds nothing else is out of e-invoicing: platforms refuse its flux 1 (A7 G2.32)."""

_DIRECTIVE = "Exonération de TVA, art. {} de la directive 2006/112/CE"


def _points(article: str, points: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Codes ``VATEX-EU-<article><suffix>``: label, and the sentence that names the provision."""
    return {
        f"VATEX-EU-{article}{suffix}": (label, _DIRECTIVE.format(article + provision))
        for suffix, (provision, label) in points.items()
    }


EUROPEAN_EXEMPTIONS = {
    "VATEX-EU-79-C": (
        "Débours refacturés au centime",
        "Débours, art. 267, II-2° du CGI (art. 79, c, de la directive 2006/112/CE)",
    ),
    **_points(
        "132",
        {
            "": ("", "Activités d’intérêt général"),
            "-1A": (", 1, a", "Services postaux"),
            "-1B": (", 1, b", "Hospitalisation et soins"),
            "-1C": (", 1, c", "Soins à la personne"),
            "-1D": (", 1, d", "Organes, sang et lait humains"),
            "-1E": (", 1, e", "Prothèses dentaires"),
            "-1F": (", 1, f", "Groupements autonomes de personnes"),
            "-1G": (", 1, g", "Aide et sécurité sociales"),
            "-1H": (", 1, h", "Protection de l’enfance"),
            "-1I": (", 1, i", "Enseignement et formation"),
            "-1J": (", 1, j", "Leçons particulières"),
            "-1K": (", 1, k", "Personnel d’institutions religieuses"),
            "-1L": (", 1, l", "Organismes sans but lucratif"),
            "-1M": (", 1, m", "Sport et éducation physique"),
            "-1N": (", 1, n", "Services culturels"),
            "-1O": (", 1, o", "Collectes de fonds"),
            "-1P": (", 1, p", "Transport de malades"),
            "-1Q": (", 1, q", "Radio et télévision publiques"),
        },
    ),
    **_points("135", {"-1": (", 1", "Assurance, banque, location, jeux")}),
    **_points(
        "143",
        {
            "": ("", "Importations exonérées"),
            **{
                f"-1{point}": (f", 1, {point.lower().replace('fa', 'f bis')}", f"Importations (143, 1, {point})")
                for point in ("A", "B", "C", "D", "E", "F", "FA", "G", "H", "I", "J", "K", "L")
            },
        },
    ),
    **_points("144", {"": ("", "Services liés à une importation")}),
    **_points("146", {"-1E": (", 1, e", "Services liés à une exportation")}),
    **_points(
        "148",
        {
            "": ("", "Transports internationaux"),
            "-A": (", a", "Avitaillement des bateaux"),
            "-B": (", b", "Avitaillement des bâtiments de guerre"),
            "-C": (", c", "Bateaux et leur entretien"),
            "-D": (", d", "Services aux bateaux"),
            "-E": (", e", "Avitaillement des aéronefs"),
            "-F": (", f", "Aéronefs et leur entretien"),
            "-G": (", g", "Services aux aéronefs"),
        },
    ),
    **_points(
        "151",
        {
            "": ("", "Ambassades, institutions, OTAN"),
            "-1A": (", 1, a", "Relations diplomatiques et consulaires"),
            "-1AA": (", 1, a bis", "Institutions de l’Union européenne"),
            "-1B": (", 1, b", "Organisations internationales"),
            "-1C": (", 1, c", "Forces de l’OTAN"),
            "-1D": (", 1, d", "Forces de l’OTAN, autre pays"),
            "-1E": (", 1, e", "Forces à Chypre"),
        },
    ),
    **_points("153", {"": ("", "Intermédiaires d’opérations exonérées")}),
    **_points("159", {"": ("", "Services liés aux entrepôts")}),
    **_points("309", {"": ("", "Agence de voyages, hors de l’Union")}),
}
"""Exemptions of the directive 2006/112/CE: label and sentence by code."""
