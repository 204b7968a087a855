// Saves a conversation while it is typed, with few requests, and shows what is near. Words that are not saved yet are
// kept in this browser, sealed. Without this file the page is whole: its buttons save, offer and put on the list.
import { Kept, forget } from "./kept.js";
import { Clashes } from "./clashes.js";
import { Shortlist } from "./shortlist.js";

// Milliseconds. After somebody's answer was left for the first time; after a pause in it; after something was pressed.
const SOON = 4_000;
const PAUSE = 8_000;
const PRESSED = 30_000;
// Whatever else was changed is saved so long after the last save at the latest.
const LATE = 600_000;
const AGAIN = [5_000, 10_000, 20_000, 40_000, 60_000];
const PATIENCE = 60_000;
const LEAVING = 5_000;
const FEW_WORDS = 4;
// Browsers send no more than this of a page that is being left.
const MOST_KEPT_ALIVE = 60_000;
const BOOKKEEPING = /^(csrfmiddlewaretoken|version|was|found-\d+)$/;

// What the server drew for this page. Nothing in it runs.
const drawn = (html) => new DOMParser().parseFromString(html, "text/html").body.childNodes;

class Talk {
  constructor(form) {
    this.form = form;
    this.said = JSON.parse(form.dataset.said);
    this.state = document.getElementById("state");
    this.kept = new Kept(form.dataset.keep, form.dataset.keys.split(" ").filter(Boolean));
    this.marks = new Map(Object.entries(JSON.parse(form.elements.was.value)));
    this.version = form.elements.version.value;
    this.asked = new Set();
    this.failed = 0;
    this.due = Infinity;
    this.base = this.values();
    this.shortlist = new Shortlist(form, this.said, () => this.changed(PRESSED));
    this.clashes = new Clashes(form, this.said, (name, mark) => this.settled(name, mark));
    this.lastSave = Date.now();
    this.listen();
  }

  // Every box by name, as it would be sent; what was taken off the list is nothing.
  values() {
    const found = new Map();
    for (const one of this.form.elements) {
      const skipped = !one.name || BOOKKEEPING.test(one.name) || one.type === "submit";
      const beforeTick = one.type === "hidden" && !one.name.startsWith("why-");
      if (!skipped && !beforeTick && (one.type !== "radio" || one.checked)) {
        found.set(one.name, one.type === "checkbox" && !one.checked ? "" : one.value.trim());
      }
    }
    for (const name of this.base?.keys() ?? []) {
      if (name.startsWith("state-") && !found.has(name)) {
        found.set(name, "");
      }
    }
    return found;
  }

  // [name, value] of what differs from what is saved.
  dirty() {
    return [...this.values()].filter(([name, value]) => value !== (this.base.get(name) ?? ""));
  }

  listen() {
    const { form } = this;
    form.addEventListener("input", (event) => this.typed(event.target));
    form.addEventListener("focusout", (event) => this.left(event.target));
    form.addEventListener("submit", (event) => this.pressed(event));
    document.addEventListener("visibilitychange", () => document.hidden && this.send({ leaving: true }));
    window.addEventListener("pagehide", () => this.send({ leaving: true }));
    window.addEventListener("online", () => this.failed && this.send());
    document.addEventListener("click", (event) => this.leave(event));
    document.getElementById("plan").addEventListener("submit", (event) => this.print(event));
    document.getElementById("offers").addEventListener("focusout", () => setTimeout(() => this.showOffers()));
  }

  // A box whose words are looked for, the first time that it holds any.
  offers(box) {
    return box.closest?.("[data-box]")?.dataset.offers !== undefined && !this.asked.has(box.name);
  }

  typed(box) {
    const chosen = box.type === "radio" || box.type === "checkbox";
    if (box.name === "large-print" && box.checked) {
      document.getElementById("point").value = "18";
    }
    clearTimeout(this.pause);
    if (this.offers(box) && box.value.trim().split(/\s+/).length >= FEW_WORDS) {
      this.pause = setTimeout(() => this.left(box), PAUSE);
    }
    this.changed(chosen ? PRESSED : Math.max(this.lastSave + LATE - Date.now(), SOON));
  }

  left(box) {
    if (this.offers(box) && this.dirty().some(([name]) => name === box.name)) {
      this.asked.add(box.name);
      this.changed(SOON);
    }
  }

  changed(wait) {
    this.keep();
    if (!this.sending && !this.failed && !this.stopped) {
      this.say(this.dirty().length ? this.said.kept : this.savedAt ?? "");
    }
    this.schedule(wait);
  }

  keep() {
    const dirty = this.dirty();
    const marks = Object.fromEntries(dirty.map(([name]) => [name, this.marks.get(name) ?? ""]));
    const listed = this.shortlist.told();
    this.kept.put(dirty.length ? { values: Object.fromEntries(dirty), marks, listed } : null);
  }

  schedule(wait) {
    const due = Date.now() + wait;
    if (due >= this.due && this.timer) {
      return;
    }
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => this.send(), wait);
  }

  settled(name, mark) {
    this.marks.set(name, mark);
    this.changed(SOON);
  }

  // One request at a time: what is typed meanwhile goes with the next.
  send({ extra = {}, leaving = false } = {}) {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.due = Infinity;
    if (this.sending) {
      return this.sending.then(() => (this.waiting() || Object.keys(extra).length ? this.send({ extra, leaving }) : null));
    }
    const dirty = this.dirty().filter(([name]) => !this.clashes.held(name));
    if (this.stopped || (!dirty.length && !Object.keys(extra).length)) {
      return Promise.resolve();
    }
    this.sending = this.post(dirty, extra, leaving).finally(() => { this.sending = undefined; });
    return this.sending;
  }

  waiting() {
    return !this.failed && this.dirty().some(([name]) => !this.clashes.held(name));
  }

  async post(dirty, extra, leaving) {
    const token = this.form.elements.csrfmiddlewaretoken.value;
    const book = { csrfmiddlewaretoken: token, version: this.version, was: JSON.stringify(Object.fromEntries(this.marks)) };
    const body = new URLSearchParams({ ...book, ...extra, ...Object.fromEntries(dirty) });
    this.say(this.said.saving);
    try {
      const answer = await fetch(window.location.pathname, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        redirect: "manual",
        credentials: "same-origin",
        keepalive: leaving && body.toString().length < MOST_KEPT_ALIVE,
        signal: leaving ? undefined : AbortSignal.timeout(PATIENCE),
      });
      await this.answered(answer, dirty, extra);
    } catch {
      this.lost(extra);
    }
  }

  async answered(answer, dirty, extra) {
    if (answer.type === "opaqueredirect" || answer.status === 401) {
      this.stop(this.said.signed_out, this.said.sign_in, this.form.dataset.signIn);
    } else if (answer.status === 403) {
      this.stop(this.said.again, this.said.load, window.location.pathname);
    } else if (answer.status === 404) {
      this.stop(this.said.gone);
    } else if (answer.ok) {
      this.take(await answer.json(), dirty);
    } else {
      this.lost(extra);
    }
  }

  lost(extra) {
    const wait = AGAIN[Math.min(this.failed, AGAIN.length - 1)];
    this.failed += 1;
    this.say(this.kept.works ? this.said.offline : this.said.not_kept, { waits: true });
    clearTimeout(this.timer);
    this.due = Date.now() + wait;
    this.timer = setTimeout(() => this.send({ extra }), wait);
  }

  // Nothing more can be sent from this page.
  stop(words, link, address) {
    this.stopped = true;
    this.say(words, { waits: true, link, address });
  }

  take(told, dirty) {
    this.failed = 0;
    this.lastSave = Date.now();
    this.version = told.version;
    this.savedAt = told.saved;
    dirty.filter(([name]) => !(name in told.clashes)).forEach(([name, value]) => this.base.set(name, value));
    const still = new Set(this.dirty().map(([name]) => name));
    this.follow(told, still);
    for (const [name, theirs] of Object.entries(told.clashes)) {
      this.clashes.show(name, theirs, told.was[name] ?? "");
    }
    document.getElementById("place-problem")?.replaceChildren(told.place_problem);
    this.keep();
    this.say(this.dirty().length ? this.said.kept : told.saved);
    this.nextOffers = told.offers;
    this.showOffers();
    this.showDanger(told.danger);
    document.getElementById("after").hidden = !told.finished;
    if (this.waiting()) {
      this.schedule(LATE);
    }
  }

  // What was changed elsewhere is shown here, unless it was changed here since: then the next save tells of a clash.
  follow(told, still) {
    for (const [name, text] of Object.entries(told.moved)) {
      if (!still.has(name) && this.set(name, text)) {
        this.base.set(name, text);
      }
    }
    for (const [name, mark] of Object.entries(told.was)) {
      const behind = name in told.clashes || (name in told.moved && still.has(name));
      if (!behind) {
        this.marks.set(name, mark);
      }
    }
    for (const name of [...this.base.keys()].filter((one) => one.startsWith("state-"))) {
      if (!(name in told.was) && !this.form.elements[name]) {
        this.base.delete(name);
        this.marks.delete(name);
      }
    }
  }

  // Put a text into a box, whatever kind it is; whether there is such a box.
  set(name, text) {
    const boxes = [...this.form.elements].filter((one) => one.name === name);
    for (const box of boxes) {
      if (box.type === "radio" || box.type === "checkbox") {
        box.checked = box.type === "radio" ? box.value === text : text !== "";
      } else if (box.type !== "hidden" || name.startsWith("why-")) {
        box.value = text;
      }
    }
    return boxes.length > 0;
  }

  // Offers are not drawn anew under somebody's hands.
  showOffers() {
    const offers = document.getElementById("offers");
    if (this.nextOffers !== undefined && !offers.contains(document.activeElement)) {
      offers.replaceChildren(...drawn(this.nextOffers));
      this.nextOffers = undefined;
      this.shortlist.hideListed();
    }
  }

  showDanger(html) {
    if (html !== this.danger) {
      this.danger = html;
      document.getElementById("danger").replaceChildren(...drawn(html));
    }
  }

  say(words, { waits = false, link = "", address = "" } = {}) {
    const parts = [words];
    if (link) {
      const anchor = document.createElement("a");
      anchor.className = "govuk-link";
      anchor.href = address;
      anchor.textContent = link;
      parts.push(" ", anchor);
    }
    this.state.classList.toggle("talk__state--waiting", waits);
    if (this.state.textContent !== parts.map((one) => one.textContent ?? one).join("")) {
      this.state.replaceChildren(...parts);
    }
  }

  async pressed(event) {
    event.preventDefault();
    const { name, value } = event.submitter ?? {};
    if (name === "put" || name === "off") {
      this.shortlist[name](value);
    } else if (value === "finish") {
      await this.send({ extra: { do: "finish" } });
      this.focusAfter();
    } else {
      await this.send({ extra: value === "near" ? { do: "near" } : {} });
    }
  }

  focusAfter() {
    const after = document.getElementById("after");
    if (!after.hidden) {
      after.tabIndex = -1;
      after.focus();
    }
  }

  async leave(event) {
    const link = event.target.closest?.("a[data-leave]");
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (link && plain && this.waiting() && !this.stopped) {
      event.preventDefault();
      await Promise.race([this.send(), new Promise((done) => setTimeout(done, LEAVING))]);
      window.location.assign(link.href);
    }
  }

  async print(event) {
    if (this.waiting() && !this.stopped) {
      event.preventDefault();
      await Promise.race([this.send(), new Promise((done) => setTimeout(done, LEAVING))]);
      event.target.submit();
    }
  }

  // What was typed before and never saved.
  async restore() {
    const before = await this.kept.get();
    if (!before) {
      return;
    }
    this.shortlist.bringBack(before.listed ?? {});
    for (const [name, text] of Object.entries(before.values ?? {})) {
      if (name.startsWith("state-") && text === "") {
        this.shortlist.off(name.slice("state-".length));
      } else if (this.set(name, text)) {
        this.marks.set(name, before.marks?.[name] ?? "");
      }
    }
    if (this.dirty().length) {
      this.say(this.said.back);
      this.schedule(0);
    } else {
      this.kept.put(null);
    }
  }
}

const form = document.getElementById("talk");
if (form.elements.version.value === "0") {
  forget(form.dataset.started);
}
await new Talk(form).restore();
