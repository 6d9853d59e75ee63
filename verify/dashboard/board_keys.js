// The keyboard on the board: from card to card, from a card to its links, along a link to its cards.
const KEYS_TOLD = "↑ ↓ card or link  ·  ← → to the links of a card and along them  ·  Enter opens  ·  " +
  "Space unfolds repeats";

// The links that leave a card at its left ("l") or right ("r"), from the top down.
function linksAt(view, id, edge) {
  return (view.edges?.get(`${id} ${edge}`) || []).map((end) => end.tie);
}

function pressedOnCard(view, event, id, open) {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
  const entry = view.cards.get(id);
  const moves = {
    ArrowDown: () => inColumn(view, id, 1),
    ArrowUp: () => inColumn(view, id, -1),
    ArrowLeft: () => sideways(view, id, "l", -1),
    ArrowRight: () => sideways(view, id, "r", 1),
  };
  if (event.key === "Enter") open();
  else if (event.key === " " && entry?.fold) entry.fold.querySelector("button").click();
  else if (event.key in moves && !view.stacked) moves[event.key]()?.focus();
  else return;
  event.preventDefault();
}

function inColumn(view, id, step) {
  const ids = view.data.columns[view.cards.get(id).index].cards;
  return view.cards.get(ids[ids.indexOf(id) + step])?.made;
}

// To the first link that leaves there; where none does, to the card at the same height.
function sideways(view, id, edge, step) {
  const [first] = linksAt(view, id, edge);
  if (first) {
    view.came = id;
    return first.label;
  }
  const { made, index } = view.cards.get(id);
  const others = (view.data.columns[index + step]?.cards || []).map((one) => view.cards.get(one).made);
  const off = (card) => Math.abs(card.offsetTop - made.offsetTop);
  return others.sort((one, two) => off(one) - off(two))[0];
}

function pressedOnLink(view, event, link) {
  if (view.stacked || event.ctrlKey || event.metaKey || event.altKey) return;
  const ends = [link.a, link.b];
  if (!ends.includes(view.came)) view.came = view.links.get(link.id).home;
  const other = ends[view.came === link.a ? 1 : 0];
  const column = (id) => view.cards.get(id).index;
  const [left, right] = column(link.a) <= column(link.b) ? ends : [link.b, link.a];
  const same = column(link.a) === column(link.b);
  const card = (id) => view.cards.get(id)?.made;
  const moves = {
    ArrowDown: () => beside(view, link, 1),
    ArrowUp: () => beside(view, link, -1),
    ArrowLeft: () => card(same ? other : left),
    ArrowRight: () => card(same ? other : right),
    Escape: () => card(view.came),
  };
  if (!(event.key in moves)) return;
  event.preventDefault();
  moves[event.key]()?.focus();
}

// The next link of the card that one came from.
function beside(view, link, step) {
  for (const edge of ["l", "r"]) {
    const ties = linksAt(view, view.came, edge);
    const at = ties.findIndex((tie) => tie.link.id === link.id);
    if (at >= 0) return ties[at + step]?.label;
  }
  return undefined;
}
