"""Looking at a finished Factur-X file with other eyes than those that drew it.

The file is opened again with pypdf, its page streams are read with the fonts it holds, and what they say is compared
with the XML inside. Nothing here may import the drawing or the page: an error they share would go unseen.
"""

from einvoice_desktop.documents.pdf.proof.prover import PypdfProver

__all__ = ["PypdfProver"]
