// Draws the table of events. Every text is set as text, never as HTML.
const HEADS = [
  ["Event", ""],
  ["When", "when"],
  ["Claims by side", "sides"],
  ["≠ Conflicts", "number"],
  ["= Supports", "number"],
  ["Reviewed", "number"],
];

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".events");
  const table = make("table");
  const head = table.createTHead().insertRow();
  for (const [words, name] of HEADS) {
    const cell = make("th", name, words);
    cell.scope = "col";
    head.append(cell);
  }
  const body = table.createTBody();
  const most = Math.max(1, ...data.lines.map((line) => line.claims));
  for (const line of data.lines) {
    body.append(rowOf(line, most, data.address, (id) => setTriggerValue("opened", id)));
  }
  root.replaceChildren(table);
}

function make(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}

function rowOf(line, most, address, open) {
  const row = make("tr");
  row.dataset.event = line.id;
  const title = make("td", "event");
  const link = make("a", "", line.title);
  link.href = `${address}?event=${encodeURIComponent(line.id)}`;
  link.dir = "auto";
  const where = make("div", "where");
  where.append(make("span", "day", [line.when, line.where].filter(Boolean).join("  ·  ")));
  where.append(make("span", "place", line.where));
  where.dir = "auto";
  title.append(link, where);
  if (line.corrected) title.append(make("div", "corrected", line.corrected));
  row.append(title, make("td", "when", line.when), sidesOf(line, most));
  row.append(make("td", line.conflicts ? "number conflicts" : "number none", count(line.conflicts)));
  row.append(make("td", line.supports ? "number supports" : "number none", count(line.supports)));
  const reviewed = make("td", "number", line.reviewed);
  const track = make("div", "track");
  track.setAttribute("aria-hidden", "true");
  const done = make("div", "done");
  done.style.width = `${line.done * 100}%`;
  track.append(done);
  reviewed.append(track);
  row.append(reviewed);
  // A plain click stays in this session; with a modifier the browser opens the link itself. A click
  // that ends a selection of text opens nothing; one by the keyboard (detail 0) selects nothing.
  row.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (!event.detail || !String(getSelection())) open(line.id);
  };
  return row;
}

function sidesOf(line, most) {
  const cell = make("td", "sides");
  const bar = make("div", "bar");
  bar.setAttribute("aria-hidden", "true");
  bar.style.width = `${Math.max(3, (line.claims / most) * 100)}%`;
  const words = make("div", "parts");
  for (const part of line.parts) {
    const piece = make("div");
    piece.style.flex = String(part.claims);
    piece.style.background = part.color;
    bar.append(piece);
    const named = make("span", "part");
    const dot = make("i");
    dot.style.background = part.color;
    named.append(dot, make("span", "", part.side), make("b", "", count(part.claims)));
    words.append(named);
  }
  words.append(make("span", "sources", line.sources));
  cell.append(bar, words);
  return cell;
}

function count(number) {
  return number ? number.toLocaleString("en") : "–";
}
