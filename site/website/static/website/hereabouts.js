// Starts the parts of the design system that work better with a script. Every page is whole without it.
const page = document.body;

if ("noModule" in HTMLScriptElement.prototype) {
  page.classList.add("js-enabled", "govuk-frontend-supported");
  const { createAll, Button, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink } = globalThis.GOVUKFrontend;
  for (const part of [Button, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink]) {
    createAll(part);
  }
}
