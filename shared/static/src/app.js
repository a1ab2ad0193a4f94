(() => {
  "use strict";
  const { DKFDS, htmx } = window;
  const body = document.body;
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const word = (name) => one("[data-words]")?.getAttribute(`data-word-${name}`) ?? "";
  const isField = (element) => element?.matches("input:not([type=checkbox], [type=radio]), textarea, select");

  // Dialogs

  const dialog = (id) => one(`#${id}-dialog`);
  const isOpen = (id) => dialog(id)?.getAttribute("aria-hidden") === "false";
  const anyOpen = () => one(".fds-modal[aria-hidden=false]");
  let openedFrom = null;

  function show(id) {
    if (!anyOpen()) openedFrom = document.activeElement;
    new DKFDS.Modal(dialog(id)).show();
  }

  function hide(id) {
    if (isOpen(id)) new DKFDS.Modal(dialog(id)).hide();
  }

  all(".fds-modal").forEach((modal) => modal.addEventListener("fds.modal.hidden", () => {
    setTimeout(() => { if (!anyOpen() && openedFrom?.isConnected) openedFrom.focus(); });
  }));

  // A button that asks before it acts

  let asked = null;
  document.addEventListener("submit", (event) => {
    const by = event.submitter;
    if (!by?.dataset.confirm || asked === by) {
      asked = null;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    one("[data-confirm-text]").textContent = by.dataset.confirm;
    const yes = one("[data-confirm-yes]");
    yes.textContent = by.dataset.confirmYesText;
    yes.onclick = () => {
      hide("confirm");
      asked = by;
      by.form.requestSubmit(by);
    };
    show("confirm");
  }, true);

  // Parts that come later

  const COMPONENTS = [
    [".accordion", "Accordion"], [".alert.has-close", "Alert"], [".form-limit", "CharacterLimit"],
    [".js-checkbox-toggle-content", "CheckboxToggleContent"], [".js-radio-toggle-group", "RadioToggleGroup"],
    [".tab-container", "Tabs"],
  ];

  function prepare(part) {
    COMPONENTS.forEach(([selector, name]) => all(selector, part).forEach((found) => new DKFDS[name](found).init()));
    unhide(part);
  }

  function unhide(part) {
    all("[data-print], [data-shortcuts]", part).forEach((element) => { element.hidden = false; });
  }

  // Once each: a part of the form that comes later must not take the focus from whoever has begun to mend.
  const toSummary = (within = document) => {
    const summary = one("[data-error-summary]:not([data-told])", within);
    if (!summary) return;
    summary.dataset.told = "";
    summary.focus();
  };

  document.addEventListener("htmx:afterSwap", (event) => {
    const part = event.detail.elt?.isConnected ? event.detail.elt : document;
    if (part !== document) prepare(part);
    toSummary(part.closest?.("form")?.parentElement ?? part);
  });

  // Cards of other services

  const cardOf = (event) => event.detail.elt?.closest?.("[data-card]");

  // Who may not see what a card shows is told so in it: its owner is not away.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr?.status === 403 && cardOf(event)) Object.assign(event.detail, { shouldSwap: true, isError: false });
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const { xhr, successful } = event.detail;
    if (xhr?.status === 401) return checkSession();
    const card = cardOf(event);
    if (card) return cardAnswered(card, xhr, successful);
    if (!successful && xhr?.status !== 422 && !event.detail.elt.matches("[data-live-part]")) complain(event.detail.elt);
    return undefined;
  });

  function cardAnswered(card, xhr, successful) {
    const content = one(".jb-card__body", card);
    const away = one(".jb-card__away", card);
    content.removeAttribute("aria-busy");
    if (xhr?.status === 204 && successful) {
      card.hidden = true;
    } else if (successful) {
      away.replaceChildren();
    } else {
      if (one(".skeleton", content)) content.replaceChildren();
      away.replaceChildren(one("template", card).content.cloneNode(true));
    }
  }

  function complain(element) {
    const form = element.closest("form") ?? element;
    const message = Object.assign(document.createElement("p"), {
      className: "form-error-message", textContent: word("no"), tabIndex: -1,
    });
    message.setAttribute("role", "alert");
    one(":scope > .form-error-message", form)?.remove();
    form.prepend(message);
  }

  // Live parts: a stream says that something changed; without one we ask now and then

  const waiting = new Set();
  const isTypedIn = (part) => part.contains(document.activeElement) && isField(document.activeElement);
  const liveOf = (event) => event.target.closest?.("[data-live]");

  document.addEventListener("htmx:sseOpen", (event) => {
    const live = liveOf(event);
    // Nobody knows what was missed while the stream was away.
    if (live?.dataset.opened) htmx.trigger(one("[data-live-part]", live), "poll");
    live?.classList.add("live--open");
    if (live) live.dataset.opened = "yes";
  });
  for (const name of ["htmx:sseError", "htmx:sseClose"]) {
    document.addEventListener(name, (event) => liveOf(event)?.classList.remove("live--open"));
  }

  document.addEventListener("htmx:beforeRequest", (event) => {
    const part = event.detail.elt;
    if (part.matches("[data-card]")) one(".jb-card__body", part).setAttribute("aria-busy", "true");
    if (!part.matches("[data-live-part]") || !isTypedIn(part)) return;
    event.preventDefault();
    waiting.add(part);
  });

  document.addEventListener("focusout", () => setTimeout(() => {
    const free = [...waiting].filter((part) => !isTypedIn(part));
    free.forEach((part) => { waiting.delete(part); htmx.trigger(part, "poll"); });
  }));

  setInterval(() => all("[data-live]:not(.live--open) [data-live-part]").forEach((part) => {
    if (!document.hidden) htmx.trigger(part, "poll");
  }), 15000);

  // Keyboard

  const visible = (element) => element.checkVisibility?.({ visibilityProperty: true }) ?? element.offsetParent !== null;
  const keyed = () => all("[data-key]").filter((element) => visible(element) && !element.disabled);
  let afterG = 0;

  function shortcutsOn(wanted) {
    try {
      if (wanted !== undefined) localStorage.setItem("shortcuts", wanted ? "on" : "off");
      return localStorage.getItem("shortcuts") !== "off";
    } catch {
      return true;
    }
  }

  function use(element, event) {
    event.preventDefault();
    if (isField(element)) element.focus();
    else element.click();
  }

  function line(key, label) {
    const row = document.createElement("div");
    const term = document.createElement("dt");
    const cap = (textContent) => Object.assign(document.createElement("kbd"), { textContent });
    key.split(" ").forEach((part) => term.append(cap(part), " "));
    row.append(term, Object.assign(document.createElement("dd"), { textContent: label }));
    return row;
  }

  function listShortcuts() {
    const lines = keyed().map(({ dataset, textContent }) => [dataset.key, dataset.keyLabel || textContent.trim()]);
    const places = all("[data-go]").map((link) => [`g ${link.dataset.go}`, `${word("go")} ${link.textContent.trim()}`]);
    if (one("#global-search")) places.unshift(["/", word("search")]);
    const saves = one("main form[method=post] .button-primary") ? [["Ctrl Enter", word("save")]] : [];
    const rows = new Map([...lines, ...places, ...saves, ["Esc", word("close")]]);
    one("[data-shortcut-list]").replaceChildren(...[...rows].map(([key, label]) => line(key, label)));
    one("[data-shortcuts-on]").checked = shortcutsOn();
    show("shortcuts");
  }

  function saveFrom(event) {
    const by = event.target.closest?.("form[method=post]")?.querySelector(".button-primary");
    if (!by) return;
    event.preventDefault();
    by.form.requestSubmit(by);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !anyOpen()) saveFrom(event);
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
    if (event.key === "Escape" && isField(document.activeElement) && !anyOpen()) document.activeElement.blur();
    if (!plain || event.defaultPrevented || isField(event.target) || anyOpen() || !shortcutsOn()) return;
    const second = Date.now() - afterG < 1500;
    afterG = 0;
    const place = second && all("[data-go]").find((link) => link.dataset.go === event.key);
    const found = place || (event.key === "/" && one("#global-search"))
      || keyed().find((element) => element.dataset.key === event.key);
    if (found) use(found, event);
    else if (event.key === "g") afterG = Date.now();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-shortcuts]")) listShortcuts();
    if (event.target.closest("[data-print]")) window.print();
    if (event.target.closest("[data-session-go-on], [data-signed-in]")) checkSession(true);
    const card = event.target.closest("[data-retry]")?.closest("[data-card]");
    if (card) htmx.trigger(card, "retry");
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-shortcuts-on]")) shortcutsOn(event.target.checked);
  });

  // A slot is held while somebody stands at the desk; leaving the form lets it go

  const holding = () => one("[data-hold]");
  let saving = false;
  document.addEventListener("submit", (event) => { saving ||= event.target.contains(holding()); });
  window.addEventListener("pagehide", () => {
    if (!holding() || saving) return;
    navigator.sendBeacon(holding().dataset.hold, new URLSearchParams({ csrf: one("input[name=csrf]").value }));
  });

  setInterval(() => all("[data-held-until]").forEach((held) => {
    const seconds = Math.ceil((Number(held.dataset.heldUntil) - Date.now()) / 1000);
    const over = one("[data-held-over]", held);
    one("[data-held-left]", held).textContent = `(${clockLeft(Math.max(seconds, 0))})`;
    if (seconds > 0 || !over.hidden) return;
    one("[data-held-while]", held).hidden = true;
    over.hidden = false;
    const said = one("[role=status]", over);
    setTimeout(() => { said.textContent = over.lastChild.textContent; over.lastChild.textContent = ""; });
  }), 1000);

  const clockLeft = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

  // The session's end

  const WARN_MS = 5 * 60 * 1000;
  const { sessionUrl, sessionSubject } = body.dataset;
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("session") : null;
  let ends = Number(body.dataset.sessionEnds || 0);
  let covered = false;
  let asking = false;
  let saidAt = null;

  function goOn(state) {
    ends = state.ends;
    covered = false;
    body.classList.remove("covered");
    all("input[name=csrf]").forEach((input) => { input.value = state.csrf; });
    hide("session");
    hide("signed-out");
  }

  function cover(reason) {
    one("[data-signed-out-said]").textContent = reason;
    if (covered) return;
    covered = true;
    hide("session");
    body.classList.add("covered");
    show("signed-out");
  }

  async function checkSession(byHand = false) {
    if (!sessionUrl || asking) return;
    asking = true;
    try {
      const answer = await fetch(sessionUrl, {
        headers: { Accept: "application/json" }, cache: "no-store", redirect: "manual",
      });
      const over = answer.status === 401 || answer.type === "opaqueredirect";
      if (answer.ok) arrived(await answer.json());
      else if (over || covered) cover(byHand && covered ? word("not-yet") : "");
    } catch {
      if (byHand || Date.now() > ends) cover(word("offline"));
    } finally {
      asking = false;
    }
  }

  function arrived(state) {
    if (state.subject_hash !== sessionSubject) return location.reload();
    goOn(state);
    return tabs?.postMessage(state);
  }

  function tick() {
    const left = ends - Date.now();
    if (covered) return;
    if (left <= 0) {
      checkSession();
    } else if (left <= WARN_MS) {
      if (!isOpen("session")) show("session");
      countDown(Math.ceil(left / 1000));
    } else if (isOpen("session")) {
      hide("session");
    }
  }

  function countDown(seconds) {
    one("[data-countdown]").textContent = clockLeft(seconds);
    const spoken = seconds > 60
      ? `${Math.ceil(seconds / 60)} ${word("minutes")}` : `${Math.ceil(seconds / 20) * 20} ${word("seconds")}`;
    if (spoken !== saidAt) one("[data-countdown-said]").textContent = spoken;
    saidAt = spoken;
  }

  if (ends && sessionUrl) {
    setInterval(tick, 1000);
    tabs?.addEventListener("message", ({ data }) => {
      if (data.over) checkSession();
      else if (data.subject_hash === sessionSubject) goOn(data);
    });
    tabs?.postMessage({ ends, subject_hash: sessionSubject, csrf: one("input[name=csrf]")?.value });
    window.addEventListener("focus", () => checkSession());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) checkSession(); });
    window.addEventListener("pageshow", (event) => { if (event.persisted) checkSession(); });
  }

  // A page without a session, right after one with: the other tabs look whether theirs is over.
  if (!ends) tabs?.postMessage({ over: true });

  DKFDS.init();
  unhide(document);
  toSummary();
})();
