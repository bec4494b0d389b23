"""Values that mend what the rules find, as pure functions of the document: rule → function, in one table.

A cure that cannot be sure says nothing. A value is text as one would type it at the place of the finding: an amount, a
date ``AAAA-MM-JJ``, the key of a VAT answer.
"""

from einvoice_desktop.domain.cures.fault import Cure, Fault
from einvoice_desktop.domain.cures.table import CURES, VAT_ANSWERS, cure_of

__all__ = ["CURES", "VAT_ANSWERS", "Cure", "Fault", "cure_of"]
