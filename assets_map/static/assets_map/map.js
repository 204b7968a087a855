/* Shows the "Show these on a map" button, and fetches the map itself only when it is wanted:
   beside the list on a wide screen, or when the button is pressed. The page is whole without it. */

const WIDE = window.matchMedia("(min-width: 1000px)");

function read(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

function loadStyle(href) {
  return new Promise((done, failed) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done, onerror: failed });
    // Before the page's own styles, which adjust Leaflet's.
    document.head.prepend(link);
  });
}

function loadScript(src) {
  return new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement("script"), { src, onload: done, onerror: failed }));
  });
}

let loading = null;

function loadLeaflet(files) {
  if (!loading) {
    loading = (async () => {
      await Promise.all([...files.styles.map(loadStyle), loadScript(files.leaflet)]);
      await loadScript(files.clusters);
      return Promise.all([import(files.base), import(files.pins)]);
    })();
    loading.catch(() => { loading = null; });
  }
  return loading;
}

async function fetchPoints(data) {
  if (!data.pointsUrl) return data.points;
  const response = await fetch(data.pointsUrl, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`The places answered ${response.status}`);
  return response.json();
}

class LazyMap {
  constructor(section) {
    this.section = section;
    this.data = read(section.dataset.map);
    this.button = section.querySelector("[data-map-show]");
    this.body = section.querySelector("[data-map-body]");
    this.status = section.querySelector("[data-map-status]");
    this.built = null;
  }

  start() {
    this.section.hidden = false;
    this.button.addEventListener("click", () => (this.body.hidden ? this.open() : this.close()));
    WIDE.addEventListener("change", () => this.openWhenBeside());
    this.openWhenBeside();
  }

  openWhenBeside() {
    if (!WIDE.matches || !this.body.hidden) return;
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      if (WIDE.matches && this.body.hidden) this.open();
    }, { rootMargin: "200px" });
    seen.observe(this.section);
  }

  async open() {
    this.show(true);
    try {
      if (!this.built) this.built = this.build();
      const map = await this.built;
      map.resized();
    } catch (error) {
      console.error(error);
      this.built = null;
      this.status.textContent = this.data.words.failed;
      this.section.classList.add("app-map--failed");
    }
  }

  close() {
    this.show(false);
  }

  show(open) {
    this.body.hidden = !open;
    this.section.classList.toggle("app-map--open", open);
    this.section.classList.remove("app-map--failed");
    this.button.setAttribute("aria-expanded", String(open));
    this.button.textContent = open ? this.data.words.hide : this.data.words.show;
    document.documentElement.classList.toggle("map-is-open", open);
  }

  async build() {
    const [[base, pins], points] = await Promise.all([loadLeaflet(this.data.files), fetchPoints(this.data)]);
    const canvas = this.section.querySelector("[data-map-canvas]");
    const map = base.createMap(canvas, this.data);
    const drawn = pins.drawPins(base, map, this.section, points, this.data.words);
    base.drawPlace(map, this.data.place, this.data.words);
    const framed = base.frame(map, drawn.bounds, this.data.place);
    base.drawShapes(map, this.data)
      .then((outlines) => framed || base.fit(map, outlines))
      .catch(() => { this.status.textContent = this.data.words.noOutlines; });
    return { resized: () => { map.invalidateSize({ animate: false }); } };
  }
}

for (const section of document.querySelectorAll("[data-map]")) new LazyMap(section).start();
