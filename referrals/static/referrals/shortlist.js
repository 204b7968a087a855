// The shortlist of a conversation: put on it and taken off without a request; the next save tells the server.
const escaped = (text) => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);

export class Shortlist {
  constructor(form, said, changed) {
    this.form = form;
    this.said = said;
    this.changed = changed;
    this.list = document.getElementById("listed");
    this.blank = document.getElementById("blank").innerHTML;
  }

  row(id) {
    return this.list.querySelector(`[data-listed="${CSS.escape(id)}"]`);
  }

  put(id) {
    const offer = this.form.querySelector(`[data-offer="${CSS.escape(id)}"]`);
    if (!offer || this.row(id)) {
      return;
    }
    const { name, url } = offer.dataset;
    this.add(id, { name, url, why: offer.querySelector(`[name="found-${CSS.escape(id)}"]`).value });
    const next = offer.nextElementSibling ?? offer.previousElementSibling;
    offer.remove();
    (next?.querySelector("button") ?? document.getElementById("list")).focus();
    this.tell(`${this.said.on_list}: ${name}`);
    this.changed();
  }

  add(id, { name, url, why }) {
    const words = { __id__: id, __name__: name, __url__: url, __why__: why };
    const html = this.blank.replace(/__(id|name|url|why)__/g, (word) => escaped(String(words[word] ?? "")));
    this.list.insertAdjacentHTML("beforeend", html);
    this.row(id).dataset.made = JSON.stringify({ name, url, why });
    this.count();
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
