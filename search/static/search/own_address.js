/* A page that answered a form at once has no address of its own, and one reached by a link may hold somebody's words:
   the address shown, and kept in the history, becomes the one with a token. */
const own = document.querySelector('meta[name="own-address"]');

if (own && navigator.cookieEnabled) {
  history.replaceState(history.state, "", own.content);
}
