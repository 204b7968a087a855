// Two texts for one box: both are shown, and nothing of it is sent until somebody has chosen.
export class Clashes {
  constructor(form, said, settled) {
    this.form = form;
    this.said = said;
    this.settled = settled;
    this.open = new Map();
  }

  held(name) {
    return this.open.has(name);
  }

  box(name) {
    return [...this.form.elements].find((one) => one.name === name && one.type !== "hidden");
  }

  show(name, theirs, mark) {
    const box = this.box(name);
    if (!box) {
      return;
    }
    this.open.get(name)?.panel.remove();
    const panel = document.createElement("div");
    panel.className = "talk__clash";
    panel.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent = this.said.elsewhere;
    const text = document.createElement("blockquote");
    text.className = "quote";
    text.textContent = theirs || "–";
    panel.append(words, text, this.buttons(name, theirs, box));
    (box.closest(".govuk-radios") ?? box).before(panel);
    this.open.set(name, { panel, mark });
  }

  buttons(name, theirs, box) {
    const row = document.createElement("p");
    row.className = "talk__actions";
    const chooses = { mine: () => {}, theirs: () => this.write(name, theirs), both: () => this.write(name, `${theirs}\n${box.value}`) };
    for (const [which, choose] of Object.entries(chooses)) {
      if (which !== "both" || box.tagName === "TEXTAREA") {
        row.append(this.button(this.said[which], () => this.choose(name, choose)));
      }
    }
    return row;
  }

  button(words, pressed) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = words;
    button.addEventListener("click", pressed);
    return button;
  }

  write(name, text) {
    for (const box of [...this.form.elements].filter((one) => one.name === name && one.type !== "hidden")) {
      if (box.type === "radio" || box.type === "checkbox") {
        box.checked = box.type === "radio" ? box.value === text : text !== "";
      } else {
        box.value = text;
      }
    }
  }

  choose(name, choose) {
    const { panel, mark } = this.open.get(name);
    choose();
    panel.remove();
    this.open.delete(name);
    this.box(name)?.focus();
    this.settled(name, mark);
  }
}
