"""How far it is: a bar on a terminal, a line for each tenth elsewhere."""

from typing import TextIO

WIDTH = 40


class Bar:
    """Shows a share of the whole."""

    def __init__(self, out: TextIO) -> None:
        self._out, self._terminal, self._shown = out, out.isatty(), -1

    def show(self, share: float) -> None:
        """A share from 0 to 1."""
        percent = min(100, int(share * 100))
        step = percent if self._terminal else percent // 10
        if step == self._shown:
            return
        self._shown = step
        if self._terminal:
            done = WIDTH * percent // 100
            self._out.write(f"\r  [{'#' * done}{' ' * (WIDTH - done)}] {percent:3} %")
        else:
            self._out.write(f"  {step * 10} % of the two years\n")
        self._out.flush()

    def end(self, words: str) -> None:
        """It is over."""
        self._out.write(f"{chr(10) if self._terminal else ''}  {words}\n")
