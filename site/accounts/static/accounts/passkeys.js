// Passkeys: the form with data-passkey asks the browser for one, and sends what it answers. Where the browser knows no
// passkeys the forms stay hidden, and every other way in is open.
const DONE = { add: "create", use: "get", "sign-in": "get" };
const { webauthnJSON } = globalThis;

const optionsOnPage = () => JSON.parse(document.getElementById("passkey-options").textContent);

async function optionsFor(form) {
  if (form.dataset.passkey === "sign-in") {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options;
  }
  const given = optionsOnPage();
  if (form.dataset.passkey === "use") {
    return given.request_options;
  }
  // Kept by the device and opened by its owner where it can be, so that it signs in without a password too.
  const chosen = { ...given.creation_options.publicKey.authenticatorSelection };
  Object.assign(chosen, { residentKey: "preferred", requireResidentKey: false, userVerification: "preferred" });
  return { ...given.creation_options, publicKey: { ...given.creation_options.publicKey, authenticatorSelection: chosen } };
}

async function ask(form) {
  const problem = form.querySelector("[data-passkey-problem]");
  problem.hidden = true;
  try {
    const credential = await webauthnJSON[DONE[form.dataset.passkey]](await optionsFor(form));
    form.querySelector("[name=credential]").value = JSON.stringify(credential);
    form.submit();
  } catch {
    problem.hidden = false;
    problem.setAttribute("role", "alert");
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (webauthnJSON?.supported()) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form);
    });
  } else {
    document.querySelector("[data-no-passkeys]")?.removeAttribute("hidden");
  }
}
