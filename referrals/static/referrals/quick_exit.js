// Leaves at once: the page goes from the browser's history, and is blank while the other one comes.
const way = document.querySelector("[data-quick-exit]");
const WITHIN = 5000;
let pressed = [];

function leave() {
  document.body.hidden = true;
  document.title = "";
  location.replace(way.href);
}

if (way) {
  way.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    const now = Date.now();
    if (event.key !== "Escape" || event.repeat) return;
    pressed = [...pressed.filter((at) => now - at < WITHIN), now];
    if (pressed.length >= 3) leave();
  });
}
