"""The second language of a page, as data: French words, then English, German, Spanish, Italian and Dutch.

French always comes first and is complete by itself; what has no translation is printed in French alone.
"""

from __future__ import annotations

from einvoice_desktop.ports.documents import LANGUAGES

WORDS: dict[str, tuple[str, str, str, str, str]] = {
    # names of the document
    "Facture": ("Invoice", "Rechnung", "Factura", "Fattura", "Factuur"),
    "Facture de solde": ("Final invoice", "Schlussrechnung", "Factura final", "Fattura a saldo", "Eindfactuur"),
    "Avoir": ("Credit note", "Gutschrift", "Factura rectificativa", "Nota di credito", "Creditnota"),
    "Facture rectificative": (
        "Corrected invoice", "Korrekturrechnung", "Factura corregida", "Fattura rettificativa", "Correctiefactuur",
    ),
    "Facture d’acompte": (
        "Deposit invoice", "Anzahlungsrechnung", "Factura de anticipo", "Fattura di acconto", "Voorschotfactuur",
    ),
    "Avoir sur facture d’acompte": (
        "Credit note on a deposit", "Gutschrift zur Anzahlung", "Abono de anticipo", "Nota di credito su acconto",
        "Creditnota op voorschot",
    ),
    "Autofacture": ("Self-billed invoice", "Gutschrift (§ 14 UStG)", "Autofactura", "Autofattura", "Self-billing"),
    "Autofacturation": (
        "Self-billing", "Gutschrift", "Facturación por el destinatario", "Autofatturazione",
        "Factuur uitgereikt door afnemer",
    ),
    # dates and parties
    "Date d’émission": ("Issue date", "Rechnungsdatum", "Fecha de emisión", "Data di emissione", "Factuurdatum"),
    "Date de livraison": ("Delivery date", "Lieferdatum", "Fecha de entrega", "Data di consegna", "Leverdatum"),
    "Date de prestation": (
        "Service date", "Leistungsdatum", "Fecha del servicio", "Data della prestazione", "Datum dienst",
    ),
    "Date de versement": ("Payment date", "Zahlungsdatum", "Fecha de pago", "Data del versamento", "Betaaldatum"),
    "Livraison / prestation": (
        "Date of supply", "Leistungsdatum", "Fecha de la operación", "Data dell’operazione", "Leverdatum",
    ),
    "Exigibilité de la TVA": ("Tax point", "Steuerentstehung", "Devengo del IVA", "Esigibilità IVA", "Btw-datum"),
    "Échéance": ("Due date", "Fällig am", "Vencimiento", "Scadenza", "Vervaldatum"),
    "Date de paiement": ("Paid on", "Bezahlt am", "Fecha de pago", "Data di pagamento", "Betaald op"),
    "Client": ("Customer", "Kunde", "Cliente", "Cliente", "Klant"),
    "Adresse de livraison": (
        "Delivery address", "Lieferadresse", "Dirección de entrega", "Indirizzo di consegna", "Afleveradres",
    ),
    "Nature de l’opération": (
        "Type of supply", "Art der Leistung", "Tipo de operación", "Tipo di operazione", "Aard van de levering",
    ),
    "Livraison de biens": (
        "Supply of goods", "Warenlieferung", "Entrega de bienes", "Cessione di beni", "Levering van goederen",
    ),
    "Prestation de services": (
        "Supply of services", "Dienstleistung", "Prestación de servicios", "Prestazione di servizi", "Dienstverlening",
    ),
    "Livraison de biens et prestation de services": (
        "Goods and services", "Waren und Dienstleistungen", "Bienes y servicios", "Beni e servizi",
        "Goederen en diensten",
    ),
    # references
    "Commande": ("Order", "Bestellung", "Pedido", "Ordine", "Bestelling"),
    "Contrat": ("Contract", "Vertrag", "Contrato", "Contratto", "Contract"),
    "Votre référence": ("Your reference", "Ihr Zeichen", "Su referencia", "Vs. riferimento", "Uw referentie"),
    "Projet": ("Project", "Projekt", "Proyecto", "Progetto", "Project"),
    "Marché": ("Tender", "Ausschreibung", "Licitación", "Gara", "Aanbesteding"),
    "Notre commande": ("Sales order", "Auftrag", "Orden de venta", "Ordine di vendita", "Verkooporder"),
    "Bon de livraison": ("Delivery note", "Lieferschein", "Albarán", "Bolla", "Pakbon"),
    "Réception": ("Receipt", "Wareneingang", "Recepción", "Ricevuta", "Ontvangst"),
    "Objet facturé": ("Object", "Objekt", "Objeto", "Oggetto", "Object"),
    "Imputation": ("Cost centre", "Kontierung", "Imputación", "Imputazione", "Kostenplaats"),
    "Période": ("Period", "Zeitraum", "Periodo", "Periodo", "Periode"),
    "Facture liée": ("Related invoice", "Bezugsrechnung", "Factura relacionada", "Fattura collegata", "Bijbehorend"),
    # table
    "Désignation": ("Description", "Bezeichnung", "Descripción", "Descrizione", "Omschrijving"),
    "Référence": ("Item no.", "Art.-Nr.", "Referencia", "Codice", "Artikelnr."),
    "Quantité": ("Quantity", "Menge", "Cantidad", "Quantità", "Aantal"),
    "Unité": ("Unit", "Einheit", "Unidad", "Unità", "Eenheid"),
    "PU HT": ("Unit price", "Einzelpreis", "Precio unit.", "Prezzo unit.", "Prijs"),
    "Remise": ("Discount", "Rabatt", "Descuento", "Sconto", "Korting"),
    "TVA": ("VAT", "MwSt.", "IVA", "IVA", "Btw"),
    "Total HT": ("Net total", "Netto", "Total neto", "Totale netto", "Totaal excl."),
    "À reporter": ("Carried forward", "Übertrag", "Suma y sigue", "A riportare", "Transport"),
    "Report": ("Brought forward", "Übertrag", "Suma anterior", "Riporto", "Transport"),
    # totals
    "Total des lignes HT": ("Lines, net", "Positionen netto", "Total líneas", "Totale righe", "Totaal regels"),
    "Total TTC": ("Total incl. VAT", "Gesamt brutto", "Total con IVA", "Totale con IVA", "Totaal incl. btw"),
    "Total TVA": ("Total VAT", "MwSt. gesamt", "Total IVA", "Totale IVA", "Totaal btw"),
    "Total des remises": ("Total discounts", "Rabatte gesamt", "Total descuentos", "Totale sconti", "Totaal kortingen"),
    "Total des frais": ("Total charges", "Zuschläge gesamt", "Total gastos", "Totale spese", "Totaal toeslagen"),
    "Acompte déjà versé": ("Deposit paid", "Anzahlung", "Anticipo pagado", "Acconto versato", "Voorschot betaald"),
    "Déjà payé": ("Already paid", "Bereits bezahlt", "Ya pagado", "Già pagato", "Reeds betaald"),
    "Arrondi": ("Rounding", "Rundung", "Redondeo", "Arrotondamento", "Afronding"),
    "Net à payer": ("Amount due", "Zahlbetrag", "Total a pagar", "Totale da pagare", "Te betalen"),
    "Net de l’avoir": ("Credit total", "Gutschriftbetrag", "Importe del abono", "Totale a credito", "Te crediteren"),
    "Mention fiscale": ("Tax statement", "Steuerhinweis", "Mención fiscal", "Nota fiscale", "Fiscale vermelding"),
    "Mentions fiscales": ("Tax statements", "Steuerhinweise", "Menciones fiscales", "Note fiscali", "Fiscale vermeldingen"),
    "Autoliquidation": (
        "Reverse charge", "Steuerschuldnerschaft des Leistungsempfängers", "Inversión del sujeto pasivo",
        "Inversione contabile", "Btw verlegd",
    ),
    # payment
    "Règlement": ("Payment", "Zahlung", "Pago", "Pagamento", "Betaling"),
    "Titulaire": ("Account holder", "Kontoinhaber", "Titular", "Intestatario", "Op naam van"),
    "À rappeler": ("Reference", "Verwendungszweck", "Concepto", "Causale", "Kenmerk"),
    "Autre compte": ("Other account", "Weiteres Konto", "Otra cuenta", "Altro conto", "Andere rekening"),
    "Mandat SEPA": ("SEPA mandate", "SEPA-Mandat", "Mandato SEPA", "Mandato SEPA", "SEPA-machtiging"),
    "ICS du créancier": ("Creditor ID", "Gläubiger-ID", "Id. del acreedor", "Id. creditore", "Incassant-ID"),
    "Compte débité": ("Debited account", "Belastetes Konto", "Cuenta de cargo", "Conto addebitato", "Af te schrijven"),
    "Carte": ("Card", "Karte", "Tarjeta", "Carta", "Kaart"),
    "Bénéficiaire": ("Payee", "Zahlungsempfänger", "Beneficiario", "Beneficiario", "Begunstigde"),
    "Conditions": ("Terms", "Bedingungen", "Condiciones", "Condizioni", "Voorwaarden"),
    "Conditions de règlement": (
        "Payment terms", "Zahlungsbedingungen", "Condiciones de pago", "Condizioni di pagamento", "Betalingsvoorwaarden",
    ),
    "Notes": ("Notes", "Hinweise", "Notas", "Note", "Opmerkingen"),
    "Pièces jointes": ("Attachments", "Anlagen", "Adjuntos", "Allegati", "Bijlagen"),
    "Autres intervenants": ("Other parties", "Weitere Beteiligte", "Otras partes", "Altre parti", "Andere partijen"),
    "Mentions de l’entreprise": (
        "Company information", "Firmenangaben", "Datos de la empresa", "Dati dell’azienda", "Bedrijfsgegevens",
    ),
}  # fmt: skip


def second(french: str, language: str) -> str:
    """``french`` in ``language``; empty without a translation, or when it would only repeat the word."""
    if language not in LANGUAGES or french not in WORDS:
        return ""
    found = WORDS[french][LANGUAGES.index(language)]
    return "" if found == french else found


def both(french: str, language: str) -> str:
    """``Échéance / Due date``; the French word alone without a second language."""
    other = second(french, language)
    return f"{french} / {other}" if other else french
