"""What is answered where a link works no longer."""

from shared.errors import Refused


class LinkOver(Refused):
    """The link is not ours, out of time, or about what stands no more; which of them is not told."""

    status = 410

    def __init__(self, danish: str, english: str) -> None:
        super().__init__("link_over", f"Linket virker ikke længere. {danish}", f"The link no longer works. {english}")
