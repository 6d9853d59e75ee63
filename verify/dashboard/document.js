// Shows a document with its marked pieces, scrolled to the claim. Every text is set as text.
export default function (component) {
  const { data, parentElement } = component;
  const box = parentElement.querySelector(".document");
  const stamp = JSON.stringify(data);
  if (box.stamp === stamp) return;
  box.stamp = stamp;
  const paragraphs = [paragraph()];
  for (const piece of data.pieces) {
    piece.text.split("\n").forEach((line, at) => {
      if (at) paragraphs.push(paragraph());
      const part = document.createElement("span");
      part.className = piece.marks.join(" ");
      part.textContent = line;
      if (piece.words) part.title = piece.words;
      paragraphs.at(-1).append(part);
    });
  }
  box.replaceChildren(...paragraphs);
  parentElement.querySelector(".legend").replaceChildren(...data.legend.map(entry));
  const claim = box.querySelector(".claim");
  if (claim) box.scrollTop = claim.offsetTop - box.offsetTop - box.clientHeight / 3;
}

// Each line finds its own direction, so that Arabic and English can stand in one document.
function paragraph() {
  const made = document.createElement("div");
  made.className = "paragraph";
  made.dir = "auto";
  return made;
}

// One word of the legend, drawn as what it names.
function entry({ mark, word }) {
  const made = document.createElement("span");
  made.className = mark;
  made.textContent = word;
  return made;
}
