// Keeps what is typed on the first page until the conversation is begun. Without this file the form is whole.
import { Kept } from "./kept.js";

const form = document.querySelector("form[data-keep]");
const kept = new Kept(form.dataset.keep, form.dataset.keys.split(" ").filter(Boolean));
const fields = () => [...form.elements].filter((one) => one.name && one.name !== "csrfmiddlewaretoken");
const read = (one) => (one.type === "checkbox" ? one.checked : one.value);

const put = (one, value) => {
  if (one.type === "checkbox") {
    one.checked = value === true;
  } else if (typeof value === "string") {
    one.value = value;
  }
};

form.addEventListener("input", () => kept.put(Object.fromEntries(fields().map((one) => [one.name, read(one)]))));

// What the server sent back with the page goes before what was kept.
const empty = fields().every((one) => one.type === "hidden" || !read(one));
const before = empty ? await kept.get() : null;
if (before && fields().every((one) => one.type === "hidden" || !read(one))) {
  fields().filter((one) => one.name in before).forEach((one) => put(one, before[one.name]));
}
