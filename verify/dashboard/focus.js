// Puts the keyboard's focus on the first of these places that is there, once what had it is gone;
// where what had it stays, at once.
const FOR_MS = 2000; // the page is still being drawn, and what has the focus may be drawn anew
let answered = "";

export default function (component) {
  const { keys, asked, stays } = component.data;
  if (asked === answered) return;
  answered = asked;
  const until = performance.now() + FOR_MS;
  let theirs = false; // a key or a click of the person decides where the focus is from then on
  const stop = () => (theirs = true);
  for (const kind of ["keydown", "pointerdown"]) {
    document.addEventListener(kind, stop, { capture: true, once: true });
  }
  const look = () => {
    if (theirs || performance.now() > until) return;
    const place = first(keys);
    const away = stays ? document.activeElement !== place : lost(document.activeElement);
    if (away) place?.focus();
    requestAnimationFrame(look);
  };
  look();
}

function lost(element) {
  return !element || element === document.body || !element.isConnected || element.disabled;
}

// A row is entered at its first button that can be pressed; words without one are read out.
function first(keys) {
  for (const key of keys) {
    const place = document.querySelector(`.st-key-${CSS.escape(key)}`);
    if (!place) continue;
    const button = place.querySelector("button:enabled");
    if (!button) place.tabIndex = -1;
    return button || place;
  }
  return undefined;
}
