// Keys that no button can have: "?" opens the list of keys, M goes to the note, and Enter or Escape
// leave it, so that the next key is a verdict again.
const HANDLER = "counterclaimKeys";

export default function (component) {
  const { help, note } = component.data;
  document[HANDLER]?.abort();
  const stop = (document[HANDLER] = new AbortController());
  const options = { capture: true, signal: stop.signal };
  document.addEventListener("keydown", (event) => pressed(event, help, note), options);
  return () => stop.abort();
}

function pressed(event, help, note) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const field = document.querySelector(`[class*="${note}"] input`);
  if (document.activeElement === field && field) {
    if (event.key === "Escape" || event.key === "Enter") setTimeout(() => field.blur(), 0);
    return;
  }
  if (typing(document.activeElement) || document.querySelector('[role="dialog"]')) return;
  if (event.key === "?") {
    document.querySelector(`.st-key-${help} button`)?.click();
  } else if (event.key.toLowerCase() === "m" && field) {
    event.preventDefault();
    field.focus();
  }
}

function typing(element) {
  return !!element?.closest("input, textarea, select, [contenteditable=true]");
}
