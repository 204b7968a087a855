// What to offer while somebody types: a combobox (ARIA 1.2, list autocomplete) around any box that says where to ask,
// `data-suggest`. Nothing is asked before something is typed, nothing is kept, and without this file the form is whole.
const WAIT = 120;
const WAIT_TO_SAY = 600;
const LEAST_ROOM = 100;
const SENTENCE_FROM = 4;
const FULL_POSTCODE = /\b[a-z]{1,2}[0-9][a-z0-9]?\s*[0-9][a-z]{2}\b/i;

const words = (text) => text.trim().split(/\s+/).filter(Boolean);

class Combobox {
  constructor(input) {
    this.input = input;
    this.offers = [];
    this.active = -1;
    this.emptyFor = null;
    this.build();
    this.listen();
  }

  build() {
    const { input } = this;
    const box = document.createElement("div");
    box.className = "suggest";
    input.before(box);
    this.list = document.createElement("ul");
    this.list.className = "suggest__list";
    this.list.id = `${input.id}-suggestions`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels[0].textContent.trim());
    this.status = document.createElement("div");
    this.status.className = "govuk-visually-hidden";
    this.status.setAttribute("role", "status");
    box.append(input, this.list, this.status);
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    Object.entries(roles).forEach(([name, value]) => input.setAttribute(name, value));
    // Two lists over one another help nobody; a browser that knows somebody's postcode may still offer that.
    if (!input.hasAttribute("autocomplete")) {
      input.setAttribute("autocomplete", "off");
    }
  }

  listen() {
    this.input.addEventListener("input", (event) => event.isComposing || this.typed());
    this.input.addEventListener("compositionend", () => this.typed());
    this.input.addEventListener("keydown", (event) => event.isComposing || this.pressed(event));
    this.input.addEventListener("blur", () => this.close());
    // Pressing must not take the focus, and with it a phone's keyboard, away from the box.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) {
        this.choose([...this.list.children].indexOf(option));
      }
    });
  }

  typed() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    if (!this.worthAsking()) {
      this.close();
      return;
    }
    this.waiting = setTimeout(() => this.ask(), WAIT);
  }

  // What goes on from a sentence that nothing is known to begin with stays here: it is nobody's name.
  worthAsking() {
    const text = this.input.value;
    const goesOn = this.emptyFor !== null && words(text).length >= SENTENCE_FROM && text.startsWith(this.emptyFor);
    return text.trim().length > 1 && !goesOn && !FULL_POSTCODE.test(text);
  }

  async ask() {
    const text = this.input.value;
    const { text: what, place } = this.input.form.elements;
    const asking = new AbortController();
    this.asking = asking;
    try {
      const answer = await fetch(this.input.dataset.suggest, {
        method: "POST",
        body: new URLSearchParams({ text: what.value, place: place.value }),
        credentials: "same-origin",
        signal: asking.signal,
      });
      const told = answer.ok ? await answer.json() : { suggestions: [], said: "" };
      if (text === this.input.value && document.activeElement === this.input) {
        this.show(told);
      }
    } catch {
      // Without a connection the form works as it is. One that was called off leaves the newer question alone.
      if (!asking.signal.aborted) {
        this.close();
      }
    }
  }

  show({ suggestions, said }) {
    this.offers = suggestions;
    this.emptyFor = !suggestions.length && words(this.input.value).length >= SENTENCE_FROM ? this.input.value : null;
    this.list.replaceChildren(...suggestions.map((one, number) => this.option(one, number)));
    this.activate(-1);
    this.open(suggestions.length > 0);
    clearTimeout(this.saying);
    this.saying = setTimeout(() => { this.status.textContent = said; }, WAIT_TO_SAY);
  }

  option({ label, kind }, number) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${number}`;
    option.className = "suggest__option";
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const name = document.createElement("span");
    name.textContent = label;
    option.append(name);
    if (kind) {
      const note = document.createElement("span");
      note.className = "suggest__kind";
      note.textContent = kind;
      option.append(" ", note);
    }
    return option;
  }

  pressed(event) {
    const isOpen = !this.list.hidden;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves && !event.ctrlKey && !event.metaKey && !event.shiftKey && this.offers.length) {
      event.preventDefault();
      this.open(true);
      if (!event.altKey) {
        this.move(moves[event.key]);
      }
    } else if (event.key === "Enter" && isOpen && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      this.close();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      // These move within what was typed; the list waits.
      this.activate(-1);
    }
  }

  // Past either end the box itself comes first, then the other end.
  move(step) {
    const places = this.offers.length + 1;
    this.activate(((this.active + 1 + step + places) % places) - 1);
  }

  activate(number) {
    this.active = number;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
    const option = this.list.children[number];
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  open(isOpen) {
    const opens = isOpen && this.list.hidden;
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    if (opens) {
      this.makeRoom();
    }
  }

  // On a small screen, or one half covered by a keyboard, the first offers would lie out of sight.
  makeRoom() {
    this.list.style.width = `${this.input.offsetWidth}px`;
    const room = (window.visualViewport?.height ?? window.innerHeight) - this.list.getBoundingClientRect().top;
    if (room < LEAST_ROOM) {
      this.input.scrollIntoView({ block: "start" });
    }
  }

  close() {
    clearTimeout(this.waiting);
    clearTimeout(this.saying);
    this.asking?.abort();
    this.status.textContent = "";
    this.activate(-1);
    this.open(false);
  }

  choose(number) {
    const { text, place, finds } = this.offers[number];
    const { form } = this.input;
    if (this.input.name === "text") {
      form.elements.text.value = text;
    }
    if (place) {
      form.elements.place.value = place;
    }
    this.offers = [];
    this.close();
    // A name is what somebody was looking for; of anything else more may be said first.
    if (finds) {
      form.requestSubmit();
    }
  }
}

document.querySelectorAll("input[data-suggest]").forEach((input) => new Combobox(input));
