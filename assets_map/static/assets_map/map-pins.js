/* The pins, in step with the list: pin 3 is row 3, in the order of the list for the keyboard.
   Leaflet and its clusters are already on the page, as window.L. */

const L = window.L;
const DROP = "M22 2C11.5 2 3 10.2 3 20.4 3 33.7 22 50 22 50s19-16.3 19-29.6C41 10.2 32.5 2 22 2z";
const APART = 44; // px: a finger
const SVG = "http://www.w3.org/2000/svg";

// Borrowed from map-base.js when the pins are drawn: a hashed file name cannot be imported from here.
let element;
let fill;
let moving;

const NamedIcon = L.DivIcon.extend({
  createIcon(old) {
    const icon = L.DivIcon.prototype.createIcon.call(this, old);
    icon.setAttribute("aria-label", this.options.label);
    icon.dataset.order = this.options.order;
    return icon;
  },
});

function pinIcon(properties) {
  const drop = document.createElementNS(SVG, "svg");
  drop.setAttribute("viewBox", "0 0 44 52");
  drop.setAttribute("aria-hidden", "true");
  drop.append(document.createElementNS(SVG, "path"));
  drop.firstChild.setAttribute("d", DROP);
  const html = element("span", "map-pin__shape");
  html.append(drop, element("span", "map-pin__number", String(properties.number)));
  const label = [`${properties.number}. ${properties.title}`, properties.reason].filter(Boolean).join(". ");
  return new NamedIcon({ html, label, order: properties.number, className: "map-pin", iconSize: [44, 52], iconAnchor: [22, 50] });
}

function lowest(cluster) {
  return Math.min(...cluster.getAllChildMarkers().map((pin) => pin.properties.number));
}

/* Pins so near one another that no zooming would part them. */
function oneSpot(cluster, map) {
  const corners = cluster.getBounds();
  const closest = map.getMaxZoom();
  return map.project(corners.getNorthEast(), closest).distanceTo(map.project(corners.getSouthWest(), closest)) < APART;
}

function clusterIcon(cluster, map, words) {
  const count = cluster.getChildCount();
  const html = element("span", "map-cluster__count", fill(words.places, { count }));
  const label = fill(oneSpot(cluster, map) ? words.oneSpot : words.cluster, { count });
  return new NamedIcon({ html, label, order: lowest(cluster), className: "map-cluster", iconSize: [76, 50] });
}

function safeAddress(url) {
  const address = new URL(url, window.location.href);
  return ["http:", "https:"].includes(address.protocol) ? address.href : "#";
}

class Pins {
  constructor(map, section, words) {
    Object.assign(this, { map, section, words });
    this.status = section.querySelector("[data-map-status]");
    this.pins = [];
    this.chosen = null;
    this.popup = L.popup({
      autoPan: false, closeButton: false, closeOnEscapeKey: false, className: "map-popup",
      offset: [0, -44], minWidth: 200, maxWidth: 260,
    });
    this.group = L.markerClusterGroup({
      animate: moving,
      iconCreateFunction: (cluster) => clusterIcon(cluster, map, words),
      maxClusterRadius: 60,
      removeOutsideVisibleBounds: false, // or a pin out of sight would be out of the keyboard's reach
      showCoverageOnHover: false,
      spiderfyDistanceMultiplier: 1.8,
      spiderfyOnMaxZoom: false,
      zoomToBoundsOnClick: false,
      spiderLegPolylineOptions: { className: "map-leg", interactive: false },
    });
  }

  add(features) {
    for (const { geometry, properties } of features) {
      const [lng, lat] = geometry.coordinates;
      const pin = L.marker([lat, lng], { icon: pinIcon(properties), title: "" });
      pin.properties = properties;
      this.pins.push(pin);
    }
    this.pins.sort((one, other) => one.properties.number - other.properties.number);
    this.group.addLayers(this.pins);
    this.group.addTo(this.map);
    this.listen();
    this.joinRows();
    this.reorder();
  }

  listen() {
    const press = (event) => ["Enter", " "].includes(event.originalEvent.key);
    const stop = (event) => L.DomEvent.stop(event.originalEvent);
    this.group.on("click", (event) => this.open(event.layer));
    this.group.on("keydown", (event) => { if (press(event)) { stop(event); this.open(event.layer); } });
    this.group.on("clusterclick", (event) => this.openCluster(event.layer));
    this.group.on("clusterkeydown", (event) => { if (press(event)) { stop(event); this.openCluster(event.layer); } });
    this.group.on("mouseover", (event) => this.lightRow(event.layer, true));
    this.group.on("mouseout", (event) => this.lightRow(event.layer, false));
    // A cluster that has been spread out has nothing more to press.
    this.group.on("spiderfied", ({ cluster }) => cluster.getElement()?.classList.add("map-cluster--spread"));
    this.group.on("unspiderfied", ({ cluster }) => cluster.getElement()?.classList.remove("map-cluster--spread"));
    this.group.on("animationend spiderfied unspiderfied", () => this.reorder());
    this.map.on("moveend zoomend", () => this.reorder());
    this.map.on("popupclose", () => this.closed());
    this.map.getPane("markerPane").addEventListener("focusin", (event) => {
      if (event.target.matches(":focus-visible")) this.bringInSight(event.target);
    });
    this.map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.chosen) { event.stopPropagation(); this.close(); }
    });
  }

  /* Leaflet adds markers as they come into being; the keyboard meets them in the order of the list. */
  reorder() {
    const pane = this.map.getPane("markerPane");
    const now = [...pane.children];
    const wanted = [...now].sort((one, other) => Number(one.dataset.order) - Number(other.dataset.order));
    if (wanted.every((icon, place) => icon === now[place])) return;
    const focused = pane.contains(document.activeElement) ? document.activeElement : null;
    pane.append(...wanted);
    if (focused) focused.focus({ preventScroll: true });
  }

  openCluster(cluster) {
    const first = cluster.getAllChildMarkers().sort((one, other) => one.properties.number - other.properties.number)[0];
    const count = cluster.getChildCount();
    const corners = cluster.getBounds();
    const settled = () => {
      this.reorder();
      const shown = this.group.getVisibleParent(first);
      if (shown && shown.getElement()) shown.getElement().focus({ preventScroll: true });
      this.status.textContent = fill(this.words.opened, { count });
    };
    if (oneSpot(cluster, this.map) || this.map.getZoom() >= this.map.getMaxZoom()) {
      this.group.once("spiderfied", settled);
      cluster.spiderfy();
    } else {
      this.group.once("animationend", settled);
      const zoom = Math.max(this.map.getZoom() + 1, Math.min(17, this.map.getBoundsZoom(corners, false, L.point(60, 60))));
      this.map.setView(corners.getCenter(), zoom, { animate: moving });
    }
  }

  open(pin) {
    if (this.chosen) this.lightRow(this.chosen, false);
    const { number, title, reason } = pin.properties;
    this.popup.setContent(this.popupContent(pin)).setLatLng(pin.getLatLng()).openOn(this.map);
    this.chosen = pin;
    this.markRow(pin, true);
    this.bringInSight(this.popup.getElement());
    this.popup.getElement().querySelector("a").focus({ preventScroll: true });
    this.status.textContent = [`${number}. ${title}`, reason].filter(Boolean).join(". ");
  }

  popupContent(pin) {
    const { number, title, reason, url } = pin.properties;
    const box = element("div", "map-popup__box");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", `${number}. ${title}`);
    const name = element("p", "map-popup__name");
    const link = element("a", "govuk-link", `${number}. ${title}`);
    link.href = safeAddress(url);
    name.append(link);
    box.append(name);
    if (reason) box.append(element("p", "map-popup__reason", reason));
    const row = this.rowOf(pin);
    if (row) box.append(this.button(this.words.inList, () => this.goToRow(row)));
    box.append(this.button(this.words.close, () => this.close()));
    return box;
  }

  button(words, act) {
    const made = element("button", "map-popup__button", words);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  bringInSight(thing) {
    const room = this.map.getContainer().getBoundingClientRect();
    const box = thing.getBoundingClientRect();
    const across = Math.min(0, box.left - room.left - 8) + Math.max(0, box.right - room.right + 8);
    const down = Math.min(0, box.top - room.top - 8) + Math.max(0, box.bottom - room.bottom + 8);
    if (across || down) this.map.panBy([across, down], { animate: moving });
  }

  close() {
    const pin = this.chosen;
    this.map.closePopup(this.popup);
    const shown = pin && this.group.getVisibleParent(pin);
    if (shown && shown.getElement()) shown.getElement().focus({ preventScroll: true });
  }

  closed() {
    if (!this.chosen) return;
    this.markRow(this.chosen, false);
    this.chosen = null;
    this.status.textContent = "";
  }

  rowOf(pin) {
    return this.rows.get(String(pin.properties.asset));
  }

  joinRows() {
    this.rows = new Map([...document.querySelectorAll("[data-asset]")].map((row) => [row.dataset.asset, row]));
    const numbered = new Set();
    for (const pin of this.pins) {
      const row = this.rowOf(pin);
      if (!row || numbered.has(row)) continue;
      numbered.add(row);
      this.number(row, pin.properties.number);
      for (const [event, on] of [["pointerenter", true], ["pointerleave", false], ["focusin", true], ["focusout", false]]) {
        row.addEventListener(event, () => this.light(pin.properties.asset, on));
      }
    }
  }

  number(row, number) {
    const spot = row.querySelector("[data-map-number]") || row.insertBefore(element("p", "map-number-line"), row.firstChild);
    const badge = element("span", "map-number", String(number));
    badge.setAttribute("aria-hidden", "true");
    spot.replaceChildren(badge, element("span", "govuk-visually-hidden", fill(this.words.number, { number })));
    spot.hidden = false;
  }

  /* An asset may meet at several venues: all its pins light up, or the cluster that holds them. */
  light(asset, on) {
    for (const pin of this.pins.filter((each) => each.properties.asset === asset)) {
      const shown = this.group.getVisibleParent(pin);
      if (!shown || !shown.getElement()) continue;
      shown.getElement().classList.toggle("map-pin--lit", on);
      shown.setZIndexOffset(on ? 1000 : 0);
    }
  }

  lightRow(pin, on) {
    const row = this.rowOf(pin);
    if (row) row.classList.toggle("map-row--lit", on);
  }

  markRow(pin, on) {
    this.lightRow(pin, on);
    const row = this.rowOf(pin);
    if (pin.getElement()) pin.getElement().classList.toggle("map-pin--chosen", on);
    if (!row) return;
    row.classList.toggle("map-row--chosen", on);
    if (on) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
    const beside = window.matchMedia("(min-width: 1000px)").matches;
    if (on && beside) row.scrollIntoView({ block: "nearest" });
  }

  goToRow(row) {
    const target = row.querySelector("a[href]") || row;
    if (target === row) row.tabIndex = -1;
    target.focus({ preventScroll: true });
    row.scrollIntoView({ block: "center" });
  }
}

export function drawPins(base, map, section, collection, words) {
  ({ element, fill, moving } = base);
  const pins = new Pins(map, section, words);
  pins.add(collection.features);
  return { bounds: L.latLngBounds(pins.pins.map((pin) => pin.getLatLng())) };
}
