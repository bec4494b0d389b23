"""How far a deal is paid by deposits: issued, being typed, and what is left, as one bar."""

from __future__ import annotations

from decimal import Decimal

from einvoice_desktop.domain.deposit import DepositProgress
from einvoice_desktop.ui.widgets.formats import money, number
from einvoice_desktop.ui.widgets.share_bar import ShareBar


def progress_words(progress: DepositProgress, currency: str) -> str:
    """« 3 000,00 € demandés sur 10 000,00 € HT, 30 % »."""
    asked = progress.deposited + progress.drafted
    share = f"{number(progress.percent)} %"
    if progress.drafted:
        share += f", dont {money(progress.drafted, currency)} en brouillon"
    return f"{money(asked, currency)} demandés sur {money(progress.deal_total, currency)} HT, {share}"


def remaining_words(progress: DepositProgress, currency: str) -> str:
    """What may still be asked, or that the deal is ended."""
    if progress.has_balance:
        return "Ce marché est soldé."
    return f"Il reste {money(progress.remaining, currency)} HT à demander."


class DealBar(ShareBar):
    """Plain for what is issued, pale for drafts, empty for the rest."""

    def show_progress(self, progress: DepositProgress, currency: str) -> None:
        """Show a deal."""
        total = progress.deal_total or Decimal(1)
        issued = Decimal(1) if progress.has_balance else progress.deposited / total
        parts = ((issued + progress.drafted / total, "accent_soft"), (issued, "accent"))
        self.show_parts(parts, progress_words(progress, currency))
