// Keys that no button can have: "?" opens the list of keys, M goes to the note, and Enter or Escape
// leave it, so that the next key is a verdict again.
const HANDLER = "counterclaimKeys";

export default function (component) {
  const { help, note } = component.data;
  document[HANDLER]?.abort();
  const stop = (document[HANDLER] = new AbortController());
  const early = { capture: true, signal: stop.signal };
  document.addEventListener("keydown", (event) => pressed(event, help, note), early);
  // after the field has heard the key itself
  document.addEventListener("keydown", (event) => leave(event, note), { signal: stop.signal });
  document.documentElement.dataset.keys = "heard"; // a page whose script has not come hears none
  return () => {
    if (document[HANDLER] === stop) delete document.documentElement.dataset.keys;
    stop.abort();
  };
}

const fieldOf = (note) => document.querySelector(`[class*="${note}"] input[type="text"]`);

function pressed(event, help, note) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(document.activeElement)) return;
  if (document.querySelector('[role="dialog"]')) {
    // the list of keys is for reading: what is tried there decides nothing behind it
    const listed = document.querySelector(".st-key-keys_listed");
    if (listed && event.key.length === 1 && event.key !== " ") event.stopPropagation();
    return;
  }
  const field = fieldOf(note);
  if (event.key === "?") {
    document.querySelector(`.st-key-${help} button`)?.click();
  } else if (event.key.toLowerCase() === "m" && field) {
    event.preventDefault();
    field.focus();
  }
}

function leave(event, note) {
  const field = fieldOf(note);
  if (field && document.activeElement === field && !event.isComposing) {
    if (event.key === "Escape" || event.key === "Enter") field.blur();
  }
}

function typing(element) {
  return !!element?.closest("input, textarea, select, [contenteditable=true]");
}
