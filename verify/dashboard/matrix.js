// Draws events by sides. Every text is set as text, never as HTML.
export default function (component) {
  const { data, parentElement, setStateValue, setTriggerValue } = component;
  const root = parentElement.querySelector(".matrix");
  root.chosen ??= new Map(); // key -> [event, side], kept over redrawings
  const table = make("table");
  const head = table.createTHead().insertRow();
  for (const words of ["Event", ...data.heads, "All"]) {
    const cell = make("th", "", words);
    cell.scope = "col";
    cell.dir = "auto";
    head.append(cell);
  }
  const body = table.createTBody();
  const buttons = data.lines.map((line) => {
    const row = body.insertRow();
    row.append(titleOf(line, data.address, (id) => setTriggerValue("opened", id)));
    const made = line.cells.map((cell) => (cell ? buttonOf(line, cell) : null));
    for (const button of made) {
      const place = row.insertCell();
      place.append(button ?? make("span", "none", "–"));
    }
    const whole = row.insertCell();
    whole.append(contentOf(line.whole, make("div", "cell whole")));
    return made;
  });
  const bar = make("div", "bar");
  const said = make("span");
  said.setAttribute("role", "status");
  const none = make("button", "nothing", "Choose nothing");
  none.type = "button";
  bar.append(said, none);
  root.replaceChildren(bar, table);

  const keyOf = (button) => JSON.stringify([button.dataset.event, button.dataset.side]);
  const here = new Set(buttons.flat().filter(Boolean).map(keyOf));
  for (const key of root.chosen.keys()) if (!here.has(key)) root.chosen.delete(key);
  const show = () => {
    for (const button of buttons.flat()) {
      if (button) button.setAttribute("aria-pressed", String(root.chosen.has(keyOf(button))));
    }
    const cells = root.chosen.size;
    const events = new Set([...root.chosen.values()].map(([event]) => event)).size;
    const words = `${cells} ${cells === 1 ? "cell" : "cells"} of ${events} `;
    said.textContent = cells ? `${words}${events === 1 ? "event" : "events"} chosen, below` : "";
    none.hidden = !cells;
  };
  const set = (button, on) => {
    if (on) root.chosen.set(keyOf(button), [button.dataset.event, button.dataset.side]);
    else root.chosen.delete(keyOf(button));
  };
  const tell = () => setStateValue("chosen", [...root.chosen.values()]);

  let from = null; // [row, column] where the pointer went down
  let drawn = false; // whether it has left that cell since
  const placeOf = (button) => {
    for (const [row, made] of buttons.entries()) {
      const column = made.indexOf(button);
      if (column >= 0) return [row, column];
    }
    return null;
  };
  table.onpointerdown = (event) => {
    const button = event.target.closest("button.cell");
    from = button && !event.button ? placeOf(button) : null;
    drawn = false;
    // a drawing may end anywhere on the page
    if (from) document.addEventListener("pointerup", ends, { once: true });
  };
  const ends = () => {
    if (drawn) tell();
    from = null;
  };
  table.onpointerover = (event) => {
    const button = event.target.closest("button.cell");
    if (!from || !button || !(event.buttons & 1)) return;
    const to = placeOf(button);
    if (!drawn && to[0] === from[0] && to[1] === from[1]) return;
    if (!drawn) root.chosen.clear();
    drawn = true;
    const [top, bottom] = [Math.min(from[0], to[0]), Math.max(from[0], to[0])];
    const [left, right] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])];
    for (const [row, made] of buttons.entries()) {
      for (const [column, one] of made.entries()) {
        const inside = row >= top && row <= bottom && column >= left && column <= right;
        if (one) set(one, inside);
      }
    }
    show();
  };
  table.onclick = (event) => {
    const button = event.target.closest("button.cell");
    if (!button) return;
    const ending = drawn && event.detail > 0; // by the pointer; a key counts no clicks
    drawn = false;
    if (ending) return; // the click that ends a drawing chooses nothing more
    set(button, !root.chosen.has(keyOf(button)));
    show();
    tell();
  };
  none.onclick = () => {
    root.chosen.clear();
    show();
    tell();
  };
  show();
}

function make(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}

function titleOf(line, address, open) {
  const cell = make("th", "event");
  cell.scope = "row";
  const link = make("a", "", line.title);
  link.href = `${address}?event=${encodeURIComponent(line.id)}`;
  link.dir = "auto";
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(line.id);
  };
  cell.append(link, make("div", "when", line.when));
  return cell;
}

function buttonOf(line, cell) {
  const button = make("button", "cell");
  button.type = "button";
  button.dataset.event = line.id;
  button.dataset.side = cell.side;
  button.setAttribute("aria-label", cell.words);
  button.title = cell.words;
  return contentOf(cell, button);
}

function contentOf(cell, into) {
  // at most 55 % of the tint, so that the ink stays legible on it
  into.style.setProperty("--share", `${Math.round(cell.share * 55)}%`);
  const track = make("span", "track");
  track.setAttribute("aria-hidden", "true");
  const done = make("span", "done");
  done.style.width = `${cell.done * 100}%`;
  track.append(done);
  into.append(
    make("b", "", cell.claims),
    make("span", "pairs", cell.conflicts),
    make("span", "reviewed", cell.reviewed),
    track,
  );
  return into;
}
