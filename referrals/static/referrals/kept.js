// What was typed and not saved yet, kept in this browser until it is: sealed (AES-GCM) with a key that only the
// signed-in page is given. A browser without the means for it, or a page that did not come by https, keeps nothing.
const PREFIX = "unsent:";
const IV = 12;

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const text = (found) => btoa(Array.from(found, (byte) => String.fromCharCode(byte)).join(""));

export const forget = (name) => {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
};

export class Kept {
  // `keys`: base64, the newest first; the first seals, each opens.
  constructor(name, keys) {
    this.name = name;
    this.about = new TextEncoder().encode(name);
    this.works = Boolean(globalThis.crypto?.subtle) && keys.length > 0;
    this.keys = this.works ? Promise.all(keys.map((key) => this.read(key))) : Promise.resolve([]);
  }

  read(key) {
    return crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["encrypt", "decrypt"]);
  }

  // What was put before and never kept, because this came at once, needs no keeping.
  put(value) {
    this.next = value;
    this.waits = true;
    this.writing ??= this.write();
    return this.writing;
  }

  async write() {
    while (this.waits) {
      this.waits = false;
      await this.writeOne(this.next);
    }
    this.writing = undefined;
  }

  async writeOne(value) {
    if (value === null) {
      forget(this.name);
    } else if (this.works) {
      try {
        const key = (await this.keys)[0];
        const iv = crypto.getRandomValues(new Uint8Array(IV));
        const told = new TextEncoder().encode(JSON.stringify(value));
        const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: this.about }, key, told);
        localStorage.setItem(PREFIX + this.name, text([...iv, ...new Uint8Array(sealed)]));
      } catch {
        this.works = false;
      }
    }
  }

  async get() {
    let sealed;
    try {
      sealed = bytes(localStorage.getItem(PREFIX + this.name) ?? "");
    } catch {
      return null;
    }
    for (const key of sealed.length > IV ? await this.keys : []) {
      try {
        const iv = sealed.slice(0, IV);
        const how = { name: "AES-GCM", iv, additionalData: this.about };
        return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, sealed.slice(IV))));
      } catch {
        // Kept with another key.
      }
    }
    return null;
  }
}
