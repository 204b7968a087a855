/* A map over the text box that holds a shape as GeoJSON. The box stays the truth: the map reads it and writes it. */

(function () {
  const L = window.L;

  function useWords(words, tool) {
    const { draw, edit } = L.drawLocal;
    draw.toolbar.buttons[tool] = words.draw;
    draw.toolbar.actions = { title: words.cancel, text: words.cancel };
    draw.toolbar.finish = { title: words.finish, text: words.finish };
    draw.toolbar.undo = { title: words.undo, text: words.undo };
    draw.handlers[tool].tooltip = { start: words.start, cont: words.next, end: words.end };
    draw.handlers.polyline.error = words.crosses;
    edit.toolbar.actions.save = { title: words.save, text: words.save };
    edit.toolbar.actions.cancel = { title: words.cancel, text: words.cancel };
    edit.toolbar.actions.clearAll = { title: words.removeAll, text: words.removeAll };
    edit.toolbar.buttons = {
      edit: words.change, editDisabled: words.nothing, remove: words.remove, removeDisabled: words.nothing,
    };
    edit.handlers.edit.tooltip = { text: words.changeTip, subtext: "" };
    edit.handlers.remove.tooltip.text = words.removeTip;
  }

  /* Leaflet's drawing tools change one part at a time, so a shape of many parts is taken apart. */
  function parts(geometry) {
    const single = { MultiPolygon: "Polygon", MultiLineString: "LineString" }[geometry.type];
    return single ? geometry.coordinates.map((coordinates) => ({ type: single, coordinates })) : [geometry];
  }

  function whole(geometries) {
    if (geometries.length < 2) return geometries[0] || null;
    const type = geometries[0].type;
    const alike = geometries.filter((geometry) => geometry.type === type);
    return { type: `Multi${type}`, coordinates: alike.map((geometry) => geometry.coordinates) };
  }

  function geometryOf(value) {
    if (value.type === "FeatureCollection") return geometryOf(value.features[0]);
    return value.type === "Feature" ? value.geometry : value;
  }

  class Drawing {
    constructor(root) {
      this.data = JSON.parse(document.getElementById(root.dataset.drawShape).textContent);
      this.words = this.data.words;
      this.text = root.querySelector("textarea");
      this.status = root.querySelector("[data-draw-status]");
      this.canvas = root.querySelector("[data-draw-map]");
      this.drawn = L.featureGroup();
    }

    start() {
      this.canvas.hidden = false;
      this.canvas.setAttribute("role", "group");
      this.canvas.setAttribute("aria-label", this.words.label);
      this.map = L.map(this.canvas, { attributionControl: false, scrollWheelZoom: false, maxZoom: 18 });
      this.map.createPane("base").style.zIndex = 380;
      this.map.fitBounds(this.data.box);
      if (this.data.tilesUrl) {
        L.tileLayer(this.data.tilesUrl, { maxZoom: 18 }).addTo(this.map);
        this.canvas.classList.add("draw-shape__map--tiles");
      }
      this.drawn.addTo(this.map);
      this.addTools();
      this.read();
      this.drawBase();
      this.text.addEventListener("change", () => this.read());
      // A panel that was folded away has no size until it opens.
      new ResizeObserver(() => { this.map.invalidateSize(); this.frame(); }).observe(this.canvas);
    }

    addTools() {
      const tools = { polygon: false, polyline: false, rectangle: false, circle: false, circlemarker: false, marker: false };
      const style = { color: "#a8123e", className: "drawn" };
      tools[this.data.tool] = { allowIntersection: this.data.tool === "polyline", shapeOptions: style };
      useWords(this.words, this.data.tool);
      this.map.addControl(new L.Control.Draw({ draw: tools, edit: { featureGroup: this.drawn } }));
      this.map.on(L.Draw.Event.CREATED, ({ layer }) => { this.drawn.addLayer(layer); this.write(); });
      this.map.on(`${L.Draw.Event.EDITED} ${L.Draw.Event.DELETED}`, () => this.write());
    }

    read() {
      this.drawn.clearLayers();
      this.status.textContent = "";
      if (!this.text.value.trim() || this.text.value.trim() === "null") return;
      try {
        const geometry = geometryOf(JSON.parse(this.text.value));
        for (const part of parts(geometry)) {
          L.geoJSON(part, { style: { color: "#a8123e", className: "drawn" } }).eachLayer((layer) => this.drawn.addLayer(layer));
        }
        this.frame();
      } catch {
        this.status.textContent = this.words.unreadable;
      }
    }

    frame() {
      const bounds = this.drawn.getBounds();
      if (bounds.isValid()) this.map.fitBounds(bounds.pad(0.3), { animate: false, maxZoom: 16 });
    }

    write() {
      const geometry = whole(this.drawn.getLayers().map((layer) => layer.toGeoJSON(6).geometry));
      this.text.value = geometry ? JSON.stringify(geometry) : "";
      this.text.dispatchEvent(new Event("input", { bubbles: true }));
      this.status.textContent = geometry ? this.words.kept : this.words.nothing;
    }

    async drawBase() {
      if (!this.data.shapesUrl) return;
      const response = await fetch(this.data.shapesUrl);
      if (!response.ok) return;
      const style = (feature) => ({ className: `draw-area draw-area--${feature.properties.kind}` });
      L.geoJSON(await response.json(), { interactive: false, pane: "base", style }).addTo(this.map);
    }
  }

  function begin() {
    for (const root of document.querySelectorAll("[data-draw-shape]")) new Drawing(root).start();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
