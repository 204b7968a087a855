// Starts the admin's inputs from what stands in the page as data: the content security policy allows no inline script.
// `website.admin_inputs` and the templates beside it write <template data-start="NAME" data-for="ID" data-options="{…}">.

const FUNCTIONS = ['initDateChooser', 'initDateTimeChooser', 'initTimeChooser', 'createTaskChooser'];
const PANELS = ['InlinePanel', 'MultipleChooserPanel'];
const CHOOSER = /^[A-Za-z]*Chooser$/;

function start(mark) {
  const { start: name, for: id, options } = mark.dataset;
  const given = JSON.parse(options || '{}');
  // Once only, however often the row around it is moved.
  mark.remove();
  if (FUNCTIONS.includes(name)) window[name](id, given);
  else if (PANELS.includes(name)) new window[name](given);
  else if (CHOOSER.test(name)) new window[name](id, given);
}

function startAll(root) {
  if (root.matches('template[data-start]')) start(root);
  else root.querySelectorAll('template[data-start]').forEach(start);
}

document.addEventListener('DOMContentLoaded', () => {
  startAll(document.documentElement);
  new MutationObserver((changes) => {
    changes.forEach((change) => change.addedNodes.forEach((node) => node.nodeType === 1 && startAll(node)));
  }).observe(document.documentElement, { childList: true, subtree: true });
});
