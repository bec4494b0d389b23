"""« Livraison »: where it went when not to the customer (BG-13, BG-15), and the period it covers (BG-14)."""

from __future__ import annotations

from einvoice_desktop.ui.screens.editor.sections.section import Section
from einvoice_desktop.ui.widgets.date_field import DateField
from einvoice_desktop.ui.widgets.fields import TextField
from einvoice_desktop.ui.widgets.layouts import column, fields_row


class DeliverySection(Section):
    """Period and place."""

    def __init__(self) -> None:
        start = DateField("Période : du", placeholder="jj/mm/aaaa")
        end = DateField("au", placeholder="jj/mm/aaaa", hint="pour un abonnement, un mois de travail…")
        name = TextField("Lieu de livraison", placeholder="celui du client", limit=255)
        line1 = TextField("Adresse", placeholder="Numéro et rue")
        line2 = TextField("Complément", placeholder="Facultatif")
        code, city = TextField("Code postal", limit=20), TextField("Ville")
        country = TextField("Pays", placeholder="FR", limit=2)
        super().__init__(
            {
                "period_start": start,
                "period_end": end,
                "delivery_name": name,
                "delivery_line1": line1,
                "delivery_line2": line2,
                "delivery_postal_code": code,
                "delivery_city": city,
                "delivery_country": country,
            }
        )
        column(
            fields_row(start, end),
            name,
            fields_row(line1, line2, stretches=(3, 2)),
            fields_row(code, city, country, stretches=(2, 5, 1)),
            gap="m",
            of=self,
        )
