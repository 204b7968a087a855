/* What lies under the pins: the outlines of our own areas, their names, lines that people cannot
   simply cross, and where the search started. Leaflet is already on the page, as window.L. */

const L = window.L;
const STILL = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const WORD_WIDTH = 7.5; // px for each letter of an area's name, about
const LINE_HEIGHT = 18;

export const moving = !STILL;

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

export function createMap(canvas, data) {
  const map = L.map(canvas, {
    attributionControl: false,
    zoomControl: false,
    scrollWheelZoom: false, // the page scrolls past the map
    zoomAnimation: moving,
    fadeAnimation: moving,
    markerZoomAnimation: moving,
    inertia: moving,
    minZoom: 6,
    maxZoom: 18,
    zoomSnap: data.tilesUrl ? 1 : 0.5, // half steps frame the pins better; tiles would blur
  });
  L.control.zoom({ position: "bottomright", zoomInTitle: data.words.zoomIn, zoomOutTitle: data.words.zoomOut }).addTo(map);
  for (const [name, depth] of [["areas", 380], ["barriers", 390], ["areaNames", 430], ["here", 440]]) {
    const pane = map.createPane(name);
    pane.style.zIndex = depth;
    pane.style.pointerEvents = "none";
  }
  for (const name of ["areas", "barriers", "areaNames", "overlayPane"]) map.getPane(name).setAttribute("aria-hidden", "true");
  canvas.setAttribute("role", "group");
  canvas.setAttribute("aria-label", data.words.canvas);
  if (data.tilesUrl) {
    L.tileLayer(data.tilesUrl, { maxZoom: 18 }).addTo(map);
    canvas.classList.add("app-map__canvas--tiles");
  }
  map.setView([data.centre[0], data.centre[1]], 11, { animate: false });
  return map;
}

function still(html, className) {
  return L.divIcon({ html, className, iconSize: [0, 0] });
}

function nameOf(feature) {
  const [lng, lat] = feature.properties.label;
  const icon = still(element("span", "map-area-name", feature.properties.name), "map-anchor");
  return {
    corners: L.geoJSON(feature).getBounds(),
    letters: feature.properties.name.length,
    marker: L.marker([lat, lng], { icon, pane: "areaNames", interactive: false, keyboard: false }),
  };
}

/* The ground that the mark and its words cover, with room for a second label beside them. */
function besideThePlace(map, place) {
  const at = map.latLngToLayerPoint([place.lat, place.lon]);
  return L.bounds(at.subtract([80, 18]), at.add([80, 50]));
}

/* A name is shown where its area has room for it and no bigger area's name stands there already. */
function showNamesThatFit(map, names, place) {
  const taken = place ? [besideThePlace(map, place)] : [];
  for (const { corners, letters, marker } of names) {
    const width = Math.min(letters * WORD_WIDTH, 120);
    const size = L.bounds(map.latLngToLayerPoint(corners.getNorthWest()), map.latLngToLayerPoint(corners.getSouthEast())).getSize();
    const middle = map.latLngToLayerPoint(marker.getLatLng());
    const half = L.point(width / 2, LINE_HEIGHT);
    const box = L.bounds(middle.subtract(half), middle.add(half));
    const fits = size.x > width && size.y > LINE_HEIGHT * 1.5 && !taken.some((other) => other.overlaps(box));
    if (fits) taken.push(box);
    if (fits !== map.hasLayer(marker)) (fits ? marker.addTo(map) : marker.remove());
  }
}

function drawAreas(map, areas, { covered, place }) {
  const style = ({ properties }) => ({
    className: `map-area map-area--${properties.kind}${covered.includes(properties.code) ? " map-area--covered" : ""}`,
  });
  const layer = L.geoJSON(areas, { interactive: false, pane: "areas", style }).addTo(map);
  const names = areas.filter((area) => area.properties.label && area.properties.kind !== "council").map(nameOf);
  const reach = ({ corners }) => corners.getSouthWest().distanceTo(corners.getNorthEast());
  names.sort((one, other) => reach(other) - reach(one));
  const show = () => showNamesThatFit(map, names, place);
  map.on("moveend", show);
  show();
  return layer;
}

function cornersOf(geometry) {
  const lists = geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates;
  return lists.flat().map(([lng, lat]) => L.latLng(lat, lng));
}

/* The line's own name, kept on the part of it that can be seen. */
function nameBarrier(map, feature, place) {
  const points = denser(cornersOf(feature.geometry));
  const icon = still(element("span", "map-barrier-name", feature.properties.name), "map-anchor");
  const marker = L.marker(points[0], { icon, pane: "areaNames", interactive: false, keyboard: false }).addTo(map);
  const move = () => {
    const centre = map.getCenter();
    const taken = place && besideThePlace(map, place);
    const half = L.point(70, LINE_HEIGHT);
    const free = points.filter((point) => {
      const at = map.latLngToLayerPoint(point);
      return !taken || !taken.overlaps(L.bounds(at.subtract(half), at.add(half)));
    });
    const away = free.map((point) => point.distanceTo(centre));
    marker.setLatLng(free[away.indexOf(Math.min(...away))] || points[0]);
  };
  map.on("moveend", move);
  move();
}

function denser(points) {
  const all = [points[0]];
  for (let i = 1; i < points.length; i += 1) {
    const [from, to] = [points[i - 1], points[i]];
    for (let step = 1; step <= 8; step += 1) {
      all.push(L.latLng(from.lat + ((to.lat - from.lat) * step) / 8, from.lng + ((to.lng - from.lng) * step) / 8));
    }
  }
  return all;
}

function drawBarriers(map, barriers, place) {
  for (const className of ["map-barrier-edge", "map-barrier"]) {
    L.geoJSON(barriers, { interactive: false, pane: "barriers", style: { className, fill: false } }).addTo(map);
  }
  const lines = barriers.filter((barrier) => barrier.geometry.type.endsWith("LineString"));
  for (const barrier of lines) nameBarrier(map, barrier, place);
}

export async function drawShapes(map, data) {
  if (!data.shapesUrl) return null;
  const response = await fetch(data.shapesUrl);
  if (!response.ok) throw new Error(`The outlines answered ${response.status}`);
  const { features } = await response.json();
  const barriers = features.filter((feature) => feature.properties.kind === "barrier");
  const areas = features.filter((feature) => feature.properties.kind !== "barrier");
  const layer = drawAreas(map, areas, data);
  drawBarriers(map, barriers, data.place);
  const shaded = areas.filter((area) => data.covered.includes(area.properties.code));
  if (shaded.length) return L.geoJSON(shaded).getBounds();
  return areas.length ? layer.getBounds() : null;
}

export function drawPlace(map, place, words) {
  if (!place) return;
  const at = [place.lat, place.lon];
  L.circle(at, { radius: place.metres, className: "map-here-around", interactive: false }).addTo(map);
  const label = element("span", "map-here");
  label.append(element("span", "map-here__mark"), element("span", "map-here__words", words.here));
  L.marker(at, { icon: still(label, "map-anchor"), pane: "here", interactive: false, keyboard: false }).addTo(map);
}

/* Everything that was found, and where the search started. */
export function frame(map, pinned, place) {
  const bounds = L.latLngBounds([]).extend(pinned);
  if (place) bounds.extend(L.latLng(place.lat, place.lon).toBounds(place.metres * 2));
  return fit(map, bounds);
}

export function fit(map, bounds) {
  if (!bounds || !bounds.isValid()) return false;
  map.fitBounds(bounds, { animate: false, maxZoom: 14, padding: [36, 48] });
  return true;
}
