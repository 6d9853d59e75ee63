// Draws the board: columns of cards, links between them; on a narrow screen a list of the pairs. It
// is one script with board_cards.js, board_links.js, board_keys.js and board_list.js, which are set
// before it. Every text is set as text, never as HTML.
const STACK_BELOW = 900; // px of window: columns would be too narrow to read beside each other
const NARROWEST = 190; // px of a card; wider boards scroll
const MANY = 150; // cards from which only what is near the window is laid out and has its links drawn
const MARK = "board drawn"; // on the page's clock, whenever cards and links stand; what benchmarks read
const views = new WeakMap(); // component root -> what it shows, kept over reruns

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".board");
  const stamp = JSON.stringify(data);
  const view = views.get(root) || start(root);
  view.open = setTriggerValue;
  if (view.stamp !== stamp) {
    Object.assign(view, { stamp, data });
    build(view);
    layOut(view);
  }
  return () => setTimeout(() => root.isConnected || view.stop());
}

function start(root) {
  const view = { root, cards: new Map(), links: new Map(), unfolded: new Set(), lit: [] };
  view.sheet = make("div", "sheet");
  view.svg = document.createElementNS(SVG, "svg");
  view.svg.setAttribute("aria-hidden", "true");
  view.list = make("div", "list");
  root.replaceChildren(view.sheet, view.list, make("div", "keys", KEYS_TOLD));
  const again = () => {
    view.waiting ??= requestAnimationFrame(() => {
      view.waiting = undefined;
      layOut(view);
    });
  };
  const scrolled = () => view.many && !view.stacked && again();
  view.resized = new ResizeObserver(again);
  document.addEventListener("scroll", scrolled, { capture: true, passive: true });
  view.stop = () => {
    view.resized.disconnect();
    document.removeEventListener("scroll", scrolled, { capture: true });
    views.delete(root);
  };
  views.set(root, view);
  return view;
}

function make(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}

// Makes the cards and links of the data; those that say what they said before are used again.
function build(view) {
  const { data, root } = view;
  const focused = nameOf(view, root.getRootNode().activeElement);
  view.known = new Map(data.cards.map((card) => [card.id, card]));
  view.many = data.cards.length > MANY;
  view.listed = undefined;
  view.byCard = new Map(data.cards.map((card) => [card.id, []]));
  for (const link of data.links) {
    view.byCard.get(link.a).push(link);
    view.byCard.get(link.b).push(link);
  }
  const [cards, links] = [view.cards, view.links];
  [view.cards, view.links] = [new Map(), new Map()];
  const columns = data.columns.map((column, index) => {
    const place = make("section", "column");
    place.style.setProperty("--side", column.color);
    place.setAttribute("aria-label", column.side);
    const head = make("div", "side");
    head.append(make("b", "", column.side), make("span", "", column.summary));
    place.append(head);
    if (!column.cards.length) place.append(make("div", "nothing", "No claim matches the filters."));
    for (const id of column.cards) {
      const entry = again(cards, id, [view.known.get(id), column.side], (card) => cardOf(view, card));
      entry.index = index;
      view.cards.set(id, entry);
      place.append(entry.made);
      if (entry.fold) place.append(entry.fold);
      for (const link of view.byCard.get(id)) {
        if (view.links.has(link.id)) continue;
        const ends = [link, id, view.known.get(link.a), view.known.get(link.b)];
        const tie = again(links, link.id, ends, () => linkOf(view, link, id));
        tie.link = link;
        view.links.set(link.id, tie);
        place.append(tie.label);
      }
    }
    return place;
  });
  view.svg.replaceChildren(...[...view.links.values()].map((tie) => tie.path));
  view.sheet.replaceChildren(view.svg, ...columns);
  view.resized.disconnect();
  [root, ...columns].forEach((place) => view.resized.observe(place));
  root.classList.toggle("many", view.many);
  if (focused) elementOf(view, focused)?.focus({ preventScroll: true });
}

function again(before, id, told, making) {
  const stamp = JSON.stringify(told);
  const known = before.get(id);
  return known?.stamp === stamp ? known : { ...making(told[0]), stamp };
}

// A card or link by a name that outlives a new drawing.
function nameOf(view, element) {
  for (const [id, { made }] of view.cards) if (made === element) return ["card", id];
  for (const [id, { label }] of view.links) if (label === element) return ["link", id];
  return undefined;
}

function elementOf(view, [kind, id]) {
  return kind === "card" ? view.cards.get(id)?.made : view.links.get(id)?.label;
}

function layOut(view) {
  const { root, sheet, data } = view;
  const columns = data.columns.length;
  const gap = columns < 3 ? 150 : columns === 3 ? 120 : 92;
  view.stacked = window.innerWidth < STACK_BELOW;
  root.classList.toggle("stacked", view.stacked);
  root.classList.toggle("wide", !view.stacked);
  sheet.style.gap = `${gap}px`;
  sheet.style.minWidth = `${columns * NARROWEST + (columns - 1) * gap}px`;
  sheet.style.paddingRight = columns === 1 ? `${gap}px` : "";
  if (view.stacked) drawList(view);
  else drawLinks(view, gap);
  performance.clearMarks(MARK);
  performance.mark(MARK);
}
