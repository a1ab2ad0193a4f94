"""Opens every page in every language once, and notes all that the tests want to know of it."""

import hashlib
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.screens import lists
from tests.screens.running import ARGUMENTS, CHROMIUM, LOCALE, UUID, Running
from tests.screens.screens import VISITOR, Screen

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = {1440: 900, 768: 1024, 320: 640}
LANGUAGES = ("da", "en")
AT_ONCE = 2
LISTEN = """window.violations = [];
document.addEventListener("securitypolicyviolation",
  event => violations.push(`${event.violatedDirective} ${event.blockedURI}`));"""
RUN_AXE = """tags => axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]})
  .then(({violations}) => violations.map(
    ({id, nodes}) => `${id}: ${nodes.map(node => node.target.join(" ")).join(" | ")}`))"""
WIDER = """() => document.documentElement.scrollWidth > window.innerWidth
  ? [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > window.innerWidth + 1)
      .slice(0, 3).map(one => `${one.tagName.toLowerCase()}.${one.className}`) : []"""
POINTERS = r' (?:value|href|action|id|for|name|content|datetime|data-[a-z-]+|hx-[a-z]+|aria-current)="[^"]*"'
# What is said in the page's own language; a part in another one says so, and code is no language.
WORDS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), said = [];
  while (walker.nextNode()) {
    const within = walker.currentNode.parentElement;
    if (within.closest("script, style, template, code, noscript, [translate=no]")) continue;
    if (within.closest("[lang]").lang === document.documentElement.lang) said.push(walker.currentNode.data.trim());
  }
  const labels = [...document.querySelectorAll("[aria-label], [placeholder], [title], [alt]")]
    .flatMap(one => ["aria-label", "placeholder", "title", "alt"].map(name => one.getAttribute(name)));
  return [document.title, ...said, ...labels].filter(Boolean).join("\\n");
}"""


@dataclass
class Seen:
    """A page as it was met; `problems` by kind, `sizes` the bytes on the wire by address, 0 for a file kept before."""

    screen: Screen
    language: str
    status: int = 0
    html: str = ""
    words: str = ""
    problems: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    sizes: dict[str, int] = field(default_factory=dict)

    @property
    def is_page(self) -> bool:
        """False for a part that pages fetch."""
        return self.html.lstrip().lower().startswith("<!doctype")

    @property
    def where(self) -> str:
        """For a message."""
        return f"{self.screen.name} {UUID.sub('…', self.screen.path)} ({self.language})"


class _Loads:
    """What a page fetched since it was last asked, in bytes on the wire, and what went wrong meanwhile."""

    def __init__(self, page: Page) -> None:
        self.begin()
        session = page.context.new_cdp_session(page)
        session.on("Network.responseReceived", self._received)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")
        page.on("console", lambda said: self._wrong(f"{said.type}: {said.text}", said.type in ("error", "warning")))
        page.on("pageerror", lambda error: self._wrong(f"script: {error}"))

    def begin(self) -> None:
        """Forgets the page before."""
        self.sizes: dict[str, int] = {}
        self.wrong: list[str] = []
        self._address: dict[str, str] = {}

    def _wrong(self, words: str, really: bool = True) -> None:
        if really:
            self.wrong.append(words)

    def _received(self, event: dict[str, Any]) -> None:
        address = event["response"]["url"]
        self._address[event["requestId"]] = address
        if event["response"]["status"] >= 400:
            self.wrong.append(f"{event['response']['status']} {address}")

    def _finished(self, event: dict[str, Any]) -> None:
        address = self._address.get(event["requestId"], "")
        self.sizes[address] = int(event["encodedDataLength"])


class Walk:
    """One language of one person's pages after the other, some at once."""

    def __init__(self, running: Running, look: Callable[["Walk", Page, Seen], None]) -> None:
        self.running, self.look = running, look
        self.known: set[str] = set()
        self.seen: list[Seen] = []
        self.failed: list[BaseException] = []

    def through(self, screens: Iterable[Screen], languages: Iterable[str]) -> list[Seen]:
        """Opens them all."""
        by_person = groupby(sorted(screens, key=lambda screen: screen.person), key=lambda screen: screen.person)
        jobs: Queue[tuple[str, str, list[Screen]]] = Queue()
        for person, own in sorted(((p, list(s)) for p, s in by_person), key=lambda job: -len(job[1])):
            for language in languages:
                jobs.put((person, language, own))
        threads = [threading.Thread(target=self._work, args=(jobs,)) for _ in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.failed:
            raise self.failed[0]
        return self.seen

    def _work(self, jobs: Queue[tuple[str, str, list[Screen]]]) -> None:
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
                while not self.failed:
                    self._person(browser, *jobs.get_nowait())
                browser.close()
        except Empty:
            return
        except BaseException as error:  # noqa: BLE001  (told in the thread that waits)
            self.failed.append(error)

    def _person(self, browser: Browser, person: str, language: str, screens: list[Screen]) -> None:
        context = browser.new_context(**LOCALE, viewport={"width": 1440, "height": 900})
        context.add_init_script(LISTEN)
        if person != VISITOR:
            self.running.sign_in(context, person)
        page = context.new_page()
        page.goto(f"{self.running.address}/sprog?sprog={language}&til=/was")
        own = lists.brought_in(page, self.running.address, person)
        loads = _Loads(page)
        for screen in [*screens, *own]:
            self.seen.append(self.visit(page, loads, screen, language))
        context.close()

    def visit(self, page: Page, loads: _Loads, screen: Screen, language: str) -> Seen:
        """One page, with all its cards."""
        seen = Seen(screen, language)
        loads.begin()
        page.set_viewport_size({"width": 1440, "height": 900})
        try:
            answer = page.goto(self.running.address + screen.path)
            assert answer is not None
            seen.status, seen.html = answer.status, answer.text()
        except Error as error:
            if "ERR_ABORTED" not in error.message:
                raise
            seen.status = 204  # a part that has nothing to say, which a browser takes for no navigation
        if seen.is_page:
            settled(page)
            asked_again(page)
            self.look(self, page, seen)
            seen.problems["away"] += page.locator(".jb-card__away > p").all_inner_texts()
            seen.problems["policy"] += page.evaluate("window.violations")
            seen.problems["console"] += loads.wrong
        seen.sizes = loads.sizes
        return seen


def settled(page: Page) -> None:
    """All cards have come, or said that they will not."""
    page.wait_for_function("() => document.readyState === 'complete' && !document.querySelector('[aria-busy=true]')")
    page.evaluate("() => document.fonts.ready.then(() => true)")


def asked_again(page: Page) -> None:
    """Whoever reads "Prøv igen" does; a busy machine may need more than a card's second."""
    for button in page.locator("[data-card] [data-retry]").all():
        button.click()
    settled(page)


def checked(walk: Walk, page: Page, seen: Seen) -> None:
    """Reach, room and words of a page at all widths; one that looks like another's was checked with it."""
    seen.words = page.evaluate(WORDS)
    likeness = _likeness(page, seen)
    if likeness in walk.known:
        return
    walk.known.add(likeness)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        seen.problems["reach"] += [f"{width} {wrong}" for wrong in page.evaluate(RUN_AXE, TAGS)]
        seen.problems["room"] += [f"{width} {wrong}" for wrong in page.evaluate(WIDER)]


def _likeness(page: Page, seen: Seen) -> str:
    """Of a page without who looks at it and what its links and fields point to."""
    plain = re.sub(r'<div class="masthead__tools">.*?<form', "", page.content(), flags=re.DOTALL)
    plain = re.sub(POINTERS, "", plain)
    return hashlib.sha256(f"{seen.screen.rule}{seen.language}{plain}".encode()).hexdigest()
