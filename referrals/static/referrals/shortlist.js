// The shortlist of a conversation: put on it and taken off without a request; the next save tells the server.
const PLACES = /__(id|name|url|why|connect)__/g;

export class Shortlist {
  constructor(form, said, changed) {
    this.form = form;
    this.said = said;
    this.changed = changed;
    this.list = document.getElementById("listed");
    this.blank = document.getElementById("blank").content.querySelector("[data-listed]");
  }

  row(id) {
    return this.list.querySelector(`[data-listed="${CSS.escape(id)}"]`);
  }

  put(id) {
    const offer = this.form.querySelector(`[data-offer="${CSS.escape(id)}"]`);
    if (!offer || this.row(id)) {
      return;
    }
    const { name, url, connect } = offer.dataset;
    this.add(id, { name, url, connect, why: offer.querySelector(`[name="found-${CSS.escape(id)}"]`).value });
    const next = offer.nextElementSibling ?? offer.previousElementSibling;
    offer.remove();
    (next?.querySelector("button") ?? document.getElementById("list")).focus();
    this.tell(`${this.said.on_list}: ${name}`);
    this.changed();
  }

  add(id, { name, url, connect, why }) {
    const words = new Map(Object.entries({ id, name, url, connect, why }));
    const row = this.blank.cloneNode(true);
    this.fill(row, (text) => text.replace(PLACES, (_place, word) => String(words.get(word) ?? "")));
    row.dataset.made = JSON.stringify({ name, url, connect, why });
    this.list.append(row);
    this.count();
  }

  // Every attribute and every text of a row, as text.
  fill(row, filled) {
    for (const one of [row, ...row.querySelectorAll("*")]) {
      [...one.attributes].forEach((attribute) => { attribute.value = filled(attribute.value); });
      [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).forEach((node) => { node.data = filled(node.data); });
    }
  }

  off(id) {
    const row = this.row(id);
    if (row) {
      const name = row.querySelector("legend").textContent.trim();
      row.remove();
      this.count();
      document.getElementById("list").focus();
      this.tell(`${this.said.taken_off}: ${name}`);
      this.changed();
    }
  }

  count() {
    document.getElementById("nothing-listed").hidden = this.list.children.length > 0;
  }

  tell(words) {
    document.getElementById("told").textContent = words;
  }

  // What was put on the list on this page, so that it can be brought back.
  told() {
    const made = [...this.list.querySelectorAll("[data-made]")];
    return Object.fromEntries(made.map((row) => [row.dataset.listed, JSON.parse(row.dataset.made)]));
  }

  bringBack(listed) {
    Object.entries(listed).filter(([id]) => /^\d+$/.test(id) && !this.row(id)).forEach(([id, one]) => this.add(id, one));
    this.hideListed();
  }

  // An answer that was under way does not yet know what was put on the list meanwhile.
  hideListed() {
    for (const offer of this.form.querySelectorAll("[data-offer]")) {
      if (this.row(offer.dataset.offer)) {
        offer.remove();
      }
    }
  }
}
